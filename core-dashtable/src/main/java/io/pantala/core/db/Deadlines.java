package io.pantala.core.db;

/// How many records of a database have a deadline, and a lower bound of the first one: while that
/// is in the future nothing needs to be looked for. Owner: the shard's thread.
///
/// The bound goes down with each deadline that is set. A round of expiry through all segments of
/// the table raises it again, to the least of what the round saw and what was set meanwhile.
final class Deadlines {
  private static final long NEVER = Long.MAX_VALUE;

  /// A deadline further off than this (8.7 years) counts as this one in the mean: so the sum of 30
  /// million fits.
  private static final long FARTHEST_MS = 1L << 38;

  private final long baseMs;
  private long count;
  private long sumMs;
  private long firstMs = NEVER;
  private long roundFirstMs = NEVER;

  /// @param baseMs a time before the deadlines to come
  Deadlines(long baseMs) {
    this.baseMs = baseMs;
  }

  /// Number of records that have a deadline.
  long count() {
    return count;
  }

  /// Whether some deadline may have passed.
  boolean isDue(long nowMs) {
    return count > 0 && firstMs <= nowMs;
  }

  /// Mean time from `nowMs` to the deadlines, 0 without any.
  long meanTtlMs(long nowMs) {
    return count == 0 ? 0 : Math.max(0, baseMs + sumMs / count - nowMs);
  }

  /// A record with this deadline, or with none, came.
  void add(long deadlineMs) {
    if (deadlineMs != Database.NO_DEADLINE) {
      count++;
      sumMs += offset(deadlineMs);
      firstMs = Math.min(firstMs, deadlineMs);
      roundFirstMs = Math.min(roundFirstMs, deadlineMs);
    }
  }

  /// A record with this deadline, or with none, went.
  void remove(long deadlineMs) {
    if (deadlineMs != Database.NO_DEADLINE) {
      count--;
      sumMs -= offset(deadlineMs);
    }
  }

  private long offset(long deadlineMs) {
    return Math.clamp(deadlineMs - baseMs, -FARTHEST_MS, FARTHEST_MS);
  }

  void removeAll() {
    count = 0;
    sumMs = 0;
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
