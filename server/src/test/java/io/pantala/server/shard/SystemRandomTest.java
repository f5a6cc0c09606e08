package io.pantala.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SystemRandomTest {
  @Test
  void givesAsManyBytesAsAskedAndNeverTheSame() {
    assertThat(SystemRandom.bytes(0)).isEmpty();
    assertThat(SystemRandom.bytes(20)).hasSize(20);
    Set<Long> drawn = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      drawn.add(SystemRandom.nextLong());
    }
    assertThat(drawn).hasSize(100);
  }
}
