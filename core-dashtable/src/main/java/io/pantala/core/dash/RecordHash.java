package io.pantala.core.dash;

/// Gives the hash of a record's key again, for the few paths that need bits its slot does not hold.
@FunctionalInterface
interface RecordHash {
  long of(long record);
}
