package io.pantala.core.text;

import io.pantala.core.memory.Mem;

/// 64-bit signed integers as decimal text at a native address. No allocation.
///
/// The accepted texts are those which [#write] produces and no others: no plus sign, no spaces, no
/// leading zeros, no "-0". So a value that is stored as a number reads back as the bytes it was.
public final class IntText {
  /// What [#parse] answers for a text that is no integer.
  ///
  /// One valid text has this value too, that of the smallest `long`: see [#isMinimum].
  public static final long NOT_A_NUMBER = Long.MIN_VALUE;

  /// The longest text: a sign and 19 digits.
  public static final int MAX_BYTES = 20;

  private static final int MAX_DIGITS = 19;

  /// The two digits of 0..99 as they lie in memory.
  private static final short[] PAIRS = new short[100];

  private static final long[] POWERS_OF_TEN = new long[MAX_DIGITS];

  static {
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (short) (('0' + i / 10) | ('0' + i % 10) << 8);
    }
    long power = 1;
    for (int i = 0; i < MAX_DIGITS; i++) {
      POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private IntText() {}

  /// The integer whose text is the `length` bytes at `address`, or [#NOT_A_NUMBER].
  public static long parse(long address, long length) {
    if (length <= 0 || length > MAX_BYTES) {
      return NOT_A_NUMBER;
    }
    int first = Mem.getUByte(address);
    boolean negative = first == '-';
    long at = negative ? address + 1 : address;
    long end = address + length;
    if (first == '0') {
      return length == 1 ? 0 : NOT_A_NUMBER;
    }
    if (at == end || end - at > MAX_DIGITS || Mem.getByte(at) == '0') {
      return NOT_A_NUMBER;
    }
    return signed(digits(at, end), negative);
  }

  /// The digits of [at, end) as an unsigned number (19 digits fit), or 0 when one is no digit.
  private static long digits(long at, long end) {
    long value = 0;
    for (; at < end; at++) {
      int digit = Mem.getUByte(at) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static long signed(long magnitude, boolean negative) {
    if (magnitude > 0) {
      return negative ? -magnitude : magnitude;
    }
    return NOT_A_NUMBER;
  }

  /// Whether the text is that of the smallest `long`, the one number [#parse] cannot tell from
  /// [#NOT_A_NUMBER].
  public static boolean isMinimum(long address, long length) {
    return length == MAX_BYTES
        && Mem.getByte(address) == '-'
        && digits(address + 1, address + MAX_BYTES) == Long.MIN_VALUE;
  }

  /// Whether `parsed`, the answer of [#parse] for this text, is a number.
  public static boolean isNumber(long parsed, long address, long length) {
    return parsed != NOT_A_NUMBER || isMinimum(address, length);
  }

  /// Writes the text of `value` and returns its length; the room must be [#MAX_BYTES] or [#length].
  public static int write(long address, long value) {
    if (value >= 0 && value < 10) {
      Mem.putByte(address, (byte) ('0' + value));
      return 1;
    }
    int length = length(value);
    if (value < 0) {
      Mem.putByte(address, '-');
      writeBackwards(address + length, value);
    } else {
      writeBackwards(address + length, -value);
    }
    return length;
  }

  /// Writes the digits of `-negative` so that they end before `end`. Counts in negative numbers
  /// because the smallest `long` has no positive counterpart.
  private static void writeBackwards(long end, long negative) {
    while (negative <= -100) {
      long quotient = negative / 100;
      end -= 2;
      Mem.putShort(end, PAIRS[(int) (quotient * 100 - negative)]);
      negative = quotient;
    }
    if (negative <= -10) {
      Mem.putShort(end - 2, PAIRS[(int) -negative]);
    } else {
      Mem.putByte(end - 1, (byte) ('0' - negative));
    }
  }

  /// How many bytes the text of `value` has.
  public static int length(long value) {
    if (value >= 0) {
      return digitCount(value);
    }
    return value == Long.MIN_VALUE ? MAX_BYTES : 1 + digitCount(-value);
  }

  /// log10 from log2: 1233/4096 is a little more than log10(2), so the guess is right or one less.
  private static int digitCount(long value) {
    int guess = ((64 - Long.numberOfLeadingZeros(value)) * 1233) >>> 12;
    if (guess == MAX_DIGITS) {
      return guess;
    }
    return value < POWERS_OF_TEN[guess] ? Math.max(guess, 1) : guess + 1;
  }
}
