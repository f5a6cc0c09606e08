package io.pantala.core.dash;

import io.pantala.core.memory.Mem;

/// Splits one segment in two by its next directory bit. Nothing in here can fail or allocates.
///
/// The segment is copied verbatim and each copy forgets the other's items, so a regular item stays
/// in its bucket and no record is visited while the slots hold the bit. Only items of the stash are
/// placed anew: they need their home.
final class SegmentSplit {
  private SegmentSplit() {}

  /// Moves the items with a one in the directory bit at the depth of `from` to the raw block `to`;
  /// both are then one deeper.
  static void split(long from, long to, RecordHash hash) {
    Mem.copy(from, to, SegmentLayout.BYTES);
    int depth = SegmentLayout.depth(from);
    int moved = 0;
    for (int i = 0; i < SegmentLayout.BUCKETS; i++) {
      long bucket = SegmentLayout.bucket(from, i);
      long moving = moving(bucket, depth, hash);
      moved += Long.bitCount(moving);
      BucketLayout.separate(bucket, SegmentLayout.bucket(to, i), moving);
    }
    long prefix = SegmentLayout.prefix(from);
    SegmentLayout.setRange(from, depth + 1, prefix);
    SegmentLayout.setRange(to, depth + 1, prefix | HashBits.prefix(HashBits.directoryBit(depth)));
    SegmentLayout.setItems(to, moved);
    SegmentLayout.setItems(from, SegmentLayout.items(from) - moved);
    leaveStash(from, hash);
    leaveStash(to, hash);
  }

  private static long moving(long bucket, int depth, RecordHash hash) {
    long moving = 0;
    for (long set = BucketLayout.occupied(bucket); set != 0; set = BucketLayout.rest(set)) {
      long word = BucketLayout.word(bucket, BucketLayout.first(set));
      if (directoryBit(word, depth, hash)) {
        moving |= Long.lowestOneBit(set);
      }
    }
    return moving;
  }

  private static boolean directoryBit(long word, int depth, RecordHash hash) {
    return depth < SlotWord.HASH_BITS
        ? SlotWord.directoryBit(word, depth)
        : (hash.of(SlotWord.record(word)) & HashBits.directoryBit(depth)) != 0;
  }

  /// Moves each item of the stash to a regular bucket where there is room, else counts it in the
  /// overflow of its home, which is 0 so far.
  private static void leaveStash(long segment, RecordHash hash) {
    for (int i = 0; i < SegmentLayout.STASH_BUCKETS; i++) {
      long stash = SegmentLayout.stash(segment, i);
      for (long set = BucketLayout.occupied(stash); set != 0; set = BucketLayout.rest(set)) {
        int index = BucketLayout.first(set);
        long word = BucketLayout.word(stash, index);
        long h = hash.of(SlotWord.record(word));
        if (Segment.placeRegular(segment, h, word) != 0) {
          BucketLayout.remove(BucketLayout.slot(stash, index));
        } else {
          BucketLayout.addOverflow(SegmentLayout.bucket(segment, HashBits.home(h)), 1);
        }
      }
    }
  }
}
