package io.pantala.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writes over the memory limit are refused, and nothing else is.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class MemoryLimitTest {
  private static final long MAX_BYTES = 16 << 20;
  private static final int KEYS_MAX = 100_000;
  private static final Status OK = new Status("OK");
  private static final Failure OUT_OF_MEMORY =
      new Failure("OOM command not allowed when used memory > 'maxmemory'.");

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void refusesWritesUntilThereIsRoom(int shards) throws IOException {
    ServerConfig base = TestServer.config(shards);
    ServerConfig config = base.with(Settings.MAX_MEMORY, MAX_BYTES);
    try (TestServer server = TestServer.start(config)) {
      TestClient client = server.client();
      int stored = fill(client);
      assertThat(client.run("MSET", "x", "1", "y", "2", "z", "3")).isEqualTo(OUT_OF_MEMORY);
      for (int i = 0; i < stored; i++) {
        assertThat(client.run("GET", "key-" + i)).isEqualTo(value(i));
      }
      for (int i = 0; i < stored; i += 2) {
        assertThat(client.run("DEL", "key-" + i)).isEqualTo(1L);
      }
      awaitRoom(client);
      for (int i = 1; i < stored; i += 2) {
        assertThat(client.run("GET", "key-" + i)).isEqualTo(value(i));
      }
    }
  }

  /// Sets keys until the server says that it is full; how many it took.
  private static int fill(TestClient client) throws IOException {
    long bytes = 0;
    for (int i = 0; i < KEYS_MAX; i++) {
      Object answer = client.run("SET", "key-" + i, value(i));
      if (!answer.equals(OK)) {
        assertThat(answer).isEqualTo(OUT_OF_MEMORY);
        assertThat(bytes).isBetween(MAX_BYTES / 2, MAX_BYTES * 2);
        return i;
      }
      bytes += value(i).length();
    }
    throw new AssertionError("the limit was never reached");
  }

  /// The shards tell one another what they use once in a while.
  private static void awaitRoom(TestClient client) throws IOException {
    Object answer = OUT_OF_MEMORY;
    while (answer.equals(OUT_OF_MEMORY)) {
      answer = client.run("SET", "again", "1");
    }
    assertThat(answer).isEqualTo(OK);
  }

  private static String value(int i) {
    return (i + ",").repeat(100 + i % 500);
  }
}
