package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(NativeMemoryCheck.class)
final class MonitorTest {
  private static final Status OK = new Status("OK");
  private static final Pattern LINE =
      Pattern.compile("\\+\\d{10}\\.\\d{6} \\[(\\d+ [0-9.]+:\\d+)\\] (.*)\r\n");
  private static final long OUTPUT_LIMIT = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void showsTheRequestsOfAllClients(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      List<TestClient> monitors = new ArrayList<>();
      for (int i = 0; i < shards + 1; i++) {
        TestClient monitor = server.client();
        assertThat(monitor.run("MONITOR")).isEqualTo(OK);
        monitors.add(monitor);
      }
      for (int i = 0; i < 4; i++) {
        TestClient client = server.client();
        String from = "127.0.0.1:" + client.localPort();
        client.run("SET", "key" + i, "\"\\\n\r\t\7\b\0\1 ~\177\377");
        client.run("select", "2");
        client.run("mget", "a", "b", "c", "d");
        client.run("HELLO", "2", "AUTH", "default", "secret", "SETNAME", "joe");
        client.run("AUTH", "default", "secret");
        for (TestClient monitor : monitors) {
          assertThat(next(monitor))
              .isEqualTo(
                  "0 "
                      + from
                      + " \"SET\" \"key"
                      + i
                      + "\" \"\\\"\\\\\\n\\r\\t\\a\\b\\x00\\x01 ~\\x7f\\xff\"");
          assertThat(next(monitor)).isEqualTo("2 " + from + " \"select\" \"2\"");
          assertThat(next(monitor)).isEqualTo("2 " + from + " \"mget\" \"a\" \"b\" \"c\" \"d\"");
          assertThat(next(monitor))
              .isEqualTo(
                  "2 "
                      + from
                      + " \"HELLO\" \"2\" \"AUTH\" \"(redacted)\" \"(redacted)\" \"SETNAME\""
                      + " \"joe\"");
          assertThat(next(monitor))
              .isEqualTo("2 " + from + " \"AUTH\" \"(redacted)\" \"(redacted)\"");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void showsNeitherErrorsNorWhatAdministratorsDo(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient monitor = server.client();
      monitor.run("MONITOR");
      TestClient client = server.client();
      client.run("FOO");
      client.run("GET");
      client.run("CLIENT", "LIST");
      client.run("DEBUG", "SLEEP", "0");
      client.run("CLIENT", "INFO");
      assertThat(next(monitor)).endsWith(" \"CLIENT\" \"INFO\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void keepsThePipelinesOrder(int shards) throws IOException {
    int requests = 2_000;
    try (TestServer server = TestServer.start(shards)) {
      TestClient monitor = server.client();
      monitor.run("MONITOR");
      TestClient client = server.client();
      for (int i = 0; i < requests; i++) {
        client.send("SET", "key" + i, "x");
      }
      for (int i = 0; i < requests; i++) {
        assertThat(next(monitor)).endsWith("\"SET\" \"key" + i + "\" \"x\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void endsWithReset(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient monitor = server.client();
      TestClient client = server.client();
      monitor.run("MONITOR");
      monitor.send("MONITOR");
      assertThat(monitor.run("PING")).isEqualTo(new Status("PONG"));
      assertThat(next(monitor)).endsWith("\"PING\"");
      assertThat(monitor.run("GET", "a"))
          .isEqualTo(new Failure("ERR Replica can't interact with the keyspace"));
      assertThat(monitor.run("RESET")).isEqualTo(new Status("RESET"));
      client.run("SET", "a", "1");
      assertThat(monitor.run("GET", "a")).isEqualTo("1");
    }
  }

  /// Who watches and does not read is closed; nobody else notices.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void closesASlowMonitor(int shards) throws IOException {
    ServerConfig config = TestServer.config(shards).with(Settings.OUTPUT_LIMIT, OUTPUT_LIMIT);
    try (TestServer server = TestServer.start(config)) {
      TestClient slow = server.client();
      slow.run("MONITOR");
      TestClient client = server.client();
      String value = "x".repeat(50_000);
      while (ClientCommandsTest.list(client, "CLIENT", "LIST").size() > 1) {
        for (int i = 0; i < 20; i++) {
          assertThat(client.run("SET", "key" + i, value)).isEqualTo(OK);
        }
      }
      assertThat(client.run("GET", "key1")).isEqualTo(value);
    }
  }

  @Test
  void comesAndGoes() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      for (int i = 0; i < 200; i++) {
        TestClient monitor = server.client();
        monitor.send("MONITOR");
        client.run("SET", "a", "" + i);
        monitor.close();
      }
      while (ClientCommandsTest.list(client, "CLIENT", "LIST").size() > 1) {
        Thread.onSpinWait();
      }
      assertThat(client.run("GET", "a")).isEqualTo("199");
    }
  }

  /// The next line without its time.
  private static String next(TestClient monitor) throws IOException {
    String line = monitor.readRaw();
    Matcher matcher = LINE.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher.group(1) + " " + matcher.group(2);
  }
}
