package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class PopulateTest {
  private static final Status OK = new Status("OK");

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void setsAllKeys(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      assertThat(client.run("DEBUG", "POPULATE", "5000")).isEqualTo(OK);
      assertThat(client.run("GET", "key:0")).isEqualTo("value:0xxxxxxxxx");
      assertThat(client.run("GET", "key:4999")).isEqualTo("value:4999xxxxxx");
      assertThat(client.run("GET", "key:5000")).isEqualTo(RespDecoder.NIL);
      assertThat(client.runRaw("INFO", "keyspace")).contains("db0:keys=5000,expires=0,avg_ttl=0");
      client.run("SELECT", "2");
      assertThat(client.run("DEBUG", "POPULATE", "10", "pre", "3")).isEqualTo(OK);
      assertThat(client.run("GET", "pre:9")).isEqualTo("value:9");
      assertThat(client.run("DEBUG", "POPULATE", "0")).isEqualTo(OK);
      assertThat(client.runRaw("INFO", "keyspace")).contains("db2:keys=10,");
    }
  }

  @Test
  void takesRandomValuesAndDeadlines() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      assertThat(client.run("DEBUG", "POPULATE", "100", "k", "32", "RAND", "TYPE", "string"))
          .isEqualTo(OK);
      Object first = client.run("GET", "k:1");
      assertThat((String) first).matches("[0-9a-f]{32}");
      assertThat(client.run("GET", "k:2")).isNotEqualTo(first);
      assertThat(client.run("DEBUG", "POPULATE", "100", "e", "8", "EXPIRE", "10", "20"))
          .isEqualTo(OK);
      assertThat(client.runRaw("INFO", "keyspace")).contains("db0:keys=200,expires=100,");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SLOTS 1 2, SLOTS",
    "TYPE list, TYPE STRING only",
    "ELEMENTS 3, ELEMENTS",
    "EXPIRE 20 10, EXPIRE needs",
    "EXPIRE 5, syntax error",
    "TYPE, syntax error",
    "FOO, syntax error"
  })
  void refusesWhatItDoesNotDo(String options, String error) throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      Object reply = client.run(("DEBUG POPULATE 10 key 16 " + options).split(" ", -1));
      assertThat(((Failure) reply).text()).startsWith("ERR ").contains(error);
      assertThat(client.runRaw("INFO", "keyspace")).doesNotContain("db0");
    }
  }

  @Test
  @Timeout(60)
  void letsOthersWorkMeanwhile() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient populating = server.client();
      populating.send("DEBUG", "POPULATE", "200000");
      populating.send("GET", "key:199999");
      TestClient other = server.client();
      int asked = 0;
      while (other.run("GET", "key:199999").equals(RespDecoder.NIL)) {
        asked++;
      }
      assertThat(asked).isPositive();
      assertThat(populating.read()).isEqualTo(OK);
      assertThat(populating.read()).isEqualTo("value:199999xxxx");
    }
  }

  @Test
  @Timeout(60)
  void goesOnWithoutItsClient() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.send("DEBUG", "POPULATE", "50000");
      client.close();
      TestClient other = server.client();
      while (!other.runRaw("INFO", "keyspace").contains("db0:keys=50000,")) {
        assertThat(other.run("PING")).isEqualTo(new Status("PONG"));
      }
    }
  }

  @Test
  void stopsAtTheMemoryLimit() throws IOException {
    ServerConfig base = TestServer.config(2);
    ServerConfig config = base.with(Settings.MAX_MEMORY, 1 << 20);
    try (TestServer server = TestServer.start(config)) {
      TestClient client = server.client();
      Object reply = client.run("DEBUG", "POPULATE", "1000000", "key", "100");
      assertThat(((Failure) reply).text()).startsWith("OOM ");
    }
  }
}
