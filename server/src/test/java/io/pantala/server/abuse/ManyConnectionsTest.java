package io.pantala.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many clients, and one more than there may be.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class ManyConnectionsTest {
  private static final int CONNECTIONS = 2_000;
  private static final int BUSY_ONE_IN = 20;
  private static final int ROUNDS = 20;
  private static final int CLIENTS_MAX = 5;

  @ParameterizedTest
  @CsvSource({"1,AUTO", "4,AUTO", "2,NIO"})
  void idleAndBusyOnes(int shards, ServerConfig.Io io) throws IOException {
    try (TestServer server = TestServer.start(config(shards, CONNECTIONS, io))) {
      List<TestClient> clients = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(server.client());
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CONNECTIONS; i += BUSY_ONE_IN) {
          clients.get(i).send("MSET", "a" + i, "" + round, "b" + i, "" + round);
          clients.get(i).send("MGET", "a" + i, "b" + i);
        }
        for (int i = 0; i < CONNECTIONS; i += BUSY_ONE_IN) {
          assertThat(clients.get(i).readRaw()).isEqualTo("+OK\r\n");
          assertThat(clients.get(i).read()).isEqualTo(List.of("" + round, "" + round));
        }
      }
      for (TestClient client : clients) {
        assertThat(client.runRaw("PING")).isEqualTo("+PONG\r\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,AUTO", "3,AUTO", "1,NIO", "3,NIO"})
  void oneTooManyIsToldSo(int shards, ServerConfig.Io io) throws IOException {
    try (TestServer server = TestServer.start(config(shards, CLIENTS_MAX, io))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS_MAX; i++) {
        clients.add(new RawClient(server));
        clients.getLast().write("PING\r\n");
        assertThat(clients.getLast().read(7)).isEqualTo("+PONG\r\n");
      }
      for (int i = 0; i < 3; i++) {
        try (RawClient refused = new RawClient(server)) {
          assertThat(refused.readToEnd()).isEqualTo("-ERR max number of clients reached\r\n");
        }
      }
      clients.removeFirst().close();
      awaitPlace(server);
      clients.forEach(ManyConnectionsTest::close);
    }
  }

  /// A place is free again once the server has seen the end of a client.
  private static void awaitPlace(TestServer server) throws IOException {
    String answer = "";
    while (!answer.equals("+PONG\r\n")) {
      try (RawClient next = new RawClient(server)) {
        next.write("PING\r\n");
        next.endOutput();
        answer = next.readToEnd();
      } catch (java.net.SocketException e) {
        // Refused and closed while the request was on its way.
      }
    }
  }

  private static void close(RawClient client) {
    try {
      client.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ServerConfig config(int shards, int clients, ServerConfig.Io io) {
    ServerConfig base = TestServer.config(shards);
    return base.with(Settings.MAX_CLIENTS, clients).with(Settings.IO, io.name());
  }
}
