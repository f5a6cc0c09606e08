package io.pantala.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LoadStatsTest {
  @Test
  void mergingIsAsIfOneHadCountedAll() {
    LoadStats a = new LoadStats();
    LoadStats b = new LoadStats();
    LoadStats all = new LoadStats();
    for (int i = 1; i <= 1000; i++) {
      LoadStats one = i % 3 == 0 ? a : b;
      one.record(i * 10_000L, 1 + i % 4);
      all.record(i * 10_000L, 1 + i % 4);
    }
    a.firstError = "";
    b.firstError = "GET: ERR";
    b.errors = 2;
    LoadStats sum = new LoadStats();
    sum.add(a);
    sum.add(b);
    assertThat(sum.latency).isEqualTo(all.latency);
    assertThat(sum.requests).isEqualTo(all.requests).isEqualTo(sum.answered());
    assertThat(sum.latency.getTotalCount()).isEqualTo(sum.requests);
    assertThat(sum.errors).isEqualTo(2);
    assertThat(sum.firstError).isEqualTo("GET: ERR");
    assertThat(sum.latency.getMaxValue() / 1e6).isCloseTo(10, within(0.01));
  }
}
