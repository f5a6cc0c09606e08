package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DBSIZE, FLUSHALL, FLUSHDB, SWAPDB.
@ExtendWith(NativeMemoryCheck.class)
final class DatabaseCommandsTest {
  private static final Status OK = new Status("OK");

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void flushAllEmptiesEveryDatabase(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      fill(client, 100);
      client.run("SWAPDB", "0", "7");
      fill(client, 50);
      assertThat(client.run("FLUSHALL")).isEqualTo(OK);
      assertThat(client.run("DBSIZE")).isEqualTo(0L);
      client.run("SWAPDB", "0", "7");
      assertThat(client.run("DBSIZE")).isEqualTo(0L);
      fill(client, 10);
      assertThat(client.run("DBSIZE")).isEqualTo(10L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void flushDbLeavesTheOthers(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      for (String mode : new String[] {"SYNC", "async"}) {
        fill(client, 100);
        client.run("SWAPDB", "0", "7");
        fill(client, 50);
        assertThat(client.run("FLUSHDB", mode)).isEqualTo(OK);
        assertThat(client.run("DBSIZE")).isEqualTo(0L);
        assertThat(client.run("GET", "key1")).isEqualTo(RespDecoder.NIL);
        client.run("SWAPDB", "0", "7");
        assertThat(client.run("DBSIZE")).isEqualTo(100L);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void refusesWrongArguments(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      fill(client, 3);
      Failure syntax = new Failure("ERR syntax error");
      assertThat(client.run("FLUSHALL", "foo")).isEqualTo(syntax);
      assertThat(client.run("FLUSHDB", "SYNC", "ASYNC")).isEqualTo(syntax);
      assertThat(client.run("DBSIZE")).isEqualTo(3L);
      assertThat(client.run("SWAPDB", "x", "y"))
          .isEqualTo(new Failure("ERR invalid first DB index"));
      assertThat(client.run("SWAPDB", "0", "y"))
          .isEqualTo(new Failure("ERR invalid second DB index"));
      assertThat(client.run("SWAPDB", "0", "16"))
          .isEqualTo(new Failure("ERR DB index is out of range"));
    }
  }

  private static void fill(TestClient client, int keys) throws IOException {
    for (int i = 0; i < keys; i++) {
      client.run("SET", "key" + i, "v".repeat(i));
    }
  }
}
