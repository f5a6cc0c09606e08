package io.pantala.core.dash;

/// What each bit of a key's 64-bit hash decides. Nothing else in the table knows a bit position.
///
/// ```text
///  63              48 47                              16 15               0
///  +-----------------+----------------------------------+------------------+
///  | shard           | directory, bit 47 first          | home bucket      |
///  | (not used here) |                                  |     fingerprint 7|..0
///  +-----------------+----------------------------------+------------------+
/// ```
///
/// The fingerprint is the low byte of the 16 home bits: one home bucket takes a run of 1,170 of
/// their 65,536 values, so the low byte is spread evenly inside each bucket.
final class HashBits {
  /// Bits that choose the segment: no segment can be split deeper.
  static final int DIRECTORY_BITS = 32;

  /// One past the last directory prefix.
  static final long PREFIXES = 1L << DIRECTORY_BITS;

  private static final int HOME_BITS = 16;
  private static final int DIRECTORY_SHIFT = HOME_BITS;
  private static final int DIRECTORY_TOP = DIRECTORY_SHIFT + DIRECTORY_BITS - 1;
  private static final int NODE_BITS = 8;

  private HashBits() {}

  /// The byte stored in the bucket, 1..255: 0 marks an empty slot.
  static int fingerprint(long h) {
    int low = (int) h & 0xff;
    return low != 0 ? low : 1;
  }

  /// Index of the regular bucket where the item is at home.
  static int home(long h) {
    return (((int) h & 0xffff) * SegmentLayout.REGULAR_BUCKETS) >>> HOME_BITS;
  }

  /// The 32 directory bits as an unsigned number.
  static long prefix(long h) {
    return (h >>> DIRECTORY_SHIFT) & (PREFIXES - 1);
  }

  /// A hash with these directory bits and zeroes elsewhere.
  static long ofPrefix(long prefix) {
    return prefix << DIRECTORY_SHIFT;
  }

  /// The directory bit number `depth`, counted from the first, as a mask.
  static long directoryBit(int depth) {
    return 1L << (DIRECTORY_TOP - depth);
  }

  /// Index into the directory node of this level: 8 bits for each level, the first bits at level 0.
  static int nodeIndex(long h, int level) {
    return (int) (h >>> (DIRECTORY_TOP + 1 - NODE_BITS - NODE_BITS * level)) & 0xff;
  }
}
