package io.pantala.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that do not read, or read late.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class SlowClientsTest {
  private static final long OUTPUT_LIMIT = 4 << 20;

  /// What the server may hold for a client that reads nothing: the limit and one round of replies,
  /// which is cut at 8 MB a shard, on their way through four buffers that grow by doubling.
  private static final long HELD_MAX_BYTES = 192 << 20;

  private static final int RECEIVE_BYTES = 64 << 10;
  private static final int KEYS = 50;

  @ParameterizedTest
  @CsvSource({
    "1,10,AUTO",
    "1,100000,AUTO",
    "3,10,AUTO",
    "3,1000,AUTO",
    "3,100000,AUTO",
    "3,1000000,AUTO",
    "1,10,NIO",
    "3,100000,NIO"
  })
  void whoReadsNothingLosesOnlyItsOwnConnection(int shards, int valueBytes, ServerConfig.Io io)
      throws Exception {
    try (TestServer server = TestServer.start(config(shards, io))) {
      TestClient bystander = server.client();
      for (int i = 0; i < KEYS; i++) {
        bystander.run("SET", "key-" + i, "x".repeat(valueBytes));
      }
      try (RawClient silent = new RawClient(server, RECEIVE_BYTES)) {
        Thread writer = Thread.ofPlatform().start(() -> writeUntilClosed(silent));
        while (writer.isAlive()) {
          assertThat(bystander.run("SET", "other", "1")).isEqualTo(new Status("OK"));
          assertThat(bystander.run("GET", "other")).isEqualTo("1");
          assertThat(NativeBuffer.allBytes()).isLessThan(HELD_MAX_BYTES);
        }
      }
      assertThat(bystander.run("GET", "other")).isEqualTo("1");
    }
  }

  private static ServerConfig config(int shards, ServerConfig.Io io) {
    ServerConfig base = TestServer.config(shards);
    return base.with(Settings.IO, io.name()).with(Settings.OUTPUT_LIMIT, OUTPUT_LIMIT);
  }

  private static void writeUntilClosed(RawClient client) {
    ByteArrayOutputStream gets = new ByteArrayOutputStream();
    for (int i = 0; i < 20 * KEYS; i++) {
      gets.writeBytes(TestClient.encode("GET", "key-" + i % KEYS));
    }
    try {
      while (true) {
        client.write(gets.toByteArray());
      }
    } catch (IOException e) {
      // The end that the test waits for.
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whoReadsLateGetsAllInOrder(int shards) throws IOException {
    int requests = 60_000;
    try (TestServer server = TestServer.start(shards);
        RawClient late = new RawClient(server, RECEIVE_BYTES)) {
      TestClient writer = server.client();
      for (int i = 0; i < KEYS; i++) {
        writer.run("SET", "key-" + i, value(i));
      }
      ByteArrayOutputStream gets = new ByteArrayOutputStream();
      for (int i = 0; i < requests; i++) {
        gets.writeBytes(TestClient.encode("GET", "key-" + i % KEYS));
      }
      late.write(gets.toByteArray());
      for (int i = 0; i < requests; i++) {
        String expected = "$" + value(i % KEYS).length() + "\r\n" + value(i % KEYS) + "\r\n";
        assertThat(late.read(expected.length())).isEqualTo(expected);
      }
    }
  }

  private static String value(int i) {
    return ("value-" + i + ";").repeat(30 + i);
  }
}
