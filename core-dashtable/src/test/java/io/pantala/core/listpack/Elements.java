package io.pantala.core.listpack;

import java.util.SplittableRandom;

/// Elements drawn so that all encodings and their borders come up; a character is a byte.
public final class Elements {
  private static final int[] BITS = {0, 7, 8, 12, 13, 15, 16, 23, 24, 31, 32, 62, 63};
  private static final int[] LENGTHS = {0, 1, 5, 20, 63, 64, 124, 125, 126, 127, 300};
  private static final int[] LONG_LENGTHS = {4_095, 4_096, 16_376, 16_377, 16_378, 16_379, 20_000};
  private static final String[] ALMOST_NUMBERS = {
    "-0", "01", "+1", " 1", "1 ", "-", "1.0", "9223372036854775808", "-9223372036854775809"
  };

  private Elements() {}

  /// @param longOnes one of so many is longer than 4,000 bytes
  public static String draw(SplittableRandom random, int longOnes) {
    if (random.nextInt(longOnes) == 0) {
      return text(random, LONG_LENGTHS[random.nextInt(LONG_LENGTHS.length)]);
    }
    return switch (random.nextInt(4)) {
      case 0 -> Long.toString(nearPowerOfTwo(random));
      case 1 -> Long.toString(random.nextInt(300) - 100);
      case 2 -> text(random, LENGTHS[random.nextInt(LENGTHS.length)]);
      default ->
          random.nextInt(10) == 0
              ? ALMOST_NUMBERS[random.nextInt(ALMOST_NUMBERS.length)]
              : text(random, random.nextInt(12));
    };
  }

  private static long nearPowerOfTwo(SplittableRandom random) {
    long power = (1L << BITS[random.nextInt(BITS.length)]) + random.nextInt(3) - 1;
    return random.nextBoolean() ? power : -power;
  }

  private static String text(SplittableRandom random, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) random.nextInt(256);
    }
    return new String(text);
  }
}
