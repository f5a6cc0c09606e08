package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// EXPIRE and its kin, with the clock stopped.
@ExtendWith(NativeMemoryCheck.class)
final class ExpireCommandsTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final String LARGEST = Long.toString(Long.MAX_VALUE);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setsTellsAndTakesDeadlines(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(NOW);
      TestClient client = server.client();
      client.run("MSET", "a", "1", "b", "2", "c", "3", "d", "4");
      assertThat(client.run("TTL", "a")).isEqualTo(-1L);
      assertThat(client.run("PTTL", "none")).isEqualTo(-2L);
      assertThat(client.run("EXPIRE", "none", "5")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "5")).isEqualTo(1L);
      assertThat(client.run("PEXPIRE", "b", "1499")).isEqualTo(1L);
      assertThat(client.run("EXPIREAT", "c", "1800000100")).isEqualTo(1L);
      assertThat(client.run("PEXPIREAT", "d", "" + (NOW + 1500))).isEqualTo(1L);
      assertThat(client.run("TTL", "a")).isEqualTo(5L);
      assertThat(client.run("TTL", "b")).isEqualTo(1L);
      assertThat(client.run("TTL", "d")).isEqualTo(2L);
      assertThat(client.run("PTTL", "b")).isEqualTo(1499L);
      assertThat(client.run("EXPIRETIME", "c")).isEqualTo(1_800_000_100L);
      assertThat(client.run("PEXPIRETIME", "d")).isEqualTo(NOW + 1500);
      assertThat(client.run("PEXPIRETIME", "none")).isEqualTo(-2L);
      assertThat(client.run("PERSIST", "a")).isEqualTo(1L);
      assertThat(client.run("PERSIST", "a")).isEqualTo(0L);
      assertThat(client.run("EXPIRETIME", "a")).isEqualTo(-1L);
      assertThat(client.run("PEXPIREAT", "a", LARGEST)).isEqualTo(1L);
      assertThat(client.run("EXPIRETIME", "a")).isEqualTo(9223372036854776L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void conditionsCompareWithTheOldDeadline(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(NOW);
      TestClient client = server.client();
      client.run("SET", "a", "1");
      assertThat(client.run("EXPIRE", "a", "10", "XX")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "10", "GT")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "10", "lt")).isEqualTo(1L);
      assertThat(client.run("EXPIRE", "a", "20", "NX")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "10", "GT")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "20", "XX", "GT")).isEqualTo(1L);
      assertThat(client.run("EXPIRE", "a", "20", "LT")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "-1", "GT")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "-1", "LT")).isEqualTo(1L);
      assertThat(client.run("EXISTS", "a")).isEqualTo(0L);
      assertThat(client.run("EXPIRE", "a", "1", "NX", "XX"))
          .isEqualTo(
              new Failure("ERR NX and XX, GT or LT options at the same time are not compatible"));
      assertThat(client.run("EXPIRE", "a", "1", "GT", "LT"))
          .isEqualTo(new Failure("ERR GT and LT options at the same time are not compatible"));
      assertThat(client.run("EXPIRE", "a", "x", "foo"))
          .isEqualTo(new Failure("ERR Unsupported option foo"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void refusesTimesThatDoNotFit(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      assertThat(client.run("EXPIRE", "a", "x"))
          .isEqualTo(new Failure("ERR value is not an integer or out of range"));
      for (String name : List.of("expire", "pexpire", "expireat")) {
        assertThat(client.run(name, "a", LARGEST))
            .isEqualTo(new Failure("ERR invalid expire time in '" + name + "' command"));
      }
      assertThat(client.run("EXPIRE", "a", Long.toString(Long.MIN_VALUE)))
          .isEqualTo(new Failure("ERR invalid expire time in 'expire' command"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void nothingShowsAKeyPastItsDeadline(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(NOW);
      TestClient client = server.client();
      for (int i = 0; i < 200; i++) {
        client.run("SET", "gone" + i, "x");
        client.run("PEXPIRE", "gone" + i, "1000");
      }
      client.run("SET", "kept", "x");
      server.advanceClock(1000);
      assertThat(client.run("KEYS", "*")).isEqualTo(List.of("kept"));
      assertThat(client.run("RANDOMKEY")).isEqualTo("kept");
      assertThat(client.run("EXISTS", "gone1", "gone2", "kept")).isEqualTo(1L);
      assertThat(client.run("RENAME", "gone3", "x")).isEqualTo(new Failure("ERR no such key"));
      assertThat(client.run("COPY", "gone4", "x")).isEqualTo(0L);
      assertThat(client.run("RENAMENX", "kept", "gone5")).isEqualTo(1L);
      assertThat(client.run("TTL", "gone5")).isEqualTo(-1L);
    }
  }
}
