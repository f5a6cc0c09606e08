package io.pantala.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LatencyHistogramTest {
  /// The figures are those that redis-server shows as percentiles of one call.
  @ParameterizedTest
  @CsvSource({"0, 0", "255, 255", "256, 257", "15000, 15039", "11000, 11007", "10112000, 10158079"})
  void tellsTheLargestValueOfABucket(long nanos, long largest) {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.add(nanos, 1);
    assertThat(histogram.percentile(50)).isEqualTo(largest);
    assertThat(LatencyHistogram.largest(nanos)).isEqualTo(largest);
  }

  @Test
  void findsPercentilesAsASortedListDoes() {
    SplittableRandom random = new SplittableRandom(1);
    LatencyHistogram histogram = new LatencyHistogram();
    LatencyHistogram other = new LatencyHistogram();
    long[] values = new long[5_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextLong(1L << random.nextInt(1, 36));
      (i % 3 == 0 ? other : histogram).add(values[i], 1);
    }
    histogram.addAll(other);
    Arrays.sort(values);
    assertThat(histogram.count()).isEqualTo(values.length);
    for (double percent : new double[] {1, 25, 50, 75, 99, 99.9, 100}) {
      long exact = values[(int) Math.ceil(values.length * percent / 100) - 1];
      assertThat(histogram.percentile(percent)).isEqualTo(LatencyHistogram.largest(exact));
    }
    long middle = LatencyHistogram.largest(values[2_000]);
    assertThat(histogram.countUpTo(middle))
        .isEqualTo(Arrays.stream(values).filter(value -> value <= middle).count());
  }

  @Test
  void takesTimesOutOfRangeAsTheNearest() {
    LatencyHistogram histogram = new LatencyHistogram();
    assertThat(histogram.percentile(50)).isZero();
    histogram.add(Long.MAX_VALUE, 2);
    histogram.add(-1, 1);
    assertThat(histogram.percentile(100)).isEqualTo(LatencyHistogram.MAX_NANOS);
    assertThat(histogram.percentile(1)).isZero();
    assertThat(histogram.count()).isEqualTo(3);
  }
}
