package io.pantala.core.table;

import io.pantala.core.dash.KeyHash;

/// Hashes of members, and what each of their bits decides. Immutable, any thread.
///
/// ```text
///  63        44 43                    12 11        8 7            0
///  +-----------+------------------------+-----------+-------------+
///  | not used  | directory, bit 12 first| place     |             |
///  |           |        26 |            |           | fingerprint |
///  +-----------+-----------+------------+-----------+-------------+
///                          `------ tag, 18 bits ----'
/// ```
///
/// - The *directory* bits choose the segment, those of lowest value first.
/// - The *place*, 12 bits with the fingerprint as the low 8, chooses the bucket inside the segment:
///   a bucket takes a run of places, so it can be found again from a slot alone.
///
/// Each table has a *salt* that makes its order different from those of all others: members that
/// are copied from one table to another in the order of the first fill the second evenly.
final class MemberHash {
  static final int PLACE_BITS = 12;
  static final int PLACES = 1 << PLACE_BITS;
  static final int DIRECTORY_BITS = 32;

  /// Directory bits that a tag holds.
  static final int TAGGED_DIRECTORY_BITS = 14;

  private static final int FINGERPRINT_BITS = 8;
  private static final int FINGERPRINT_MASK = 0xff;
  private static final int TAG_PLACE_BITS = PLACE_BITS - FINGERPRINT_BITS;
  private static final int TAG_PLACE_MASK = (1 << TAG_PLACE_BITS) - 1;
  private static final int TAG_MASK = (1 << MemberWord.TAG_BITS) - 1;
  private static final long SALT_STEP = 0x9e3779b97f4a7c15L;
  private static final long FOLD = 0xd6e8feb86659fd93L;

  static {
    assert TAG_PLACE_BITS + TAGGED_DIRECTORY_BITS == MemberWord.TAG_BITS;
  }

  private final KeyHash keyHash;

  MemberHash(KeyHash keyHash) {
    this.keyHash = keyHash;
  }

  long ofBytes(int salt, long address, int length) {
    return salted(keyHash.of(address, length), salt);
  }

  long ofInteger(int salt, long value) {
    return salted(keyHash.ofInteger(value), salt);
  }

  /// The byte stored in the bucket, 1..255: 0 marks an empty slot.
  static int fingerprint(long h) {
    int low = (int) h & FINGERPRINT_MASK;
    return low != 0 ? low : 1;
  }

  static int place(long h) {
    return place(tag(h), fingerprint(h));
  }

  static int place(int tag, int fingerprint) {
    return ((tag & TAG_PLACE_MASK) << FINGERPRINT_BITS) | fingerprint;
  }

  static int fingerprintOfPlace(int place) {
    return place & FINGERPRINT_MASK;
  }

  static int tag(long h) {
    return (int) (h >>> FINGERPRINT_BITS) & TAG_MASK;
  }

  static int directory(long h) {
    return (int) (h >>> PLACE_BITS);
  }

  /// As many of the directory bits as a tag holds.
  static int taggedDirectory(int tag) {
    return tag >>> TAG_PLACE_BITS;
  }

  private static long salted(long h, int salt) {
    long z = (h ^ (salt * SALT_STEP)) * FOLD;
    return z ^ (z >>> 32);
  }
}
