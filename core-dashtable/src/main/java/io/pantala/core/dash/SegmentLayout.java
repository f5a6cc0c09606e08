package io.pantala.core.dash;

import io.pantala.core.memory.Mem;

/// A segment: what one directory entry points to, and what is split or merged at a time. Its
/// address is a multiple of 128.
///
/// ```text
///  0        128         256               7296      7424            7808
///  +--------+-----------+-- ... --+---------+---------+-- ... --+------+
///  | header | regular 0 |         | reg. 55 | stash 0 |         | st.3 |
///  +--------+-----------+-- ... --+---------+---------+-- ... --+------+
///
///  header:
///  0       4       8        12       16                     24      128
///  +-------+-------+--------+--------+----------------------+- ... -+
///  | depth | items | prefix | spare  | deadline bound, ms   | spare |
///  +-------+-------+--------+--------+----------------------+- ... -+
/// ```
///
/// - `depth`: how many leading directory bits all its items share; `prefix` is those bits, followed
///   by zeroes.
/// - `deadline bound`: no record of the segment ends before it; [#NO_DEADLINE] when none ends.
final class SegmentLayout {
  static final int REGULAR_BUCKETS = 56;
  static final int STASH_BUCKETS = 4;
  static final int BUCKETS = REGULAR_BUCKETS + STASH_BUCKETS;
  static final int SLOTS = BUCKETS * BucketLayout.SLOTS;
  static final int BYTES = (1 + BUCKETS) * BucketLayout.BYTES;
  static final long NO_DEADLINE = Long.MAX_VALUE;

  private static final int CACHE_LINE = 64;
  private static final int DEPTH = 0;
  private static final int ITEMS = 4;
  private static final int PREFIX = 8;
  private static final int DEADLINE_BOUND = 16;
  private static final int FIRST_BUCKET = BucketLayout.BYTES;

  static {
    assert BYTES % CACHE_LINE == 0 && BucketLayout.BYTES % CACHE_LINE == 0;
  }

  private SegmentLayout() {}

  /// Writes an empty segment of depth 0.
  static void format(long segment) {
    Mem.fill(segment, BYTES, 0);
    Mem.putLong(segment + DEADLINE_BOUND, NO_DEADLINE);
  }

  static int depth(long segment) {
    return Mem.getInt(segment + DEPTH);
  }

  static int items(long segment) {
    return Mem.getInt(segment + ITEMS);
  }

  static void setItems(long segment, int items) {
    assert items >= 0 && items <= SLOTS : items;
    Mem.putInt(segment + ITEMS, items);
  }

  static long prefix(long segment) {
    return Integer.toUnsignedLong(Mem.getInt(segment + PREFIX));
  }

  /// One past the last prefix that the directory leads to this segment.
  static long prefixEnd(long segment) {
    return prefix(segment) + (HashBits.PREFIXES >>> depth(segment));
  }

  static void setRange(long segment, int depth, long prefix) {
    Mem.putInt(segment + DEPTH, depth);
    Mem.putInt(segment + PREFIX, (int) prefix);
  }

  static long deadlineBound(long segment) {
    return Mem.getLong(segment + DEADLINE_BOUND);
  }

  static void setDeadlineBound(long segment, long deadlineMs) {
    Mem.putLong(segment + DEADLINE_BOUND, deadlineMs);
  }

  static void lowerDeadlineBound(long segment, long deadlineMs) {
    if (deadlineMs < deadlineBound(segment)) {
      setDeadlineBound(segment, deadlineMs);
    }
  }

  /// Bucket number `index`: the regular ones first, then the stash.
  static long bucket(long segment, int index) {
    return segment + FIRST_BUCKET + (long) BucketLayout.BYTES * index;
  }

  static long stash(long segment, int index) {
    return bucket(segment, REGULAR_BUCKETS + index);
  }

  static boolean isStash(long segment, long bucket) {
    return bucket >= stash(segment, 0);
  }

  /// The regular bucket after this one, in a ring.
  static int next(int home) {
    return home + 1 < REGULAR_BUCKETS ? home + 1 : 0;
  }

  static int previous(int home) {
    return home > 0 ? home - 1 : REGULAR_BUCKETS - 1;
  }
}
