package io.pantala.core.table;

/// Linear hashing: which segment holds a member, while the number of segments grows and shrinks by
/// one at a time.
///
/// With `2^L <= segments < 2^(L+1)`, those that were split in this round have *depth* `L + 1`: all
/// their members agree in that many directory bits, taken from the lowest; the others have depth
/// `L`. Segment `n` comes to be by a split of its *buddy*, `n` without its highest bit.
///
/// Read backwards, the directory bits are a *position* in 0 .. 2^32: a segment of depth `d` takes a
/// run of `2^(32 - d)` positions, and a split cuts it in two halves.
final class SegmentOrder {
  private SegmentOrder() {}

  static int indexOf(int directory, int segments) {
    int round = Integer.highestOneBit(segments);
    int index = directory & (2 * round - 1);
    return Integer.compareUnsigned(index, segments) < 0 ? index : index & (round - 1);
  }

  static int depth(int index, int segments) {
    int round = Integer.highestOneBit(segments);
    int low = Integer.numberOfTrailingZeros(round);
    return index < segments - round || index >= round ? low + 1 : low;
  }

  static int buddy(int index) {
    return index ^ Integer.highestOneBit(index);
  }

  /// Number of the directory bit in which segment `index` differs from its buddy.
  static int bit(int index) {
    return Integer.numberOfTrailingZeros(Integer.highestOneBit(index));
  }

  static int indexAt(long position, int segments) {
    return indexOf(Integer.reverse((int) position), segments);
  }

  /// The first position of a segment.
  static long start(int index) {
    return Integer.toUnsignedLong(Integer.reverse(index));
  }

  /// One past the last position of a segment.
  static long end(int index, int segments) {
    return start(index) + (1L << (Integer.SIZE - depth(index, segments)));
  }
}
