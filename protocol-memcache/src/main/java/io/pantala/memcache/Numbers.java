package io.pantala.memcache;

import io.pantala.core.memory.Mem;
import io.pantala.core.text.IntText;

/// Numbers in the words of requests and in values, as memcached reads them: by C's `strtol` and its
/// kin, so with leading spaces, a sign and leading zeros; what follows the digits must be a space.
/// No allocation.
public final class Numbers {
  /// What [#int32] and [#uint32] answer for a word that is no such number.
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /// The longest text of an unsigned 64-bit number.
  public static final int UINT64_BYTES = 20;

  private static final long UINT32_MAX = 0xffff_ffffL;

  private Numbers() {}

  /// A signed 32-bit number, or [#NOT_A_NUMBER].
  public static long int32(long address, long length) {
    long value = shortNumber(address, length);
    return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? value : NOT_A_NUMBER;
  }

  /// An unsigned 32-bit number, or [#NOT_A_NUMBER].
  public static long uint32(long address, long length) {
    long value = shortNumber(address, length);
    return value >= 0 && value <= UINT32_MAX ? value : NOT_A_NUMBER;
  }

  private static long shortNumber(long address, long length) {
    long magnitude = isWellFormed(address, length) ? magnitude(address, length) : NOT_A_NUMBER;
    if (magnitude < 0) {
      return NOT_A_NUMBER;
    }
    return hasMinus(address, length) ? -magnitude : magnitude;
  }

  /// Whether the text is a number that [#uint64] can read. A minus is accepted where the wrapped
  /// result looks positive, as `strtoull` has it.
  public static boolean isUint64(long address, long length) {
    return isWellFormed(address, length)
        && (!hasMinus(address, length) || -magnitude(address, length) >= 0);
  }

  /// The value of a text that [#isUint64], as 64 bits without sign.
  public static long uint64(long address, long length) {
    long magnitude = magnitude(address, length);
    return hasMinus(address, length) ? -magnitude : magnitude;
  }

  private static boolean isWellFormed(long address, long length) {
    long end = address + length;
    long at = signEnd(address, end);
    long digits = at;
    long value = 0;
    for (; at < end && isDigit(Mem.getByte(at)); at++) {
      int digit = Mem.getByte(at) - '0';
      if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0) {
        return false;
      }
      value = value * 10 + digit;
    }
    return at > digits && (at == end || isSpace(Mem.getByte(at)));
  }

  private static long magnitude(long address, long length) {
    long end = address + length;
    long value = 0;
    for (long at = signEnd(address, end); at < end && isDigit(Mem.getByte(at)); at++) {
      value = value * 10 + Mem.getByte(at) - '0';
    }
    return value;
  }

  private static boolean hasMinus(long address, long length) {
    long at = spacesEnd(address, address + length);
    return at < address + length && Mem.getByte(at) == '-';
  }

  private static long signEnd(long address, long end) {
    long at = spacesEnd(address, end);
    if (at < end && (Mem.getByte(at) == '-' || Mem.getByte(at) == '+')) {
      at++;
    }
    return at;
  }

  private static long spacesEnd(long address, long end) {
    long at = address;
    while (at < end && isSpace(Mem.getByte(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isSpace(int b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /// Writes an unsigned 64-bit number and returns its length.
  public static int write(long address, long value) {
    if (value >= 0) {
      return IntText.write(address, value);
    }
    int head = IntText.write(address, Long.divideUnsigned(value, 10));
    Mem.putByte(address + head, (byte) ('0' + Long.remainderUnsigned(value, 10)));
    return head + 1;
  }

  /// How many bytes [#write] writes.
  public static int length(long value) {
    return value >= 0 ? IntText.length(value) : IntText.length(Long.divideUnsigned(value, 10)) + 1;
  }
}
