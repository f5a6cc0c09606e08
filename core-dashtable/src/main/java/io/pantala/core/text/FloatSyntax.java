package io.pantala.core.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text that C's `strtod` reads to its end, taken apart: decimal, hexadecimal, infinity or NaN.
///
/// ```
///   value = sign * digits * base^scale      base: 10, or 2 for hexadecimal
/// ```
final class FloatSyntax {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "([+-]?)(?:"
              + "(?<inf>inf(?:inity)?)"
              + "|(?<nan>nan(?:\\([0-9a-z_]*\\))?)"
              + "|0x(?=\\.?[0-9a-f])(?<hexWhole>[0-9a-f]*)(?:\\.(?<hexFraction>[0-9a-f]*))?"
              + "(?:p(?<binaryExponent>[+-]?[0-9]+))?"
              + "|(?=\\.?[0-9])(?<whole>[0-9]*)(?:\\.(?<fraction>[0-9]*))?"
              + "(?:e(?<exponent>[+-]?[0-9]+))?)",
          Pattern.CASE_INSENSITIVE);

  private static final int BITS_OF_HEX_DIGIT = 4;

  /// Exponents are held within this: far outside every number, far inside an int.
  private static final int EXPONENT_LIMIT = 1 << 28;

  private final Matcher parts;
  private final boolean hexadecimal;
  private final String digits;
  private final int scale;

  private FloatSyntax(Matcher parts) {
    this.parts = parts;
    hexadecimal = parts.group("hexWhole") != null;
    String whole = orEmpty(parts.group(hexadecimal ? "hexWhole" : "whole"));
    String fraction = orEmpty(parts.group(hexadecimal ? "hexFraction" : "fraction"));
    digits = whole + fraction;
    int exponent = exponent(parts.group(hexadecimal ? "binaryExponent" : "exponent"));
    scale = exponent - fraction.length() * (hexadecimal ? BITS_OF_HEX_DIGIT : 1);
  }

  /// Null when the text is not a number to its end.
  static @Nullable FloatSyntax parse(byte[] text) {
    Matcher parts = GRAMMAR.matcher(new String(text, StandardCharsets.ISO_8859_1));
    return parts.matches() ? new FloatSyntax(parts) : null;
  }

  private static String orEmpty(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static int exponent(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() < Integer.SIZE) {
      return Math.clamp(value.intValue(), -EXPONENT_LIMIT, EXPONENT_LIMIT);
    }
    return value.signum() < 0 ? -EXPONENT_LIMIT : EXPONENT_LIMIT;
  }

  boolean isNegative() {
    return "-".equals(parts.group(1));
  }

  boolean isInfinite() {
    return parts.group("inf") != null;
  }

  boolean isNaN() {
    return parts.group("nan") != null;
  }

  boolean isHexadecimal() {
    return hexadecimal;
  }

  BigInteger digits() {
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, hexadecimal ? 16 : 10);
  }

  boolean isZero() {
    return digits.chars().allMatch(digit -> digit == '0');
  }

  /// The nearest double: infinite or zero where it is too large or too small for one.
  double toDouble() {
    if (isInfinite()) {
      return isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (isNaN()) {
      return Double.NaN;
    }
    String sign = isNegative() ? "-" : "";
    return Double.parseDouble(
        hexadecimal ? sign + "0x" + digits + "p" + scale : sign + digits + "e" + scale);
  }

  int scale() {
    return scale;
  }

  double bitsOfBase() {
    return hexadecimal ? 1 : Math.log(10) / Math.log(2);
  }
}
