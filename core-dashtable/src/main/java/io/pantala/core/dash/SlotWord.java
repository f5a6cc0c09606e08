package io.pantala.core.dash;

/// The 8-byte word of an occupied slot.
///
/// ```text
///  63               48 47                                   3    2      1       0
///  +------------------+--------------------------------------+-------+---------+---------+
///  | first 16         | address of the record,               | spare | EXPIRES | FOREIGN |
///  | directory bits   | a multiple of 8 below 2^47           |       |         |         |
///  +------------------+--------------------------------------+-------+---------+---------+
/// ```
///
/// The hash bits let a segment split without a visit to its records while its depth is below 16,
/// and save most visits to records that only share a fingerprint. Bit 2 is kept for the ranks of
/// cache eviction.
final class SlotWord {
  /// The item lives in the bucket after its home.
  static final long FOREIGN = 1;

  /// The record has a deadline.
  static final long EXPIRES = 2;

  /// How many directory bits the word holds.
  static final int HASH_BITS = 16;

  private static final long HASH_MASK = 0xffffL << 48;
  private static final long RECORD_MASK = ~HASH_MASK & -8L;

  private SlotWord() {}

  /// The word of an item at home, without a deadline.
  static long of(long h, long record) {
    assert (record & ~RECORD_MASK) == 0 && record != 0 : record;
    return hashBits(h) | record;
  }

  static long record(long word) {
    return word & RECORD_MASK;
  }

  /// The same slot for another block: hash bits and FOREIGN stay.
  static long withRecord(long word, long record, boolean expires) {
    assert (record & ~RECORD_MASK) == 0 && record != 0 : record;
    return (word & (HASH_MASK | FOREIGN)) | record | (expires ? EXPIRES : 0);
  }

  static boolean isForeign(long word) {
    return (word & FOREIGN) != 0;
  }

  static boolean expires(long word) {
    return (word & EXPIRES) != 0;
  }

  /// What [#matches] compares: the hash bits and, for an item in the bucket after its home,
  /// FOREIGN.
  static long tag(long h) {
    return hashBits(h);
  }

  /// True when the word may be the item of this tag: same hash bits, same side of its home.
  static boolean matches(long word, long tag) {
    return ((word ^ tag) & (HASH_MASK | FOREIGN)) == 0;
  }

  /// The directory bit number `depth`, which must be below [#HASH_BITS].
  static boolean directoryBit(long word, int depth) {
    assert depth < HASH_BITS;
    return (word << depth) < 0;
  }

  private static long hashBits(long h) {
    return (h << 16) & HASH_MASK;
  }
}
