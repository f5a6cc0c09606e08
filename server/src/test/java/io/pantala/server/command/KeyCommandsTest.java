package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DEL, UNLINK, EXISTS, TOUCH, TYPE, OBJECT.
@ExtendWith(NativeMemoryCheck.class)
final class KeyCommandsTest {
  private static final long NOW = 1_800_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsAndDeletesKeysOverShards(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      client.run("MSET", "a", "1", "b", "2", "c", "3", "d", "4");
      assertThat(client.run("EXISTS", "a", "b", "a", "none")).isEqualTo(3L);
      assertThat(client.run("TOUCH", "a", "c", "none")).isEqualTo(2L);
      assertThat(client.run("DEL", "a", "b", "a", "none")).isEqualTo(2L);
      assertThat(client.run("UNLINK", "c", "none")).isEqualTo(1L);
      assertThat(client.run("EXISTS", "a", "b", "c", "d")).isEqualTo(1L);
      assertThat(client.run("DBSIZE")).isEqualTo(1L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void namesTypes(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      client.run("SET", "a", "x");
      assertThat(client.run("TYPE", "a")).isEqualTo(new Status("string"));
      assertThat(client.run("TYPE", "none")).isEqualTo(new Status("none"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void tellsHowValuesAreHeld(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      client.run("MSET", "int", "9999", "big", "10000", "short", "x", "long", "x".repeat(45));
      assertThat(client.run("OBJECT", "ENCODING", "int")).isEqualTo("int");
      assertThat(client.run("OBJECT", "ENCODING", "short")).isEqualTo("embstr");
      assertThat(client.run("object", "encoding", "long")).isEqualTo("raw");
      assertThat(client.run("OBJECT", "ENCODING", "none")).isEqualTo(RespDecoder.NIL);
      assertThat(client.run("OBJECT", "REFCOUNT", "int")).isEqualTo(2147483647L);
      assertThat(client.run("OBJECT", "REFCOUNT", "big")).isEqualTo(1L);
      assertThat(client.run("OBJECT", "FREQ", "none")).isEqualTo(RespDecoder.NIL);
      assertThat(((Failure) client.run("OBJECT", "FREQ", "int")).text())
          .startsWith("ERR An LFU maxmemory policy is not selected");
      assertThat((List<?>) client.run("OBJECT", "HELP")).hasSize(15);
      assertThat(client.run("OBJECT", "nosuch", "a"))
          .isEqualTo(new Failure("ERR unknown subcommand 'nosuch'. Try OBJECT HELP."));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void onlyUseResetsTheIdleTime(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(NOW);
      TestClient client = server.client();
      client.run("SET", "a", "x");
      server.advanceClock(100_000);
      for (String[] asks : new String[][] {{"EXISTS", "a"}, {"TYPE", "a"}, {"TTL", "a"}}) {
        client.run(asks);
      }
      assertThat(client.run("OBJECT", "IDLETIME", "a")).isEqualTo(100L);
      client.run("TOUCH", "a");
      assertThat(client.run("OBJECT", "IDLETIME", "a")).isEqualTo(0L);
      server.advanceClock(50_000);
      assertThat(client.run("OBJECT", "IDLETIME", "a")).isEqualTo(50L);
      client.run("GET", "a");
      assertThat(client.run("OBJECT", "IDLETIME", "a")).isEqualTo(0L);
    }
  }
}
