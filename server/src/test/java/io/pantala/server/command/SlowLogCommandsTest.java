package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class SlowLogCommandsTest {
  private static TestServer server(int shards, int slowerThan) throws IOException {
    return TestServer.start(
        TestServer.config(shards)
            .with(Settings.SLOWLOG_LOG_SLOWER_THAN, slowerThan)
            .with(Settings.SLOWLOG_MAX_LEN, 8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void keepsTheLastCallsWithTheirClients(int shards) throws IOException {
    try (TestServer server = server(shards, 0)) {
      TestClient client = server.client();
      client.run("CLIENT", "SETNAME", "me");
      client.run("SET", "a", "1");
      client.run("SET", "b", "1");
      client.run("MSET", "a", "1", "b", "2", "c", "3");
      client.run("DBSIZE");
      List<List<Object>> entries = entries(client.run("SLOWLOG", "GET"));
      assertThat(commands(entries))
          .containsExactly("DBSIZE", "MSET a 1 b 2 c 3", "SET b 1", "SET a 1", "CLIENT SETNAME me");
      assertThat(entries).extracting(entry -> entry.get(0)).containsExactly(4L, 3L, 2L, 1L, 0L);
      assertThat(entries).allSatisfy(entry -> assertThat((Long) entry.get(2)).isNotNegative());
      assertThat(entries).extracting(entry -> entry.get(5)).containsOnly("me");
      assertThat(entries)
          .allSatisfy(entry -> assertThat((String) entry.get(4)).matches("127\\.0\\.0\\.1:\\d+"));
      assertThat(commands(entries(client.run("SLOWLOG", "GET", "2"))))
          .containsExactly("SLOWLOG GET", "DBSIZE");
      for (int i = 0; i < 20; i++) {
        client.run("PING");
      }
      assertThat(client.run("SLOWLOG", "LEN")).isEqualTo(8L);
      assertThat(client.run("SLOWLOG", "RESET")).isEqualTo(new Status("OK"));
      assertThat(commands(entries(client.run("SLOWLOG", "GET", "-1"))))
          .containsExactly("SLOWLOG RESET");
    }
  }

  @Test
  void keepsEachCallOfAPipeline() throws IOException {
    try (TestServer server = server(1, 0)) {
      TestClient client = server.client();
      ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
      for (int i = 0; i < 5; i++) {
        pipeline.writeBytes(TestClient.encode("GET", "key" + i));
      }
      client.write(pipeline.toByteArray());
      for (int i = 0; i < 5; i++) {
        client.read();
      }
      assertThat(commands(entries(client.run("SLOWLOG", "GET"))))
          .containsExactly("GET key4", "GET key3", "GET key2", "GET key1", "GET key0");
    }
  }

  @Test
  void shortensArgumentsAndHidesSecrets() throws IOException {
    try (TestServer server = server(1, 0)) {
      TestClient client = server.client();
      List<String> many = new ArrayList<>(List.of("DEL"));
      for (int i = 0; i < 40; i++) {
        many.add("k" + i);
      }
      client.run(many.toArray(String[]::new));
      client.run("SET", "long", "x".repeat(200));
      client.run("AUTH", "me", "secret");
      client.run("HELLO", "3", "AUTH", "default", "secret", "SETNAME", "n");
      List<String> commands = commands(entries(client.run("SLOWLOG", "GET")));
      assertThat(commands)
          .containsExactly(
              "HELLO 3 AUTH (redacted) (redacted) SETNAME n",
              "AUTH (redacted) (redacted)",
              "SET long " + "x".repeat(128) + "... (72 more bytes)",
              String.join(" ", many.subList(0, 31)) + " ... (10 more arguments)");
    }
  }

  @Test
  void seesOnlyWhatIsSlow() throws IOException {
    try (TestServer server = server(2, 40_000)) {
      TestClient client = server.client();
      client.run("DEBUG", "SLEEP", "0.05");
      List<List<Object>> entries = entries(client.run("SLOWLOG", "GET"));
      assertThat(commands(entries)).contains("DEBUG SLEEP 0.05");
      assertThat((Long) entries.getFirst().get(2)).isGreaterThanOrEqualTo(40_000);
    }
    try (TestServer server = server(1, -1)) {
      TestClient client = server.client();
      client.run("DEBUG", "SLEEP", "0.01");
      assertThat(client.run("SLOWLOG", "LEN")).isEqualTo(0L);
    }
  }

  @SuppressWarnings("unchecked") // the form of SLOWLOG GET
  private static List<List<Object>> entries(Object reply) {
    return (List<List<Object>>) reply;
  }

  private static List<String> commands(List<List<Object>> entries) {
    List<String> commands = new ArrayList<>();
    for (List<Object> entry : entries) {
      commands.add(
          String.join(" ", ((List<?>) entry.get(3)).stream().map(Object::toString).toList()));
    }
    return commands;
  }
}
