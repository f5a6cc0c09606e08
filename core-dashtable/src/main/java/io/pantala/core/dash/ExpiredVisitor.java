package io.pantala.core.dash;

/// Is told of the records that [DashTable#expire] found past their deadline.
@FunctionalInterface
public interface ExpiredVisitor {
  /// May call [DashTable#erase] or [DashTable#replace] for this slot, and nothing else that changes
  /// the table. A record it leaves alone is reported again by the next round.
  void expired(long h, long slot);
}
