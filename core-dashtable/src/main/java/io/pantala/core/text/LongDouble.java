package io.pantala.core.text;

import io.pantala.core.memory.Mem;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// A number of x86's 80-bit floating point (a mantissa of 64 bits, an exponent of 15): INCRBYFLOAT
/// and HINCRBYFLOAT add in it, and their results show it to the last digit. Immutable.
///
/// ```
///   value = sign * magnitude * 2^exponent,   magnitude < 2^64,   exponent >= -16445
/// ```
///
/// Zero has no sign here, because Redis never shows it.
public final class LongDouble implements Comparable<LongDouble> {
  /// Texts as long as this or longer are not read.
  public static final int TEXT_LIMIT = 5 * 1024;

  private static final int MANTISSA_BITS = 64;
  private static final int MIN_EXPONENT = -16445;
  private static final int MAX_EXPONENT = 16383 - (MANTISSA_BITS - 1);

  /// A logarithm beyond the smallest and the largest number, so that neither is computed.
  private static final int FAR_BITS = 17_000;

  /// Digits after the dot that are printed.
  private static final int FRACTION_DIGITS = 17;

  private static final BigInteger SCALE = BigInteger.TEN.pow(FRACTION_DIGITS);

  public static final LongDouble ZERO = new LongDouble(BigInteger.ZERO, 0);

  /// The largest finite number.
  public static final LongDouble MAX =
      new LongDouble(
          BigInteger.ONE.shiftLeft(MANTISSA_BITS).subtract(BigInteger.ONE), MAX_EXPONENT);

  /// The smallest finite number.
  public static final LongDouble MIN = MAX.negated();

  private static final LongDouble INFINITE = new LongDouble(BigInteger.ONE, Integer.MAX_VALUE);
  private static final LongDouble MINUS_INFINITE =
      new LongDouble(BigInteger.ONE.negate(), Integer.MAX_VALUE);

  private final BigInteger mantissa;
  private final int exponent;

  private LongDouble(BigInteger mantissa, int exponent) {
    this.mantissa = mantissa;
    this.exponent = exponent;
  }

  /// The number whose text is the `length` bytes at `address`; null when Redis would say "value is
  /// not a valid float". Infinities are read; NaN is not.
  public static @Nullable LongDouble parse(long address, long length) {
    if (length <= 0 || length >= TEXT_LIMIT) {
      return null;
    }
    FloatSyntax text = FloatSyntax.parse(Mem.toArray(address, (int) length));
    if (text == null || text.isNaN()) {
      return null;
    }
    if (text.isInfinite()) {
      return infinite(text.isNegative());
    }
    return fromText(text);
  }

  private static @Nullable LongDouble fromText(FloatSyntax text) {
    BigInteger digits = text.digits();
    if (digits.signum() == 0) {
      return ZERO;
    }
    double log2 = digits.bitLength() + text.bitsOfBase() * text.scale();
    if (Math.abs(log2) > FAR_BITS) {
      return null;
    }
    LongDouble value = round(digits, text);
    if (!value.isFinite() || value.mantissa.signum() == 0) {
      return null;
    }
    return text.isNegative() ? new LongDouble(value.mantissa.negate(), value.exponent) : value;
  }

  /// The nearest number to digits * base^scale.
  private static LongDouble round(BigInteger digits, FloatSyntax text) {
    int scale = text.scale();
    if (text.isHexadecimal()) {
      return round(digits, BigInteger.ONE, scale);
    }
    BigInteger power = BigInteger.TEN.pow(Math.abs(scale));
    return scale >= 0 ? round(digits.multiply(power), BigInteger.ONE, 0) : round(digits, power, 0);
  }

  /// The nearest number to numerator / denominator * 2^binary, both positive; ties to even.
  private static LongDouble round(BigInteger numerator, BigInteger denominator, int binary) {
    int exponent = numerator.bitLength() - denominator.bitLength() - MANTISSA_BITS + binary;
    // The quotient has 64 or 65 bits at this exponent; it is to have 64.
    if (quotient(numerator, denominator, binary - exponent)[0].bitLength() > MANTISSA_BITS) {
      exponent++;
    }
    exponent = Math.max(exponent, MIN_EXPONENT);
    BigInteger[] result = quotient(numerator, denominator, binary - exponent);
    BigInteger mantissa = roundHalfEven(result[0], result[1], result[2]);
    if (mantissa.bitLength() > MANTISSA_BITS) {
      mantissa = mantissa.shiftRight(1);
      exponent++;
    }
    return exponent > MAX_EXPONENT ? INFINITE : new LongDouble(mantissa, exponent);
  }

