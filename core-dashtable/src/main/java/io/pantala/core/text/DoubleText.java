package io.pantala.core.text;

import io.pantala.core.memory.Mem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Doubles as text: written as C's `%.17g` (what Redis 7.0 answers), read as Redis's arguments are.
public final class DoubleText {
  /// The longest text written: sign, 17 digits, dot, and either `e-308` or `0.000`.
  public static final int MAX_BYTES = 24;

  private static final int DIGITS = 17;

  /// Below it every integer that a double can hold has at most 17 digits.
  private static final double INTEGER_LIMIT = 1e17;

  /// 5^27 is the last power of five below 2^63.
  private static final int MAX_POWER = 27;

  private static final long[] POWERS_OF_FIVE = new long[MAX_POWER + 1];

  /// Decimal digits that every double can hold.
  private static final int SIMPLE_DIGITS = 15;

  private static final double[] POWERS_OF_TEN = new double[SIMPLE_DIGITS + 1];

  /// Longer texts are not read as numbers.
  private static final int TEXT_LIMIT = 1 << 20;

  private static final long TEN_8 = 100_000_000L;
  private static final long TEN_17 = 100_000_000_000_000_000L;
  private static final long TEN_16 = TEN_17 / 10;

  static {
    long power = 1;
    for (int i = 0; i <= MAX_POWER; i++) {
      POWERS_OF_FIVE[i] = power;
      power *= 5;
    }
    double ten = 1;
    for (int i = 0; i <= SIMPLE_DIGITS; i++) {
      POWERS_OF_TEN[i] = ten;
      ten *= 10;
    }
  }

  private DoubleText() {}

  /// Writes `value` as `%.17g` does and returns the length; the room must be [#MAX_BYTES].
  ///
  /// Allocates only for a value with a fraction below 1e-10, or from 1e17 on.
  public static int write(long address, double value) {
    long at = address;
    if (Double.doubleToRawLongBits(value) < 0) {
      Mem.putByte(at++, '-');
    }
    return (int) (writeMagnitude(at, Math.abs(value)) - address);
  }

