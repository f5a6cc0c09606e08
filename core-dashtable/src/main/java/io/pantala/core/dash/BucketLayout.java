package io.pantala.core.dash;

import io.pantala.core.memory.Mem;

/// A bucket: two cache lines with 14 slots, at an address that is a multiple of 128.
///
/// ```text
///  0                8           14         15      16       24             128
///  +----------------+-----------+----------+-------+--------+-- ... --+-----+
///  | fingerprints   | 8 .. 13   | overflow | epoch | slot 0 |         | 13  |
///  | 0 .. 7         |           |          |       |        |         |     |
///  +----------------+-----------+----------+-------+--------+-- ... --+-----+
/// ```
///
/// - A fingerprint of 0 marks an empty slot; the slot's word then means nothing.
/// - `overflow`: how many items with their home here live in the segment's stash (exact).
/// - `epoch`: for the versions of snapshots.
///
/// A *set of slots* is a long: bit `8 i` is slot `i`, bit `8 i + 1` is slot `8 + i`. That is the
/// shape in which the compare of all fingerprints at a time leaves them.
final class BucketLayout {
  static final int BYTES = 128;
  static final int SLOTS = 14;

  private static final int OVERFLOW = 14;
  static final int FIRST_SLOT = 16;
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long SECOND_WORD_HIGH_BITS = 0x0000808080808080L;
  private static final long ALL_SLOTS = (HIGH_BITS >>> 7) | (SECOND_WORD_HIGH_BITS >>> 6);
  private static final long SECOND_WORD_FINGERPRINTS = 0x0000ffffffffffffL;
  private static final long EPOCH_MASK = 0xffL << 56;

  private BucketLayout() {}

  /// A fingerprint in all 8 bytes, to be given to [#match].
  static long pattern(int fingerprint) {
    return fingerprint * 0x0101010101010101L;
  }

  /// The set of slots with exactly this fingerprint.
  static long match(long bucket, long pattern) {
    long first = zeroBytes(Mem.getLong(bucket) ^ pattern);
    long second = zeroBytes(Mem.getLong(bucket + 8) ^ pattern) & SECOND_WORD_HIGH_BITS;
    return (first >>> 7) | (second >>> 6);
  }

  /// The set of empty slots.
  static long free(long bucket) {
    return match(bucket, 0);
  }

  static long occupied(long bucket) {
    return free(bucket) ^ ALL_SLOTS;
  }

  static int size(long bucket) {
    return SLOTS - Long.bitCount(free(bucket));
  }

  /// Index of a slot of a set that is not empty.
  static int first(long set) {
    int bit = Long.numberOfTrailingZeros(set);
    return (bit >>> 3) + ((bit & 1) << 3);
  }

  /// The set without the slot that [#first] gives.
  static long rest(long set) {
    return set & (set - 1);
  }

  static long slot(long bucket, int index) {
    return bucket + FIRST_SLOT + 8L * index;
  }

  static long bucketOf(long slot) {
    return slot & -BYTES;
  }

  static int indexOf(long slot) {
    return (int) (slot - bucketOf(slot) - FIRST_SLOT) >>> 3;
  }

  static boolean isOccupied(long slot) {
    return fingerprint(bucketOf(slot), indexOf(slot)) != 0;
  }

  static int fingerprint(long bucket, int index) {
    return Mem.getUByte(bucket + index);
  }

  static long word(long bucket, int index) {
    return Mem.getLong(slot(bucket, index));
  }

  /// The set of occupied slots whose items have their home in the bucket before this one.
  static long foreign(long bucket) {
    long foreign = 0;
    for (long set = occupied(bucket); set != 0; set = rest(set)) {
      if (SlotWord.isForeign(word(bucket, first(set)))) {
        foreign |= Long.lowestOneBit(set);
      }
    }
    return foreign;
  }

  /// Fills an empty slot and returns its address.
  static long put(long bucket, int index, int fingerprint, long word) {
    assert fingerprint(bucket, index) == 0 && fingerprint != 0;
    Mem.putByte(bucket + index, fingerprint);
    long slot = slot(bucket, index);
    Mem.putLong(slot, word);
    return slot;
  }

  /// Writes another word over an occupied slot.
  static void set(long slot, long word) {
    assert isOccupied(slot);
    Mem.putLong(slot, word);
  }

  static void remove(long slot) {
    assert isOccupied(slot);
    Mem.putByte(bucketOf(slot) + indexOf(slot), 0);
  }

  /// Empties all slots.
  static void clear(long bucket) {
    Mem.putLong(bucket, 0);
    Mem.putLong(bucket + 8, Mem.getLong(bucket + 8) & EPOCH_MASK);
  }

  static int overflow(long bucket) {
    return Mem.getUByte(bucket + OVERFLOW);
  }

  static void addOverflow(long bucket, int items) {
    int sum = overflow(bucket) + items;
    assert sum >= 0 && sum <= SegmentLayout.STASH_BUCKETS * SLOTS : sum;
    Mem.putByte(bucket + OVERFLOW, sum);
  }

  /// Shares the items of two verbatim copies of a bucket: those of `moving` stay only in `to`, the
  /// others only in `from`. The overflow counts of both start again at 0.
  static void separate(long from, long to, long moving) {
    long firstMask = wholeBytes(moving & (HIGH_BITS >>> 7));
    long secondMask = wholeBytes((moving >>> 1) & (HIGH_BITS >>> 7));
    long first = Mem.getLong(from);
    long second = Mem.getLong(from + 8);
    long staying = SECOND_WORD_FINGERPRINTS & ~secondMask;
    Mem.putLong(from, first & ~firstMask);
    Mem.putLong(from + 8, second & (staying | EPOCH_MASK));
    Mem.putLong(to, first & firstMask);
    Mem.putLong(to + 8, second & (secondMask | EPOCH_MASK));
  }

  /// 0xff where the byte is 1, 0 where it is 0.
  private static long wholeBytes(long ones) {
    return (ones << 8) - ones;
  }

  /// The top bit of each zero byte, exactly; the other bits mean nothing.
  private static long zeroBytes(long x) {
    return ~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS);
  }
}
