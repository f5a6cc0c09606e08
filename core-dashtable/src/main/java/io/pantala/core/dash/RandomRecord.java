package io.pantala.core.dash;

import java.util.random.RandomGenerator;

/// Draws one record of a table so that all are equally likely.
///
/// A segment is drawn by a random prefix, so a segment of depth `d` has the chance `2^-d`, and one
/// of its `n` items the chance `2^-d / n`. Accepting the segment with a chance in proportion to `n
/// 2^d` makes that the same for all. With an even hash `n 2^d` is near the table's size everywhere:
/// two of three draws are accepted.
final class RandomRecord {
  /// `n 2^d` may be this many times the table's size and still be weighed exactly.
  private static final double HEADROOM = 1.5;

  private static final int SEGMENT_TRIES = 64;
  private static final int SLOT_TRIES = 8;

  private RandomRecord() {}

  /// A record of a directory with `size` > 0 items.
  static long draw(Directory directory, long size, RandomGenerator random) {
    for (int i = 0; i < SEGMENT_TRIES; i++) {
      long segment = directory.segment(random.nextLong());
      double weight = SegmentLayout.items(segment) * (double) (1L << SegmentLayout.depth(segment));
      if (weight > random.nextDouble() * HEADROOM * size) {
        return drawFrom(segment, random);
      }
    }
    return drawFrom(occupiedFrom(directory, random.nextLong()), random);
  }

  /// The next segment with items, from that of `h` on and around the end: only for a table whose
  /// hashes are far from even.
  private static long occupiedFrom(Directory directory, long h) {
    long segment = directory.segment(h);
    while (SegmentLayout.items(segment) == 0) {
      segment = directory.segment(HashBits.ofPrefix(SegmentLayout.prefixEnd(segment)));
    }
    return segment;
  }

  private static long drawFrom(long segment, RandomGenerator random) {
    for (int i = 0; i < SLOT_TRIES; i++) {
      int at = random.nextInt(SegmentLayout.SLOTS);
      long bucket = SegmentLayout.bucket(segment, at / BucketLayout.SLOTS);
      long slot = BucketLayout.slot(bucket, at % BucketLayout.SLOTS);
      if (BucketLayout.isOccupied(slot)) {
        return DashTable.record(slot);
      }
    }
    return item(segment, random.nextInt(SegmentLayout.items(segment)));
  }

  /// Item number `index` of a segment in the order of its slots.
  private static long item(long segment, int index) {
    int left = index;
    for (int i = 0; ; i++) {
      long bucket = SegmentLayout.bucket(segment, i);
      int size = BucketLayout.size(bucket);
      if (left < size) {
        return nth(bucket, left);
      }
      left -= size;
    }
  }

  private static long nth(long bucket, int index) {
    long set = BucketLayout.occupied(bucket);
    for (int i = 0; i < index; i++) {
      set = BucketLayout.rest(set);
    }
    return DashTable.record(BucketLayout.slot(bucket, BucketLayout.first(set)));
  }
}