  private static long writeMagnitude(long at, double value) {
    if (value < INTEGER_LIMIT && value == (long) value) {
      return at + IntText.write(at, (long) value);
    }
    if (!(value < Double.POSITIVE_INFINITY)) {
      return word(at, Double.isNaN(value) ? "nan" : "inf");
    }
    int exponent = (int) Math.floor(Math.log10(value));
    int scale = DIGITS - 1 - exponent;
    if (scale >= 1 && scale < MAX_POWER) {
      long digits = scaled(value, scale);
      if (digits >= TEN_17) {
        exponent++;
        digits = scaled(value, scale - 1);
      } else if (digits <= TEN_16) {
        long finer = scaled(value, scale + 1);
        if (finer < TEN_17) {
          exponent--;
          digits = finer;
        }
      }
      return writeDigits(at, digits, exponent);
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    exponent = rounded.precision() - rounded.scale() - 1;
    BigInteger digits = rounded.movePointRight(DIGITS - 1 - exponent).toBigIntegerExact();
    return writeDigits(at, digits.longValueExact(), exponent);
  }

  /// `value * 10^scale`, exact and then rounded half to even: a product of 53 and 63 bits, shifted.
  private static long scaled(double value, int scale) {
    long bits = Double.doubleToRawLongBits(value);
    int binary = (int) (bits >>> 52) - 1075;
    long mantissa = (bits & ((1L << 52) - 1)) | 1L << 52;
    long high = Math.multiplyHigh(mantissa, POWERS_OF_FIVE[scale]);
    long low = mantissa * POWERS_OF_FIVE[scale];
    int shift = -(binary + scale);
    if (shift <= 0) {
      return low << -shift;
    }
    return shiftRounded(high, low, shift);
  }

  private static long shiftRounded(long high, long low, int shift) {
    long quotient;
    long half;
    boolean rest;
    if (shift < Long.SIZE) {
      quotient = high << (Long.SIZE - shift) | low >>> shift;
      half = low >>> (shift - 1) & 1;
      rest = (low & ((1L << (shift - 1)) - 1)) != 0;
    } else if (shift == Long.SIZE) {
      quotient = high;
      half = low >>> 63;
      rest = low << 1 != 0;
    } else {
      int s = shift - Long.SIZE;
      quotient = high >>> s;
      half = high >>> (s - 1) & 1;
      rest = low != 0 || (high & ((1L << (s - 1)) - 1)) != 0;
    }
    return quotient + (half & (rest ? 1 : quotient));
  }

  /// Writes 17 digits, the first of them worth 10^exponent, without the zeros at their end.
  private static long writeDigits(long at, long digits, int exponent) {
    boolean scientific = exponent < -4 || exponent >= DIGITS;
    int kept = DIGITS;
    if (digits % TEN_8 == 0) {
      digits /= TEN_8;
      kept -= 8;
    }
    while (digits % 10 == 0) {
      digits /= 10;
      kept--;
    }
    if (!scientific) {
      return writePlain(at, digits, kept, exponent);
    }
    IntText.write(at + 1, digits);
    Mem.putByte(at, Mem.getByte(at + 1));
    at++;
    if (kept > 1) {
      Mem.putByte(at, '.');
      at += kept;
    }
    Mem.putByte(at++, 'e');
    Mem.putByte(at++, exponent < 0 ? '-' : '+');
    int e = Math.abs(exponent);
    if (e < 10) {
      Mem.putByte(at++, '0');
    }
    return at + IntText.write(at, e);
  }

  private static long writePlain(long at, long digits, int kept, int exponent) {
    if (exponent < 0) {
      at = word(at, "0.");
      for (int i = -1; i > exponent; i--) {
        Mem.putByte(at++, '0');
      }
      return at + IntText.write(at, digits);
    }
    int whole = exponent + 1;
    if (kept <= whole) {
      at += IntText.write(at, digits);
      for (int i = kept; i < whole; i++) {
        Mem.putByte(at++, '0');
      }
      return at;
    }
    IntText.write(at, digits);
    Mem.move(at + whole, at + whole + 1, kept - whole);
    Mem.putByte(at + whole, '.');
    return at + kept + 1;
  }

  /// The number whose text is the `length` bytes at `address`, or NaN when Redis would say "value
  /// is not a valid float": no blanks, nothing after it, not too large or too small for a double.
  ///
  /// Allocates only beyond 15 digits, an exponent, or a word.
  public static double parse(long address, long length) {
    double simple = parseSimple(address, length);
    if (!Double.isNaN(simple)) {
      return simple;
    }
    FloatSyntax text = syntax(address, length);
    if (text == null) {
      return Double.NaN;
    }
    double value = text.toDouble();
    boolean outOfRange =
        value == 0 ? !text.isZero() : Double.isInfinite(value) && !text.isInfinite();
    return outOfRange ? Double.NaN : value;
  }

  /// As [#parse], but as laxly as Redis reads the ends of a range of scores (plain `strtod`):
  /// leading blanks are skipped, the text ends at a zero byte, no text at all is 0, what is too
  /// large is infinite and what is too small is zero.
  public static double parseBound(long address, long length) {
    long end = 0;
    while (end < length && Mem.getByte(address + end) != 0) {
      end++;
    }
    if (end == 0) {
      return 0;
    }
    long start = 0;
    while (start < end && isSpace(Mem.getByte(address + start))) {
      start++;
    }
    double simple = parseSimple(address + start, end - start);
    if (!Double.isNaN(simple)) {
      return simple;
    }
    FloatSyntax text = syntax(address + start, end - start);
    return text == null ? Double.NaN : text.toDouble();
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static @Nullable FloatSyntax syntax(long address, long length) {
    return length <= 0 || length > TEXT_LIMIT
        ? null
        : FloatSyntax.parse(Mem.toArray(address, (int) length));
  }

  /// `[sign] digits [. digits]` of 15 digits at most: both the digits and the power of ten are
  /// exact doubles, so that their quotient is the nearest one. NaN for every other text.
  private static double parseSimple(long address, long length) {
    if (length <= 0 || length > SIMPLE_DIGITS + 2) {
      return Double.NaN;
    }
    long end = address + length;
    int first = Mem.getByte(address);
    long at = first == '-' || first == '+' ? address + 1 : address;
    long value = 0;
    int digits = 0;
    long dot = 0;
    for (; at < end; at++) {
      int c = Mem.getByte(at);
      if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
        digits++;
      } else if (c == '.' && dot == 0) {
        dot = at;
      } else {
        return Double.NaN;
      }
    }
    if (digits == 0 || digits > SIMPLE_DIGITS) {
      return Double.NaN;
    }
    double magnitude = dot == 0 ? value : value / POWERS_OF_TEN[(int) (end - dot - 1)];
    return first == '-' ? -magnitude : magnitude;
  }

  private static long word(long at, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      Mem.putByte(at++, ascii.charAt(i));
    }
    return at;
  }
}
