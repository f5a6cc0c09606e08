package io.pantala.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class IntTextTest {
  @Test
  void everyLengthRoundTrips() {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 1));
    for (int bits = 0; bits < 64; bits++) {
      long limit = 1L << bits;
      roundTrip(limit);
      roundTrip(limit - 1);
      roundTrip(-limit);
      for (int i = 0; i < 100; i++) {
        long value = random.nextLong() >>> bits;
        roundTrip(value);
        roundTrip(-value);
      }
    }
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      roundTrip(power);
      roundTrip(power - 1);
      roundTrip(-power);
      roundTrip(1 - power);
    }
    roundTrip(Long.MAX_VALUE);
    roundTrip(Long.MIN_VALUE);
  }

  private static void roundTrip(long value) {
    try (Arena arena = Arena.ofConfined()) {
      long at = arena.allocate(64).address() + 8;
      Mem.fill(at - 8, 64, '#');
      int length = IntText.write(at, value);
      String text = new String(Mem.toArray(at, length), StandardCharsets.US_ASCII);
      assertThat(text).isEqualTo(Long.toString(value));
      assertThat(Mem.getByte(at - 1)).isEqualTo((byte) '#');
      assertThat(Mem.getByte(at + length)).isEqualTo((byte) '#');
      assertThat(IntText.length(value)).isEqualTo(length);
      assertThat(IntText.parse(at, length)).isEqualTo(value);
      assertThat(IntText.isNumber(value, at, length)).isTrue();
      assertThat(IntText.isMinimum(at, length)).isEqualTo(value == Long.MIN_VALUE);
    }
  }

  @Test
  void refusesEverythingElse() {
    String[] texts = {
      "",
      "-",
      "+1",
      " 1",
      "1 ",
      "01",
      "-0",
      "00",
      "-01",
      "1a",
      "a",
      "1.0",
      "0x1",
      "1e3",
      "--1",
      "9223372036854775808",
      "-9223372036854775809",
      "9999999999999999999",
      "18446744073709551616",
      "18446744073709551615",
      "-9999999999999999999",
      "-92233720368547758080",
      "1\0",
      "/",
      ":",
      "123456789012345678901",
      "-123456789012345678901",
      "1/",
      "1:"
    };
    for (String text : texts) {
      try (Arena arena = Arena.ofConfined()) {
        long at = arena.allocateFrom(text, StandardCharsets.US_ASCII).address();
        assertThat(IntText.parse(at, text.length())).as(text).isEqualTo(IntText.NOT_A_NUMBER);
        assertThat(IntText.isMinimum(at, text.length())).as(text).isFalse();
      }
    }
  }
}
