package io.pantala.core.db;

/// How many records of a database have a deadline, and a lower bound of the first one: while that
/// is in the future nothing needs to be looked for. Owner: the shard's thread.
///
/// The bound goes down with each deadline that is set. A round of expiry through all segments of
/// the table raises it again, to the least of what the round saw and what was set meanwhile.
final class Deadlines {
  private static final long NEVER = Long.MAX_VALUE;

  private long count;
  private long firstMs = NEVER;
  private long roundFirstMs = NEVER;

  /// Number of records that have a deadline.
  long count() {
    return count;
  }

  /// Whether some deadline may have passed.
  boolean isDue(long nowMs) {
    return count > 0 && firstMs <= nowMs;
  }

  /// A record with this deadline came.
  void add(long deadlineMs) {
    count++;
    set(deadlineMs);
  }

  /// A record that has one was given another deadline.
  void set(long deadlineMs) {
    firstMs = Math.min(firstMs, deadlineMs);
    roundFirstMs = Math.min(roundFirstMs, deadlineMs);
  }

  /// A record with a deadline went.
  void remove() {
    count--;
  }

  void removeAll() {
    count = 0;
    firstMs = NEVER;
  }

  void beginRound() {
    roundFirstMs = NEVER;
  }

  /// No record that the round has gone through so far ends before this.
  void saw(long deadlineMs) {
    roundFirstMs = Math.min(roundFirstMs, deadlineMs);
  }

  void endRound() {
    firstMs = roundFirstMs;
  }
}
