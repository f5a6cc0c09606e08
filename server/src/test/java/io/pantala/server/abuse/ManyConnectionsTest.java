package io.pantala.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
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
  private static final int IDLE = 10_000;
  private static final int BUSY = 2_000;

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

  /// Prints what an idle connection costs on the Java heap: one that has said PING, and one that
  /// has said nothing yet. The clients are processes of their own: their ends need descriptors too.
  @Test
  void tenThousandIdleOnesBesideTwoThousandBusy() throws IOException {
    int all = IDLE + BUSY;
    Assumptions.assumeTrue(openFiles() > all + 1_000, "skipped: too few file descriptors");
    try (TestServer server = TestServer.start(config(2, all, ServerConfig.Io.AUTO));
        ClientProcess idle = new ClientProcess(server.server().port());
        ClientProcess busy = new ClientProcess(server.server().port())) {
      busy.open(BUSY);
      busy.exchange("PING", "+PONG");
      long before = heapBytes();
      idle.open(IDLE);
      awaitClients(server, all);
      long silent = (heapBytes() - before) / IDLE;
      idle.exchange("PING", "+PONG");
      long idleBytes = (heapBytes() - before) / IDLE;
      System.out.println(
          "heap bytes of a connection: " + silent + " silent, " + idleBytes + " idle after a PING");
      for (int round = 0; round < ROUNDS; round++) {
        busy.exchange("SET k " + round, "+OK");
        busy.exchange("INCRBY " + round + " 0", ":0");
      }
      idle.exchange("STRLEN k", ":2");
      assertThat(server.server().threads().clients()).isEqualTo(all);
    }
  }

  private static void awaitClients(TestServer server, int wanted) {
    while (server.server().threads().acceptedClients() < wanted) {
      Thread.onSpinWait();
    }
  }

  private static long heapBytes() {
    System.gc();
    Runtime heap = Runtime.getRuntime();
    return heap.totalMemory() - heap.freeMemory();
  }

  private static long openFiles() throws IOException {
    Path limits = Path.of("/proc/self/limits");
    if (!Files.isReadable(limits)) {
      return 0;
    }
    for (String line : Files.readAllLines(limits)) {
      if (line.startsWith("Max open files")) {
        String soft = line.substring("Max open files".length()).trim().split(" +", 2)[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return 0;
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
