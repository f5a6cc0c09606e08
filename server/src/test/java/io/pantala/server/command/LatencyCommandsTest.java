package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class LatencyCommandsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void keepsSpikes(int shards) throws IOException {
    try (TestServer server =
        TestServer.start(TestServer.config(shards).with(Settings.LATENCY_MONITOR_THRESHOLD, 200))) {
      TestClient client = server.client();
      client.run("DEBUG", "SLEEP", "0.25");
      List<?> latest = event((List<?>) client.run("LATENCY", "LATEST"));
      assertThat((Long) latest.get(2)).isGreaterThanOrEqualTo(250);
      assertThat((Long) latest.get(3)).isGreaterThanOrEqualTo(250);
      List<?> history = (List<?>) client.run("LATENCY", "HISTORY", "command");
      assertThat(history).isNotEmpty();
      assertThat(((List<?>) history.getFirst()).get(0)).isEqualTo(latest.get(1));
      assertThat((String) client.run("LATENCY", "GRAPH", "command")).contains("highest ever", "#");
      assertThat((String) client.run("LATENCY", "DOCTOR"))
          .containsPattern("- command: \\d+ spikes")
          .contains("SLOWLOG GET");
      assertThat(client.run("LATENCY", "RESET", "nothing")).isEqualTo(0L);
      assertThat(client.run("LATENCY", "RESET", "command")).isEqualTo(1L);
      assertThat(client.run("LATENCY", "HISTORY", "command")).isEqualTo(List.of());
    }
  }

  private static List<?> event(List<?> latest) {
    return latest.stream()
        .map(entry -> (List<?>) entry)
        .filter(entry -> entry.getFirst().equals("command"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysThatNobodyLooks() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      assertThat((String) client.run("LATENCY", "DOCTOR")).contains("latency-monitor-threshold");
      assertThat(client.run("LATENCY", "LATEST")).isEqualTo(List.of());
    }
  }

  @Test
  void tellsHowTimesAreDistributed() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.run("HELLO", "3");
      for (int i = 0; i < 50; i++) {
        client.run("SET", "key" + i, "1");
      }
      client.run("CLIENT", "ID");
      Map<?, ?> one = (Map<?, ?>) client.run("LATENCY", "HISTOGRAM", "set", "nosuch");
      assertThat(one.size()).isEqualTo(1);
      Map<?, ?> set = (Map<?, ?>) Objects.requireNonNull(one.get("set"));
      assertThat(set.get("calls")).isEqualTo(50L);
      Map<?, ?> times = (Map<?, ?>) Objects.requireNonNull(set.get("histogram_usec"));
      assertThat(times.containsValue(50L)).isTrue();
      assertThat(
              ((Map<?, ?>) client.run("LATENCY", "HISTOGRAM", "client")).containsKey("client|id"))
          .isTrue();
      assertThat(((Map<?, ?>) client.run("LATENCY", "HISTOGRAM")).containsKey("latency|histogram"))
          .isTrue();
    }
  }
}
