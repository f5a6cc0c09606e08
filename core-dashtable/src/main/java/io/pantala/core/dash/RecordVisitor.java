package io.pantala.core.dash;

/// Is shown records of a table. It must not change the table.
@FunctionalInterface
public interface RecordVisitor {
  void visit(long record);
}
