package io.pantala.core.dash;

/// Moves a record to another block, for [DashTable#relocate].
@FunctionalInterface
public interface RecordMover {
  /// Returns the record's new address, after which the old block is free; or `record` itself to
  /// leave it where it is. It must not change the table.
  long move(long record);
}
