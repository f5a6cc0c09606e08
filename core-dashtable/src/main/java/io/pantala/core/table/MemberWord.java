package io.pantala.core.table;

import io.pantala.core.text.IntText;

/// The 8-byte word of an occupied slot: a tagged address, or an integer that needs no block.
///
/// ```text
///  63            46 45                                2     1      0
///  +---------------+----------------------------------+---------+---+
///  | tag, 18 bits  | address of the member's block,   | EXPIRES | 0 |
///  | of the hash   | a multiple of 8 below 2^47, / 8  |         |   |
///  +---------------+----------------------------------+---------+---+
///  | integer of 63 bits, signed                                 | 1 |
///  +------------------------------------------------------------+---+
/// ```
///
/// The tag lets a segment grow, and split while there are few enough, without a visit to its
/// members; it also saves most visits to members that only share a fingerprint.
final class MemberWord {
  static final int TAG_BITS = 18;

  private static final int TAG_SHIFT = Long.SIZE - TAG_BITS;
  private static final long INTEGER = 1;
  private static final long EXPIRES = 2;
  private static final long TAG_MASK = -1L << TAG_SHIFT;

  private MemberWord() {}

  static long of(int tag, long block, boolean expires) {
    assert (block & 7) == 0 && block > 0 && block >>> 47 == 0 : block;
    return ((long) tag << TAG_SHIFT) | (block >>> 1) | (expires ? EXPIRES : 0);
  }

  /// The word of a member that is an integer, or 0 when it is none or too large.
  static long ofDigits(long member, int length) {
    long value = IntText.parse(member, length);
    return (value << 1) >> 1 == value ? (value << 1) | INTEGER : 0;
  }

  static boolean isInteger(long word) {
    return (word & INTEGER) != 0;
  }

  static long integer(long word) {
    return word >> 1;
  }

  static long block(long word) {
    assert !isInteger(word);
    return ((word & ~TAG_MASK) << 1) & -8L;
  }

  static int tag(long word) {
    return (int) (word >>> TAG_SHIFT);
  }

  static boolean expires(long word) {
    return (word & (INTEGER | EXPIRES)) == EXPIRES;
  }

  /// The word of the same member in another block.
  static long withBlock(long word, long block) {
    return of(tag(word), block, expires(word));
  }
}
