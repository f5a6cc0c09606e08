package io.pantala.core.table;

import io.pantala.core.memory.Mem;

/// A bucket: one cache line with 7 slots, at an address that is a multiple of 64.
///
/// ```text
///  0                    7          8        16              56       64
///  +--------------------+----------+--------+-- ... --------+--------+
///  | fingerprints 0 .. 6| overflow | slot 0 |               | slot 6 |
///  +--------------------+----------+--------+-- ... --------+--------+
/// ```
///
/// - A fingerprint of 0 marks an empty slot; the slot's word then means nothing.
/// - `overflow`: how many members passed by because this bucket was full, on their way from their
///   home to a later bucket. Who looks for a member stops at a bucket that none passed. A count of
///   255 stays until the segment is built anew.
///
/// A *set of slots* is a long: bit `8 i + 7` is slot `i`, as the compare of all fingerprints at a
/// time leaves it.
final class MemberBucket {
  static final int BYTES = 64;
  static final int SLOTS = 7;

  private static final int OVERFLOW = 7;
  private static final int FIRST_SLOT = 8;
  private static final int OVERFLOW_MAX = 255;
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long ALL_SLOTS = 0x0080808080808080L;

  static {
    assert FIRST_SLOT + SLOTS * Long.BYTES == BYTES;
  }

  private MemberBucket() {}

  /// A fingerprint in all 8 bytes, to be given to [#match].
  static long pattern(int fingerprint) {
    return fingerprint * 0x0101010101010101L;
  }

  /// The set of slots with exactly this fingerprint.
  static long match(long bucket, long pattern) {
    long x = Mem.getLong(bucket) ^ pattern;
    return ~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS) & ALL_SLOTS;
  }

  /// The set of empty slots.
  static long free(long bucket) {
    return match(bucket, 0);
  }

  static long occupied(long bucket) {
    return free(bucket) ^ ALL_SLOTS;
  }

  /// Index of a slot of a set that is not empty.
  static int first(long set) {
    return Long.numberOfTrailingZeros(set) >>> 3;
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

  static int fingerprint(long slot) {
    return Mem.getUByte(fingerprintAddress(slot));
  }

  /// Fills an empty slot and returns its address.
  static long put(long bucket, int index, int fingerprint, long word) {
    assert Mem.getByte(bucket + index) == 0 && fingerprint != 0;
    Mem.putByte(bucket + index, fingerprint);
    long slot = slot(bucket, index);
    Mem.putLong(slot, word);
    return slot;
  }

  static void clear(long slot) {
    assert fingerprint(slot) != 0;
    Mem.putByte(fingerprintAddress(slot), 0);
  }

  static int overflow(long bucket) {
    return Mem.getUByte(bucket + OVERFLOW);
  }

  static void addOverflow(long bucket) {
    int count = overflow(bucket);
    if (count < OVERFLOW_MAX) {
      Mem.putByte(bucket + OVERFLOW, count + 1);
    }
  }

  static void removeOverflow(long bucket) {
    int count = overflow(bucket);
    assert count > 0;
    if (count < OVERFLOW_MAX) {
      Mem.putByte(bucket + OVERFLOW, count - 1);
    }
  }

  private static long fingerprintAddress(long slot) {
    long bucket = bucketOf(slot);
    return bucket + ((slot - bucket - FIRST_SLOT) >>> 3);
  }
}