  /// numerator * 2^shift / denominator as quotient, remainder and the divisor that was used.
  private static BigInteger[] quotient(BigInteger numerator, BigInteger denominator, int shift) {
    BigInteger dividend = shift >= 0 ? numerator.shiftLeft(shift) : numerator;
    BigInteger divisor = shift >= 0 ? denominator : denominator.shiftLeft(-shift);
    BigInteger[] result = dividend.divideAndRemainder(divisor);
    return new BigInteger[] {result[0], result[1], divisor};
  }

  private static BigInteger roundHalfEven(
      BigInteger quotient, BigInteger rest, BigInteger divisor) {
    int half = rest.shiftLeft(1).compareTo(divisor);
    boolean up = half > 0 || (half == 0 && quotient.testBit(0));
    return up ? quotient.add(BigInteger.ONE) : quotient;
  }

  /// The sum, rounded to the nearest number; null when it is NaN (infinities of both signs).
  public @Nullable LongDouble plus(LongDouble other) {
    if (!isFinite() || !other.isFinite()) {
      if (isFinite()) {
        return other;
      }
      return other.isFinite() || other.mantissa.signum() == mantissa.signum() ? this : null;
    }
    int common = Math.min(exponent, other.exponent);
    BigInteger sum =
        mantissa
            .shiftLeft(exponent - common)
            .add(other.mantissa.shiftLeft(other.exponent - common));
    if (sum.signum() == 0) {
      return ZERO;
    }
    LongDouble rounded = round(sum.abs(), BigInteger.ONE, common);
    return sum.signum() > 0 ? rounded : rounded.negated();
  }

  /// The difference, rounded to the nearest number; null when it is NaN.
  public @Nullable LongDouble minus(LongDouble other) {
    return plus(other.negated());
  }

  /// By value; the infinities of one sign are equal.
  @Override
  public int compareTo(LongDouble other) {
    if (isFinite() && other.isFinite()) {
      int common = Math.min(exponent, other.exponent);
      BigInteger mine = mantissa.shiftLeft(exponent - common);
      return mine.compareTo(other.mantissa.shiftLeft(other.exponent - common));
    }
    int mine = isFinite() ? 0 : mantissa.signum();
    int others = other.isFinite() ? 0 : other.mantissa.signum();
    return Integer.compare(mine, others);
  }

  private LongDouble negated() {
    return isFinite()
        ? new LongDouble(mantissa.negate(), exponent)
        : infinite(mantissa.signum() > 0);
  }

  private static LongDouble infinite(boolean negative) {
    return negative ? MINUS_INFINITE : INFINITE;
  }

  public boolean isFinite() {
    return exponent != Integer.MAX_VALUE;
  }

  /// Its text as Redis stores and answers it: `%.17Lf` without the zeros at the end, and without a
  /// sign when nothing but zero is left.
  @Override
  public String toString() {
    if (!isFinite()) {
      return mantissa.signum() > 0 ? "inf" : "-inf";
    }
    String digits = scaled().toString();
    if (digits.length() <= FRACTION_DIGITS) {
      digits = "0".repeat(FRACTION_DIGITS + 1 - digits.length()) + digits;
    }
    int dot = digits.length() - FRACTION_DIGITS;
    int end = digits.length();
    while (end > dot && digits.charAt(end - 1) == '0') {
      end--;
    }
    String fraction = end > dot ? "." + digits.substring(dot, end) : "";
    String magnitude = digits.substring(0, dot) + fraction;
    return mantissa.signum() < 0 && !magnitude.equals("0") ? "-" + magnitude : magnitude;
  }

  /// The magnitude times 10^17, rounded half to even.
  private BigInteger scaled() {
    BigInteger product = mantissa.abs().multiply(SCALE);
    if (exponent >= 0) {
      return product.shiftLeft(exponent);
    }
    BigInteger[] result = quotient(product, BigInteger.ONE, exponent);
    return roundHalfEven(result[0], result[1], result[2]);
  }
}
