package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients see of each other and of their replies, against a live redis-server: the fields of
/// CLIENT LIST (names, order, the sort of each value, and the values that do not depend on the
/// server), the lines of MONITOR, and which requests CLIENT REPLY leaves unanswered.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
final class ClientOracleTest {
  /// Of Redis 7.2.
  private static final Set<String> LATER = Set.of("lib-name", "lib-ver");

  private static final Set<String> EQUAL =
      Set.of(
          "id",
          "name",
          "age",
          "idle",
          "flags",
          "db",
          "sub",
          "psub",
          "ssub",
          "multi",
          "multi-mem",
          "cmd",
          "user",
          "redir",
          "resp",
          "events",
          "oll",
          "obl");

  @Test
  void hasTheFieldsOfRedis() throws IOException {
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client theirs = redis.connect();
        LiveRedis.Client theirOther = redis.connect();
        TestServer server = TestServer.start(3)) {
      TestClient ours = server.client();
      TestClient ourOther = server.client();
      String[][] both = {
        {"SELECT", "3"}, {"GET", "a"}, {"CLIENT", "NO-EVICT", "ON"}, {"CLIENT", "SETNAME", "joe"}
      };
      for (String[] request : both) {
        ours.run(request);
        theirs.call(request);
      }
      ourOther.run("OBJECT", "HELP");
      theirOther.call("OBJECT", "HELP");
      List<Map<String, String>> our = ClientCommandsTest.list(ours, "CLIENT", "LIST");
      String text = (String) theirs.call("CLIENT", "LIST");
      List<Map<String, String>> their = text.lines().map(ClientCommandsTest::fields).toList();
      assertThat(our).hasSameSizeAs(their);
      long firstId = Long.parseLong(their.getFirst().get("id")) - 1;
      for (int i = 0; i < our.size(); i++) {
        their.get(i).compute("id", (name, id) -> "" + (Long.parseLong("" + id) - firstId));
        compare(our.get(i), their.get(i));
      }
    }
  }

  @Test
  void showsMonitorsTheLinesOfRedis() throws IOException {
    List<List<String>> requests =
        List.of(
            List.of("set", "a", "1"),
            List.of("SET", "\0\1\7\b\t\n\r\33 \"'\\~\177\200\377", ""),
            List.of("FOO", "x"),
            List.of("GET"),
            List.of("GET", "a"),
            List.of("INCR", "\0\1\7\b\t\n\r\33 \"'\\~\177\200\377"),
            List.of("SELECT", "3"),
            List.of("AUTH", "x", "y"),
            List.of("AUTH", "default", "y"),
            List.of("HELLO", "3", "SETNAME", "auth", "AUTH", "default", "x"),
            List.of("HELLO", "2"),
            List.of("CLIENT", "LIST"),
            List.of("CLIENT", "GETNAME"),
            List.of("MSET", "a", "1", "b", "2", "c", "3", "d", "4"),
            List.of("MGET", "a", "b", "c", "d"),
            List.of("DEBUG", "SLEEP", "0"),
            List.of("COMMAND", "COUNT"),
            List.of("RESET"),
            List.of("QUIT"));
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client theirs = redis.connect();
        LiveRedis.Client theirMonitor = redis.connect();
        TestServer server = TestServer.start(3)) {
      TestClient ours = server.client();
      TestClient ourMonitor = server.client();
      theirMonitor.call("MONITOR");
      ourMonitor.run("MONITOR");
      for (List<String> request : requests) {
        ours.run(request.toArray(String[]::new));
        theirs.call(request.toArray(String[]::new));
      }
      String line;
      do {
        line = withoutPlace(new String(theirMonitor.readRaw(), StandardCharsets.ISO_8859_1));
        assertThat(withoutPlace(ourMonitor.readRaw())).isEqualTo(line);
      } while (!line.contains("QUIT"));
    }
  }

  /// A line without its time and the client's port.
  private static String withoutPlace(String line) {
    String found = line.replaceAll("^\\+\\d{10}\\.\\d{6} \\[(\\d+) [0-9.]+:\\d+]", "$1");
    assertThat(found).isNotEqualTo(line);
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CLIENT REPLY SKIP;GET a;GET b",
        "CLIENT REPLY SKIP;FOO;GET b",
        "CLIENT REPLY SKIP;GET;GET b",
        "CLIENT REPLY SKIP;CLIENT REPLY FOO;GET b",
        "CLIENT REPLY SKIP;CLIENT REPLY SKIP;GET a;GET b",
        "CLIENT REPLY SKIP;CLIENT REPLY ON;GET b",
        "CLIENT REPLY SKIP;CLIENT REPLY OFF;GET b;CLIENT REPLY ON",
        "CLIENT REPLY SKIP;RESET;GET b",
        "CLIENT REPLY SKIP;HELLO 3;GET b",
        "CLIENT REPLY OFF;GET a;FOO;MSET a 1 b 2 c 3;CLIENT REPLY ON;MGET a b c",
        "CLIENT REPLY OFF;CLIENT REPLY SKIP;GET a;CLIENT REPLY ON;GET b",
        "CLIENT REPLY OFF;GET a;RESET;GET b",
        "GET a;CLIENT REPLY SKIP;MGET a b;DBSIZE;CLIENT REPLY SKIP;DBSIZE;KEYS nothing;GET c",
      })
  void leavesTheRequestsUnansweredThatRedisDoes(String pipeline) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String request : (pipeline + ";ECHO end").split(";", -1)) {
      bytes.writeBytes(TestClient.encode(request.split(" ")));
    }
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client theirs = redis.connect();
        TestServer server = TestServer.start(3)) {
      TestClient ours = server.client();
      theirs.send(bytes.toByteArray());
      ours.write(bytes.toByteArray());
      String reply;
      do {
        reply = new String(theirs.readRaw(), StandardCharsets.ISO_8859_1);
        assertThat(ours.readRaw().replaceAll("id\r\n:\\d+", ""))
            .isEqualTo(reply.replaceAll("id\r\n:\\d+", ""));
      } while (!reply.contains("end"));
    }
  }

  private static void compare(Map<String, String> ours, Map<String, String> theirs) {
    List<String> names = new ArrayList<>(ours.keySet());
    names.removeAll(LATER);
    assertThat(names).containsExactlyElementsOf(theirs.keySet());
    assertThat(ours.keySet()).containsAll(LATER);
    for (String name : names) {
      String wanted = Objects.requireNonNull(theirs.get(name));
      if (EQUAL.contains(name)) {
        assertThat(ours.get(name)).as(name).isEqualTo(wanted);
      } else {
        String sort = wanted.matches("\\d+") ? "\\d+" : "127\\.0\\.0\\.1:\\d+";
        assertThat(ours.get(name)).as(name).matches(sort);
      }
    }
  }
}
