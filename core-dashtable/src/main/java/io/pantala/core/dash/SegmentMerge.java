package io.pantala.core.dash;

/// Merges two buddy segments, bucket by bucket: an item keeps its place in the segment, so no
/// record is visited and nothing can fail once [#fits] is true.
final class SegmentMerge {
  /// Two segments merge when their items fill no more than this: about 40 % of one. A segment that
  /// has just been split holds far more together with its buddy, so splits and merges do not chase
  /// each other.
  static final int MOST_ITEMS = SegmentLayout.SLOTS * 2 / 5;

  private SegmentMerge() {}

  /// True when the two are few enough and no bucket would get more than its slots.
  static boolean fits(long a, long b) {
    if (SegmentLayout.items(a) + SegmentLayout.items(b) > MOST_ITEMS) {
      return false;
    }
    for (int i = 0; i < SegmentLayout.BUCKETS; i++) {
      int together =
          BucketLayout.size(SegmentLayout.bucket(a, i))
              + BucketLayout.size(SegmentLayout.bucket(b, i));
      if (together > BucketLayout.SLOTS) {
        return false;
      }
    }
    return true;
  }

  /// Brings all items of `upper` into its buddy `lower`, which is then one less deep. `upper` is
  /// garbage afterwards.
  static void absorb(long lower, long upper) {
    assert fits(lower, upper);
    for (int i = 0; i < SegmentLayout.BUCKETS; i++) {
      absorbBucket(SegmentLayout.bucket(lower, i), SegmentLayout.bucket(upper, i));
    }
    SegmentLayout.setItems(lower, SegmentLayout.items(lower) + SegmentLayout.items(upper));
    SegmentLayout.lowerDeadlineBound(lower, SegmentLayout.deadlineBound(upper));
    SegmentLayout.setRange(lower, SegmentLayout.depth(lower) - 1, SegmentLayout.prefix(lower));
  }

  private static void absorbBucket(long into, long from) {
    long free = BucketLayout.free(into);
    for (long set = BucketLayout.occupied(from); set != 0; set = BucketLayout.rest(set)) {
      int index = BucketLayout.first(set);
      int fingerprint = BucketLayout.fingerprint(from, index);
      BucketLayout.put(into, BucketLayout.first(free), fingerprint, BucketLayout.word(from, index));
      free = BucketLayout.rest(free);
    }
    BucketLayout.addOverflow(into, BucketLayout.overflow(from));
  }
}
