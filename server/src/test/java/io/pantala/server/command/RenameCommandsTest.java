package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RENAME, RENAMENX, COPY, MOVE: with three shards, most pairs of keys are on two.
@ExtendWith(NativeMemoryCheck.class)
final class RenameCommandsTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Status OK = new Status("OK");
  private static final int PAIRS = 12;
  private static final List<String> VALUES =
      List.of("", "12345", "short", "x".repeat(45), "y".repeat(2048), "z".repeat(200_000));
  private static final List<String> LONG_KEYS = List.of("n".repeat(254), "n".repeat(255));

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void renameTakesValueEncodingAndDeadlineAlong(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(NOW);
      TestClient client = server.client();
      for (String value : VALUES) {
        for (int i = 0; i < PAIRS; i++) {
          String from = i < 2 ? LONG_KEYS.get(i) : "from" + i;
          client.run("SET", from, value);
          client.run("EXPIRE", from, "100");
          client.run("SET", "to" + i, i % 2 == 0 ? "other" : "o".repeat(5000));
          Object encoding = client.run("OBJECT", "ENCODING", from);
          assertThat(client.run("RENAME", from, "to" + i)).isEqualTo(OK);
          assertThat(client.run("EXISTS", from)).isEqualTo(0L);
          assertThat(client.run("GET", "to" + i)).isEqualTo(value);
          assertThat(client.run("TTL", "to" + i)).isEqualTo(100L);
          assertThat(client.run("OBJECT", "ENCODING", "to" + i)).isEqualTo(encoding);
        }
      }
      assertThat(client.run("DBSIZE")).isEqualTo((long) PAIRS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void renameNxKeepsTheTarget(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      for (int i = 0; i < PAIRS; i++) {
        client.run("MSET", "a" + i, "1", "b" + i, "2");
        assertThat(client.run("RENAMENX", "a" + i, "b" + i)).isEqualTo(0L);
        assertThat(client.run("MGET", "a" + i, "b" + i)).isEqualTo(List.of("1", "2"));
        assertThat(client.run("RENAMENX", "a" + i, "c" + i)).isEqualTo(1L);
        assertThat(client.run("GET", "c" + i)).isEqualTo("1");
        assertThat(client.run("EXISTS", "a" + i)).isEqualTo(0L);
        assertThat(client.run("RENAME", "a" + i, "b" + i))
            .isEqualTo(new Failure("ERR no such key"));
        assertThat(client.run("RENAME", "c" + i, "c" + i)).isEqualTo(OK);
        assertThat(client.run("RENAMENX", "c" + i, "c" + i)).isEqualTo(0L);
        assertThat(client.run("GET", "c" + i)).isEqualTo("1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void copyMakesAValueOfItsOwn(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(NOW);
      TestClient client = server.client();
      for (String value : VALUES) {
        for (int i = 0; i < PAIRS; i++) {
          client.run("SET", "a" + i, value);
          client.run("EXPIRE", "a" + i, "100");
          client.run("DEL", "b" + i);
          assertThat(client.run("COPY", "a" + i, "b" + i)).isEqualTo(1L);
          assertThat(client.run("COPY", "a" + i, "b" + i)).isEqualTo(0L);
          client.run("SET", "b" + i, "old");
          assertThat(client.run("COPY", "a" + i, "b" + i, "replace")).isEqualTo(1L);
          client.run("SET", "a" + i, "new");
          assertThat(client.run("GET", "b" + i)).isEqualTo(value);
          assertThat(client.run("TTL", "b" + i)).isEqualTo(100L);
        }
      }
      assertThat(client.run("COPY", "none", "x")).isEqualTo(0L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void copyAndMoveReachOtherDatabases(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      for (int i = 0; i < PAIRS; i++) {
        client.run("MSET", "a" + i, "1", "m" + i, "2", "n" + i, "3");
        client.run("EXPIRE", "m" + i, "100");
        assertThat(client.run("COPY", "a" + i, "a" + i, "DB", "1")).isEqualTo(1L);
        assertThat(client.run("COPY", "a" + i, "b" + i, "DB", "1")).isEqualTo(1L);
        assertThat(client.run("COPY", "a" + i, "b" + i, "DB", "1")).isEqualTo(0L);
        assertThat(client.run("COPY", "n" + i, "b" + i, "REPLACE", "DB", "1")).isEqualTo(1L);
        assertThat(client.run("MOVE", "m" + i, "1")).isEqualTo(1L);
        assertThat(client.run("MOVE", "a" + i, "1")).isEqualTo(0L);
        assertThat(client.run("MOVE", "none", "1")).isEqualTo(0L);
      }
      assertThat(client.run("DBSIZE")).isEqualTo(2L * PAIRS);
      assertThat(client.run("SWAPDB", "0", "1")).isEqualTo(OK);
      assertThat(client.run("DBSIZE")).isEqualTo(3L * PAIRS);
      for (int i = 0; i < PAIRS; i++) {
        assertThat(client.run("MGET", "a" + i, "b" + i, "m" + i)).isEqualTo(List.of("1", "3", "2"));
        assertThat((Long) client.run("TTL", "m" + i)).isBetween(90L, 100L);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void refusesWrongArguments(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      client.run("SET", "a", "1");
      Failure same = new Failure("ERR source and destination objects are the same");
      Failure noDb = new Failure("ERR DB index is out of range");
      Failure noInteger = new Failure("ERR value is not an integer or out of range");
      Failure syntax = new Failure("ERR syntax error");
      assertThat(client.run("COPY", "a", "a")).isEqualTo(same);
      assertThat(client.run("COPY", "a", "b", "DB", "16")).isEqualTo(noDb);
      assertThat(client.run("COPY", "a", "b", "DB", "x")).isEqualTo(noInteger);
      assertThat(client.run("COPY", "a", "b", "DB")).isEqualTo(syntax);
      assertThat(client.run("COPY", "a", "b", "foo")).isEqualTo(syntax);
      assertThat(client.run("MOVE", "a", "0")).isEqualTo(same);
      assertThat(client.run("MOVE", "a", "-1")).isEqualTo(noDb);
      assertThat(client.run("MOVE", "a", "x")).isEqualTo(noInteger);
      assertThat(client.run("MOVE", "a", "99999999999"))
          .isEqualTo(
              new Failure(
                  "ERR value is out of range, value must between -2147483648 and 2147483647"));
    }
  }

  /// One token goes round by RENAME on many connections at once: there is always exactly one.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void renameIsAtomicForOthers(int shards) throws Exception {
    try (TestServer server = TestServer.start(shards)) {
      TestClient reader = server.client();
      reader.run("SET", "token0", "x");
      TestClient writer = server.client();
      Thread renames =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 2000; i++) {
                        writer.run("RENAME", "token" + i % 5, "token" + (i + 1) % 5);
                      }
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      do {
        assertThat(reader.run("EXISTS", "token0", "token1", "token2", "token3", "token4"))
            .isEqualTo(1L);
      } while (renames.isAlive());
      renames.join();
      assertThat(reader.run("GET", "token0")).isEqualTo("x");
    }
  }
}
