package io.pantala.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.abuse.RawClient;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that say nothing, or do not read, for longer than they may: the clock is moved.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class SilentClientsTest {
  private static final int RECEIVE_BYTES = 64 << 10;

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void closesWhoIsSilentForTooLong(String io) throws IOException {
    ServerConfig config = TestServer.config(2).with(Settings.IO, io).with(Settings.TIMEOUT, 10);
    try (TestServer server = TestServer.start(config)) {
      server.setClock(System.currentTimeMillis());
      TestClient busy = server.client();
      TestClient other = server.client();
      TestClient watcher = server.client();
      assertThat(busy.runRaw("PING")).isEqualTo("+PONG\r\n");
      assertThat(other.runRaw("PING")).isEqualTo("+PONG\r\n");
      try (RawClient silent = new RawClient(server);
          RawClient halfRequest = new RawClient(server);
          RawClient halfHead = new RawClient(server)) {
        watcher.send("MONITOR");
        assertThat(watcher.readRaw()).isEqualTo("+OK\r\n");
        silent.write("PING\r\n");
        assertThat(silent.read(7)).isEqualTo("+PONG\r\n");
        halfRequest.write("*2\r\n$3\r\nGET");
        halfHead.write("GET /health HTTP/1.1\r\nHost: x\r\n");
        for (int second = 0; second < 10; second++) {
          server.advanceClock(1_000);
          assertThat(busy.runRaw("PING")).isEqualTo("+PONG\r\n");
          assertThat(other.runRaw("PING")).isEqualTo("+PONG\r\n");
        }
        silent.write("PING\r\n");
        assertThat(silent.read(7)).isEqualTo("+PONG\r\n");
        server.advanceClock(1_500);
        assertThat(busy.runRaw("PING")).isEqualTo("+PONG\r\n");
        assertThat(other.runRaw("PING")).isEqualTo("+PONG\r\n");
        assertThat(halfRequest.readToEnd()).isEmpty();
        assertThat(halfHead.readToEnd()).isEmpty();
        silent.write("PING\r\n");
        assertThat(silent.read(7)).isEqualTo("+PONG\r\n");
        server.advanceClock(11_000);
        assertThat(silent.readToEnd()).isEmpty();
        assertThat(watcher.readRaw()).as("a monitor may be silent").contains("\"PING\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EPOLL", "NIO"})
  void closesWhoDoesNotReadForTooLong(String io) throws IOException {
    ServerConfig config =
        TestServer.config(1).with(Settings.IO, io).with(Settings.SEND_TIMEOUT, 10);
    try (TestServer server = TestServer.start(config)) {
      server.setClock(System.currentTimeMillis());
      TestClient bystander = server.client();
      bystander.run("SET", "large", "x".repeat(32 << 20));
      try (RawClient silent = new RawClient(server, RECEIVE_BYTES)) {
        silent.write("GET large\r\n");
        assertThat(silent.read(2)).isEqualTo("$3");
        while (server.server().threads().clients() > 1) {
          server.advanceClock(1_000);
          assertThat(bystander.runRaw("PING")).isEqualTo("+PONG\r\n");
        }
        assertThat(silent.readToEnd().length()).isLessThan(32 << 20);
      }
      assertThat(bystander.runRaw("PING")).isEqualTo("+PONG\r\n");
    }
  }
}
