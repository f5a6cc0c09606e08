package io.pantala.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import java.lang.foreign.Arena;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DoubleTextTest {
  @Test
  void writesAsC() {
    assertThat(write(0.1)).isEqualTo("0.10000000000000001");
    assertThat(write(3)).isEqualTo("3");
    assertThat(write(-2.5)).isEqualTo("-2.5");
    assertThat(write(-0.0)).isEqualTo("-0");
    assertThat(write(1e16)).isEqualTo("10000000000000000");
    assertThat(write(1e17)).isEqualTo("1e+17");
    assertThat(write(1e100)).isEqualTo("1e+100");
    assertThat(write(1e-5)).isEqualTo("1.0000000000000001e-05");
    assertThat(write(1e-7)).isEqualTo("9.9999999999999995e-08");
    assertThat(write(0.0001)).isEqualTo("0.0001");
    assertThat(write(1.2345678901234567E+19)).isEqualTo("1.2345678901234567e+19");
    assertThat(write(Double.MIN_VALUE)).isEqualTo("4.9406564584124654e-324");
    assertThat(write(-Double.MAX_VALUE)).isEqualTo("-1.7976931348623157e+308");
    assertThat(write(Double.POSITIVE_INFINITY)).isEqualTo("inf");
    assertThat(write(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
    assertThat(write(Double.NaN)).isEqualTo("nan");
    assertThat(write(0.9999999999999999)).isEqualTo("0.99999999999999989");
  }

  @Test
  void everyDigitIsRight() {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 2));
    for (int i = 0; i < 40_000; i++) {
      double value = random(random, i);
      if (!Double.isFinite(value) || value == 0) {
        continue;
      }
      String text = write(value);
      BigDecimal expected =
          new BigDecimal(value).round(new MathContext(17, RoundingMode.HALF_EVEN));
      assertThat(new BigDecimal(text)).as(text).isEqualByComparingTo(expected);
      assertThat(parse(text)).isEqualTo(value);
      boolean scientific =
          Math.abs(expected.doubleValue()) < 1e-4 || expected.abs().doubleValue() >= 1e17;
      assertThat(text.contains("e")).as(text).isEqualTo(scientific);
    }
  }

  /// All doubles; short decimals; powers of ten and their neighbours.
  private static double random(SplittableRandom random, int i) {
    return switch (i % 4) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 ->
          random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L)
              / Math.pow(10, random.nextInt(12));
      case 2 -> Math.scalb(random.nextDouble() + 0.5, random.nextInt(-40, 60));
      default -> {
        double power = Double.parseDouble("1e" + random.nextInt(-20, 25));
        yield Double.longBitsToDouble(Double.doubleToRawLongBits(power) + random.nextInt(-2, 3));
      }
    };
  }

  @Test
  void readsAsStrtod() {
    assertThat(parse("0x10")).isEqualTo(16);
    assertThat(parse("-0X1.8p-3")).isEqualTo(-0.1875);
    assertThat(parse("0x.8")).isEqualTo(0.5);
    assertThat(parse("+Inf")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(parse("-INFINITY")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parse(".5")).isEqualTo(0.5);
    assertThat(parse("+5.")).isEqualTo(5);
    assertThat(parse("1e-320")).isEqualTo(1e-320);
    assertThat(parse("0e-400")).isZero();
    assertThat(parse("0e99999999999999999999")).isZero();
    assertThat(parse("123456789012345678901234567890")).isEqualTo(1.2345678901234568E+29);
    String[] wrong = {
      "", " 1", "1 ", "nan", "nan(1)", "1e400", "-1e400", "1e-400", "1e", "1e+", "0x", "0x.", ".",
      "+", "-", "--1", "1.2.3", "1f", "1d", "infi", "0x1p", "1\0", "abc"
    };
    for (String text : wrong) {
      assertThat(parse(text)).as(text).isNaN();
    }
  }

  @Test
  void readsBoundsLaxly() {
    assertThat(bound("")).isZero();
    assertThat(bound(" 1")).isEqualTo(1);
    assertThat(bound("1\0a")).isEqualTo(1);
    assertThat(bound("\0")).isZero();
    assertThat(bound("1e400")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(bound("-1e400")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(bound("1e-400")).isZero();
    assertThat(bound("  ")).isNaN();
    assertThat(bound("nan")).isNaN();
    assertThat(bound("1x")).isNaN();
    assertThat(bound("1 ")).isNaN();
  }

  private static String write(double value) {
    try (Arena arena = Arena.ofConfined()) {
      long at = arena.allocate(64).address();
      Mem.fill(at, 64, '#');
      int length = DoubleText.write(at, value);
      assertThat(Mem.getByte(at + DoubleText.MAX_BYTES)).isEqualTo((byte) '#');
      return new String(Mem.toArray(at, length), StandardCharsets.US_ASCII);
    }
  }

  private static double parse(String text) {
    try (Arena arena = Arena.ofConfined()) {
      return DoubleText.parse(copy(arena, text), text.length());
    }
  }

  private static double bound(String text) {
    try (Arena arena = Arena.ofConfined()) {
      return DoubleText.parseBound(copy(arena, text), text.length());
    }
  }

  private static long copy(Arena arena, String text) {
    long at = arena.allocate(text.length() + 1L).address();
    Mem.copyIn(text.getBytes(StandardCharsets.US_ASCII), 0, at, text.length());
    return at;
  }
}
