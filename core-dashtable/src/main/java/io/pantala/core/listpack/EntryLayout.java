package io.pantala.core.listpack;

import io.pantala.core.memory.Mem;

/// Layout of one entry of a listpack, read and written through static functions on its address.
///
/// ```text
///  +----------------+-----------+-----------+
///  | encoding 1..5  | data      | back 1..5 |
///  +----------------+-----------+-----------+
///
///  0vvvvvvv                      integer 0..127
///  10llllll  bytes               string of up to 63 bytes
///  110vvvvv  v                   integer, 13 bits signed, high bits first
///  1110llll  l  bytes            string of up to 4,095 bytes, high bits of the length first
///  11110000  l l l l  bytes      longer string
///  11110001  v v                 integer, 16 bits
///  11110010  v v v               integer, 24 bits
///  11110011  v v v v             integer, 32 bits
///  11110100  v v v v v v v v     integer, 64 bits
/// ```
///
/// All but the two marked are little-endian. `back` is the length of encoding and data in groups of
/// 7 bits, high ones first; all but its first byte have the top bit set, so it is read backwards.
final class EntryLayout {
  /// Ends a listpack in place of an entry.
  static final int TERMINATOR = 0xff;

  static final int STRING_6_MAX = 63;
  static final int STRING_12_MAX = 4_095;

  static final int STRING_6 = 0x80;
  static final int INTEGER_13 = 0xc0;
  static final int STRING_12 = 0xe0;
  static final int STRING_32 = 0xf0;
  static final int INTEGER_16 = 0xf1;
  static final int INTEGER_24 = 0xf2;
  static final int INTEGER_32 = 0xf3;
  static final int INTEGER_64 = 0xf4;

  static final int INTEGER_7_MAX = 127;
  static final int INTEGER_13_MAX = 4_095;
  static final int INTEGER_24_MAX = 0x7fffff;

  /// Redis gives the lengths from here on one more byte than the bits need; so must we.
  private static final int BACK_2_FROM = 128;

  private static final int BACK_3_FROM = 16_383;
  private static final int BACK_4_FROM = 2_097_151;
  private static final int BACK_5_FROM = 268_435_455;

  private EntryLayout() {}

  /// Bytes of encoding and data of the entry at `p`.
  static int contentBytes(long p) {
    int first = Mem.getUByte(p);
    if (first < STRING_6) {
      return 1;
    }
    if (first < INTEGER_13) {
      return 1 + (first & STRING_6_MAX);
    }
    if (first < STRING_12) {
      return 2;
    }
    if (first < STRING_32) {
      return 2 + length12(p);
    }
    return switch (first) {
      case STRING_32 -> 5 + Mem.getInt(p + 1);
      case INTEGER_16 -> 3;
      case INTEGER_24 -> 4;
      case INTEGER_32 -> 5;
      case INTEGER_64 -> 9;
      default -> throw new AssertionError(first);
    };
  }

  /// Bytes of the whole entry at `p`.
  static int bytes(long p) {
    int content = contentBytes(p);
    return content + backBytes(content);
  }

  /// Bytes of the field `back` of an entry with this much encoding and data.
  static int backBytes(int content) {
    if (content < BACK_2_FROM) {
      return 1;
    }
    if (content < BACK_3_FROM) {
      return 2;
    }
    if (content < BACK_4_FROM) {
      return 3;
    }
    return content < BACK_5_FROM ? 4 : 5;
  }

  static void putBack(long at, int content, int backBytes) {
    int left = content;
    for (int i = backBytes - 1; i > 0; i--) {
      Mem.putByte(at + i, (left & 127) | 128);
      left >>>= 7;
    }
    Mem.putByte(at, left);
  }

  /// The address of the entry that ends at `end`.
  static long before(long end) {
    long at = end - 1;
    int content = Mem.getUByte(at) & 127;
    for (int shift = 7; (Mem.getByte(at) & 128) != 0; shift += 7) {
      at--;
      content |= (Mem.getByte(at) & 127) << shift;
    }
    return at - content;
  }

  static boolean isInteger(long p) {
    int first = Mem.getUByte(p);
    return first < STRING_6 || (first & 0xe0) == INTEGER_13 || first > STRING_32;
  }

  static long integer(long p) {
    int first = Mem.getUByte(p);
    if (first < STRING_6) {
      return first;
    }
    return switch (first) {
      case INTEGER_16 -> Mem.getShort(p + 1);
      // The three bytes and the encoding below them.
      case INTEGER_24 -> Mem.getInt(p) >> 8;
      case INTEGER_32 -> Mem.getInt(p + 1);
      case INTEGER_64 -> Mem.getLong(p + 1);
      default -> ((first & 31) << 8 | Mem.getUByte(p + 1)) << 19 >> 19;
    };
  }

  static long stringAddress(long p) {
    int first = Mem.getUByte(p);
    if (first < INTEGER_13) {
      return p + 1;
    }
    return first == STRING_32 ? p + 5 : p + 2;
  }

  static int stringLength(long p) {
    int first = Mem.getUByte(p);
    if (first < INTEGER_13) {
      return first & STRING_6_MAX;
    }
    return first == STRING_32 ? Mem.getInt(p + 1) : length12(p);
  }

  private static int length12(long p) {
    return (Mem.getUByte(p) & 15) << 8 | Mem.getUByte(p + 1);
  }
}
