package io.pantala.bench.load;

import io.pantala.core.memory.Mem;

/// Decimal digits of numbers that are not negative.
final class Decimal {
  private static final long[] POWERS = new long[RequestTemplate.MAX_DIGITS];
  private static final short[] PAIRS = new short[100];

  static {
    long power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (short) (('0' + i / 10) | (('0' + i % 10) << 8));
    }
  }

  private Decimal() {}

  static int digits(long value) {
    assert value >= 0;
    int digits = 1;
    while (digits < POWERS.length && value >= POWERS[digits]) {
      digits++;
    }
    return digits;
  }

  /// Writes exactly `digits` digits, with leading zeros where the number has fewer; returns the
  /// end.
  static long write(long value, int digits, long to) {
    long end = to + digits;
    long at = end;
    long rest = value;
    while (at - to >= 2) {
      at -= 2;
      Mem.putShort(at, PAIRS[(int) (rest % 100)]);
      rest /= 100;
    }
    if (at > to) {
      Mem.putByte(to, (int) ('0' + rest % 10));
    }
    return end;
  }
}
