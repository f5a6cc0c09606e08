package io.pantala.core.table;

/// Is shown members of a table by their slots. It must not change the table.
@FunctionalInterface
public interface MemberVisitor {
  void visit(long slot);
}
