package io.pantala.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Examples; what redis-server says to random ones is compared in `NumberOracleTest`.
final class LongDoubleTest {
  @Test
  void addsAsX86() {
    assertThat(sum("10.50", "0.1")).isEqualTo("10.6");
    assertThat(sum("5.0e3", "2.0e2")).isEqualTo("5200");
    assertThat(sum("0", "-0")).isEqualTo("0");
    assertThat(sum("0", "-1e-20")).isEqualTo("0");
    assertThat(sum("1", "0x10")).isEqualTo("17");
    assertThat(sum("18446744073709551615", "0")).isEqualTo("18446744073709551615");
    assertThat(sum("18446744073709551615", "1")).isEqualTo("18446744073709551616");
    assertThat(sum("18446744073709551616", "1")).isEqualTo("18446744073709551616");
    assertThat(sum("3", "-5.5")).isEqualTo("-2.5");
    assertThat(sum("1e30", "-1e30")).isEqualTo("0");
  }

  @Test
  void infinitiesAreNotFinite() {
    LongDouble one = Objects.requireNonNull(parse("1"));
    LongDouble infinite = Objects.requireNonNull(parse("inf"));
    LongDouble negative = Objects.requireNonNull(parse("-Infinity"));
    LongDouble huge = Objects.requireNonNull(parse("1.1e4932"));
    assertThat(Objects.requireNonNull(one.plus(infinite)).isFinite()).isFalse();
    assertThat(Objects.requireNonNull(infinite.plus(one)).isFinite()).isFalse();
    assertThat(infinite.plus(negative)).isNull();
    assertThat(Objects.requireNonNull(huge.plus(huge)).isFinite()).isFalse();
    assertThat(negative.toString()).isEqualTo("-inf");
  }

  @Test
  void comparesAndSubtracts() {
    LongDouble one = Objects.requireNonNull(parse("1"));
    LongDouble half = Objects.requireNonNull(parse("0.5"));
    LongDouble infinite = Objects.requireNonNull(parse("inf"));
    LongDouble negative = Objects.requireNonNull(parse("-inf"));
    assertThat(Objects.requireNonNull(half.minus(one)).toString()).isEqualTo("-0.5");
    assertThat(infinite.minus(infinite)).isNull();
    assertThat(one).isGreaterThan(half).isGreaterThan(LongDouble.ZERO).isLessThan(infinite);
    assertThat(LongDouble.MIN).isLessThan(LongDouble.ZERO).isGreaterThan(negative);
    assertThat(LongDouble.MAX).isGreaterThan(one).isLessThan(infinite);
    assertThat(infinite).isEqualByComparingTo(infinite).isGreaterThan(negative);
    assertThat(Objects.requireNonNull(LongDouble.MAX.plus(LongDouble.MAX)).isFinite()).isFalse();
  }

  @Test
  void refusesWhatRedisRefuses() {
    String[] wrong = {
      "",
      " 1",
      "1 ",
      "nan",
      "1e5000",
      "-1e5000",
      "1e-4960",
      "1e999999999999",
      "1e-999999999999",
      "abc",
      "1\0",
      "0x",
      "1".repeat(LongDouble.TEXT_LIMIT)
    };
    for (String text : wrong) {
      assertThat(parse(text)).as(text).isNull();
    }
    assertThat(parse("1e-4940")).isNotNull();
    assertThat(parse("0e-9999")).isNotNull();
    assertThat(parse("0".repeat(LongDouble.TEXT_LIMIT - 1))).isNotNull();
  }

  private static String sum(String a, String b) {
    LongDouble left = Objects.requireNonNull(parse(a));
    return Objects.requireNonNull(left.plus(Objects.requireNonNull(parse(b)))).toString();
  }

  private static @Nullable LongDouble parse(String text) {
    try (Arena arena = Arena.ofConfined()) {
      long at = arena.allocateFrom(text, StandardCharsets.US_ASCII).address();
      return LongDouble.parse(at, text.length());
    }
  }
}
