package io.pantala.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.server.info.LatencyReport;
import io.pantala.server.stats.LatencySeries.Sample;
import org.junit.jupiter.api.Test;

final class LatencySeriesTest {
  @Test
  void keepsTheWorstOfEachSecond() {
    LatencySeries series = LatencySeries.EMPTY.with(10, 5).with(10, 3).with(12, 7).with(12, 9);
    assertThat(series.samples()).containsExactly(new Sample(10, 5), new Sample(12, 9));
    assertThat(series.maxMs()).isEqualTo(9);
    assertThat(series.meanMs()).isEqualTo(7);
    assertThat(series.deviationMs()).isEqualTo(2);
    assertThat(series.periodS()).isEqualTo(2);
  }

  @Test
  void dropsTheOldest() {
    LatencySeries series = LatencySeries.EMPTY;
    for (int i = 0; i < 200; i++) {
      series = series.with(i, 200 - i);
    }
    assertThat(series.samples()).hasSize(LatencySeries.SAMPLES_MAX);
    assertThat(series.samples().getFirst().timeS()).isEqualTo(40);
    assertThat(series.maxMs()).isEqualTo(200);
  }

  @Test
  void isDrawn() {
    LatencySeries series = LatencySeries.EMPTY.with(10, 10).with(11, 50).with(13, 30);
    assertThat(LatencyReport.graph("command", series, 20))
        .isEqualTo(
            """
            command: highest 50 ms, lowest 10 ms, highest ever 50 ms
                  50 ms | #
                  40 ms | #
                  30 ms | ##
                  20 ms | ##
                  10 ms |###
                        +---
                         from 10 s ago to 7 s ago
            """
                .replace("| #\n", "| # \n"));
  }
}
