package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class MemoryCommandsTest {
  @Test
  @Timeout(60)
  void tellsWhereTheMemoryIs() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.run("HELLO", "3");
      assertThat(client.run("MEMORY", "DOCTOR").toString()).contains("hardly any data");
      client.run("DEBUG", "POPULATE", "10000", "key", "1000");
      Map<?, ?> stats = stats(client);
      while (number(stats, "dataset.bytes") < 10_000_000) {
        stats = stats(client);
      }
      assertThat(stats.get("keys.count")).isEqualTo(10_000L);
      assertThat(number(stats, "keys.bytes-per-key")).isBetween(1_000L, 1_200L);
      assertThat(number(stats, "total.allocated"))
          .isEqualTo(number(stats, "dataset.bytes") + number(stats, "overhead.total"));
      assertThat(
              number(
                  (Map<?, ?>) Objects.requireNonNull(stats.get("db.0")), "overhead.hashtable.main"))
          .isBetween(80_000L, 300_000L);
      assertThat((Double) stats.get("dataset.percentage")).isBetween(90.0, 100.0);
      assertThat(client.run("MEMORY", "DOCTOR").toString()).doesNotContain("hardly any data");
      assertThat(client.run("MEMORY", "MALLOC-STATS").toString()).contains("shard", "tables");
    }
  }

  @Test
  @Timeout(60)
  void givesMemoryBackWhenAsked() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      client.run("DEBUG", "POPULATE", "20000", "key", "1000");
      for (int i = 0; i < 20_000; i++) {
        if (i % 8 != 0) {
          client.send("DEL", "key:" + i);
        }
      }
      for (int i = 0; i < 17_500; i++) {
        client.read();
      }
      client.run("HELLO", "3");
      assertThat(client.run("MEMORY", "PURGE")).isEqualTo(new Status("OK"));
      Map<?, ?> stats = stats(client);
      while (number(stats, "allocator.active") > 16 << 20) {
        stats = stats(client);
      }
      assertThat(stats.get("keys.count")).isEqualTo(2_500L);
    }
  }

  private static long number(Map<?, ?> figures, String name) {
    return (Long) Objects.requireNonNull(figures.get(name));
  }

  private static Map<?, ?> stats(TestClient client) throws IOException {
    return (Map<?, ?>) client.run("MEMORY", "STATS");
  }
}
