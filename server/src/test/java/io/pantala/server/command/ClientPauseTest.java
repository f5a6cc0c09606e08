package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.Examples;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// CLIENT PAUSE: who waits, and when they go on. The server's clock stands still unless it is
/// moved.
@Timeout(60)
@ExtendWith(NativeMemoryCheck.class)
final class ClientPauseTest {
  private static final Status OK = new Status("OK");

  private static TestServer start(int shards) throws IOException {
    TestServer server = TestServer.start(shards);
    server.setClock(Examples.START_MS);
    return server;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void holdsWritesUntilTheEnd(int shards) throws IOException {
    try (TestServer server = start(shards)) {
      TestClient admin = server.client();
      admin.run("SET", "a", "0");
      assertThat(admin.run("CLIENT", "PAUSE", "1000", "WRITE")).isEqualTo(OK);
      TestClient[] writers = {server.client(), server.client(), server.client(), server.client()};
      for (int i = 0; i < writers.length; i++) {
        writers[i].send("GET", "a");
        writers[i].send("PING");
        writers[i].send("FOO");
        writers[i].send("SET", "w" + i, "1");
        writers[i].send("MSET", "x" + i, "1", "y" + i, "2");
        writers[i].send("GET", "w" + i);
        assertThat(writers[i].read()).isEqualTo("0");
        assertThat(writers[i].read()).isEqualTo(new Status("PONG"));
        assertThat(writers[i].read()).isInstanceOf(Failure.class);
      }
      awaitList(admin, lines -> held(lines) == writers.length);
      assertThat(admin.run("DBSIZE")).isEqualTo(1L);
      server.advanceClock(1000);
      for (TestClient writer : writers) {
        assertThat(writer.read()).isEqualTo(OK);
        assertThat(writer.read()).isEqualTo(OK);
        assertThat(writer.read()).isEqualTo("1");
      }
      assertThat(admin.run("DBSIZE")).isEqualTo(1L + 3 * writers.length);
      assertThat(held(ClientCommandsTest.list(admin, "CLIENT", "LIST"))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void letsWritesGoOnAtUnpause(int shards) throws IOException {
    try (TestServer server = start(shards)) {
      TestClient admin = server.client();
      TestClient writer = server.client();
      for (int i = 0; i < 10; i++) {
        admin.run("CLIENT", "PAUSE", "100000", "WRITE");
        writer.send("INCR", "n");
        writer.send("INCR", "n");
        awaitList(admin, lines -> held(lines) == 1);
        assertThat(admin.run("CLIENT", "UNPAUSE")).isEqualTo(OK);
        assertThat(writer.read()).isEqualTo(2L * i + 1);
        assertThat(writer.read()).isEqualTo(2L * i + 2);
      }
    }
  }

  /// The pause holds the rest of the pipeline that asks for it, and whoever would end it.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void holdsEverythingOfEveryone(int shards) throws IOException {
    try (TestServer server = start(shards)) {
      TestClient watcher = server.client();
      watcher.run("MONITOR");
      TestClient admin = server.client();
      TestClient other = server.client();
      other.run("PING");
      admin.send("CLIENT", "PAUSE", "500");
      admin.send("PING");
      assertThat(admin.read()).isEqualTo(OK);
      other.send("CLIENT", "UNPAUSE");
      assertThat(((Status) watcher.read()).toString()).contains("PING");
      assertThat(watcher.run("ECHO", "not held")).isEqualTo("not held");
      server.advanceClock(500);
      assertThat(admin.read()).isEqualTo(new Status("PONG"));
      assertThat(other.read()).isEqualTo(OK);
    }
  }

  @Test
  void keepsTheLongerAndTheWiderPause() throws IOException {
    try (TestServer server = start(2)) {
      TestClient admin = server.client();
      TestClient other = server.client();
      admin.send("CLIENT", "PAUSE", "5000", "WRITE");
      admin.send("CLIENT", "PAUSE", "100", "ALL");
      admin.send("PING");
      assertThat(admin.read()).isEqualTo(OK);
      assertThat(admin.read()).isEqualTo(OK);
      other.send("PING");
      server.advanceClock(4_999);
      server.client().send("PING");
      server.advanceClock(1);
      assertThat(admin.read()).isEqualTo(new Status("PONG"));
      assertThat(other.read()).isEqualTo(new Status("PONG"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void forgetsWhoLeaves(int shards) throws IOException {
    try (TestServer server = start(shards)) {
      TestClient admin = server.client();
      admin.run("CLIENT", "PAUSE", "100000", "WRITE");
      TestClient gone = server.client();
      TestClient killed = server.client();
      TestClient stays = server.client();
      String id = "" + killed.run("CLIENT", "ID");
      gone.send("SET", "gone", "x".repeat(5_000));
      killed.send("SET", "killed", "x".repeat(5_000));
      stays.send("SET", "stays", "1");
      awaitList(admin, lines -> held(lines) == 3);
      gone.close();
      assertThat(admin.run("CLIENT", "KILL", "ID", id)).isEqualTo(1L);
      assertThat(killed.isClosed()).isTrue();
      awaitList(admin, lines -> held(lines) == 1);
      admin.run("CLIENT", "UNPAUSE");
      assertThat(stays.read()).isEqualTo(OK);
      assertThat(admin.run("EXISTS", "gone", "killed", "stays")).isEqualTo(1L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void letsNothingExpireMeanwhile(int shards) throws Exception {
    try (TestServer server = start(shards)) {
      TestClient admin = server.client();
      for (int i = 0; i < 10; i++) {
        admin.run("SET", "k" + i, "1", "PX", "100");
      }
      admin.run("CLIENT", "PAUSE", "100000", "WRITE");
      server.advanceClock(200);
      for (int i = 0; i < 100; i++) {
        assertThat(admin.run("DBSIZE")).isEqualTo(10L);
      }
      admin.run("CLIENT", "UNPAUSE");
      while (!admin.run("DBSIZE").equals(0L)) {
        Thread.onSpinWait();
      }
    }
  }

  /// The server ends while clients are held and others watch: nothing is left.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void endsWithHeldClients(int shards) throws IOException {
    try (TestServer server = start(shards)) {
      TestClient admin = server.client();
      server.client().run("MONITOR");
      admin.run("CLIENT", "PAUSE", "100000", "WRITE");
      for (int i = 0; i < 5; i++) {
        server.client().send("SET", "a" + i, "x".repeat(10_000));
      }
      awaitList(admin, lines -> held(lines) == 5);
    }
  }

  private static long held(List<Map<String, String>> lines) {
    return lines.stream().filter(line -> "b".equals(line.get("flags"))).count();
  }

  private static void awaitList(TestClient client, Predicate<List<Map<String, String>>> wanted)
      throws IOException {
    while (!wanted.test(ClientCommandsTest.list(client, "CLIENT", "LIST"))) {
      Thread.onSpinWait();
    }
  }
}
