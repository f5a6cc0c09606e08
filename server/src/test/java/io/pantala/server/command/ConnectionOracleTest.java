package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The connection and server commands, reply for reply as redis-server's. A request is one line,
/// its arguments separated by blanks; `_` is an empty one, `~` a blank inside one.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
final class ConnectionOracleTest {
  private static final List<String> REQUESTS =
      List.of(
          "PING",
          "PING hello",
          "PING a b",
          "ECHO x",
          "ECHO",
          "ECHO _",
          "FOO",
          "FOO a b",
          "SELECT 0",
          "SELECT 15",
          "SELECT 16",
          "SELECT -1",
          "SELECT x",
          "SELECT 99999999999",
          "SELECT 9223372036854775808",
          "SELECT 0",
          "HELLO x",
          "HELLO 4",
          "HELLO 1",
          "HELLO 9223372036854775808",
          "HELLO 2 FOO",
          "HELLO 2 AUTH a",
          "HELLO 2 AUTH a b",
          "HELLO 2 SETNAME",
          "HELLO 2 SETNAME a~b",
          "HELLO 3 SETNAME bad~name AUTH default x",
          "CLIENT",
          "CLIENT FOO",
          "CLIENT foo bar",
          "CLIENT ID x",
          "CLIENT GETNAME",
          "CLIENT SETNAME joe",
          "CLIENT GETNAME",
          "CLIENT SETNAME a~b",
          "CLIENT SETNAME _",
          "CLIENT GETNAME",
          "CLIENT SETNAME",
          "CLIENT GETNAME x",
          "CLIENT HELP x",
          "CLIENT LIST FOO",
          "CLIENT LIST FOO bar",
          "CLIENT LIST TYPE",
          "CLIENT LIST TYPE foo",
          "CLIENT LIST TYPE normal x",
          "CLIENT LIST TYPE MASTER",
          "CLIENT LIST TYPE replica",
          "CLIENT LIST TYPE slave",
          "CLIENT LIST TYPE pubsub",
          "CLIENT LIST ID",
          "CLIENT LIST ID x",
          "CLIENT LIST ID 999999 x",
          "CLIENT LIST ID 0 -1 999999",
          "CLIENT LIST ID 9223372036854775808",
          "CLIENT INFO x",
          "CLIENT KILL",
          "CLIENT KILL x",
          "CLIENT KILL 1.2.3.4:5",
          "CLIENT KILL ID",
          "CLIENT KILL ID x",
          "CLIENT KILL ID 0",
          "CLIENT KILL ID -1",
          "CLIENT KILL ID 999999",
          "CLIENT KILL ID 999999 FOO",
          "CLIENT KILL ID 999999 FOO bar",
          "CLIENT KILL ID 999999 SKIPME",
          "CLIENT KILL TYPE x",
          "CLIENT KILL type PubSub",
          "CLIENT KILL USER joe",
          "CLIENT KILL USER default ADDR 1.2.3.4:5",
          "CLIENT KILL ADDR x LADDR y",
          "CLIENT KILL SKIPME maybe",
          "CLIENT KILL SKIPME yes ADDR x",
          "CLIENT KILL skipme no addr x",
          "CLIENT PAUSE",
          "CLIENT PAUSE x",
          "CLIENT PAUSE 1.5",
          "CLIENT PAUSE -1",
          "CLIENT PAUSE 0",
          "CLIENT PAUSE 0 WRITE",
          "CLIENT PAUSE 0 foo",
          "CLIENT PAUSE x foo",
          "CLIENT PAUSE 1 WRITE x",
          "CLIENT UNPAUSE",
          "CLIENT UNPAUSE x",
          "CLIENT REPLY",
          "CLIENT REPLY x",
          "CLIENT REPLY on",
          "CLIENT NO-EVICT",
          "CLIENT NO-EVICT x",
          "CLIENT NO-EVICT ON",
          "CLIENT NO-EVICT off",
          "CLIENT GETREDIR",
          "CLIENT GETREDIR x",
          "CLIENT TRACKINGINFO",
          "CLIENT TRACKING x",
          "CLIENT TRACKING OFF",
          "CLIENT TRACKING OFF x",
          "CLIENT TRACKING OFF PREFIX",
          "CLIENT TRACKING OFF REDIRECT",
          "CLIENT TRACKING OFF BCAST OPTIN PREFIX a NOLOOP",
          "CLIENT TRACKING ON REDIRECT x",
          "CLIENT CACHING x",
          "CLIENT CACHING YES",
          "CLIENT UNBLOCK",
          "CLIENT UNBLOCK x",
          "CLIENT UNBLOCK x x",
          "CLIENT UNBLOCK 999999",
          "CLIENT UNBLOCK 999999 timeout",
          "CLIENT UNBLOCK 999999 ERROR",
          "CLIENT UNBLOCK 999999 foo",
          "CLIENT UNBLOCK 999999 ERROR x",
          "MONITOR x",
          "AUTH x",
          "AUTH default x",
          "AUTH default",
          "AUTH joe x",
          "AUTH a b c",
          "AUTH",
          "COMMAND FOO",
          "COMMAND COUNT x",
          "COMMAND INFO nothing",
          "COMMAND INFO get nothing",
          "COMMAND INFO GET",
          "COMMAND INFO memory|usage",
          "COMMAND INFO memory|nothing",
          "COMMAND DOCS nothing",
          "COMMAND LIST FOO",
          "COMMAND LIST FILTERBY",
          "COMMAND LIST FILTERBY FOO x",
          "COMMAND LIST FILTERBY MODULE x",
          "COMMAND LIST FILTERBY ACLCAT nothing",
          "COMMAND LIST FILTERBY PATTERN nothing",
          "COMMAND LIST FILTERBY PATTERN GE[s-t]",
          "COMMAND LIST FILTERBY PATTERN \\get",
          "COMMAND LIST FILTERBY PATTERN ech?",
          "COMMAND LIST FILTERBY PATTERN a b",
          "COMMAND GETKEYS",
          "COMMAND GETKEYS get",
          "COMMAND GETKEYS get a",
          "COMMAND GETKEYS get a b",
          "COMMAND GETKEYS mset a b c d",
          "COMMAND GETKEYS ping x",
          "COMMAND GETKEYS nothing x",
          "COMMAND GETKEYS memory usage k",
          "COMMAND GETKEYS memory nothing k",
          "COMMAND GETKEYS client id",
          "COMMAND GETKEYSANDFLAGS get a",
          "COMMAND GETKEYSANDFLAGS mset a b c d",
          "COMMAND GETKEYSANDFLAGS memory usage k",
          "TIME x",
          "SHUTDOWN FOO",
          "SHUTDOWN ABORT",
          "SHUTDOWN ABORT NOW",
          "SHUTDOWN SAVE NOSAVE",
          "SHUTDOWN NOW ABORT",
          "MEMORY",
          "MEMORY FOO",
          "MEMORY USAGE",
          "MEMORY USAGE nokey",
          "MEMORY USAGE nokey SAMPLES",
          "MEMORY USAGE nokey SAMPLES x",
          "MEMORY USAGE nokey SAMPLES -1",
          "MEMORY USAGE nokey SAMPLES 0",
          "MEMORY USAGE nokey FOO 1",
          "DEBUG",
          "DEBUG SLEEP 0",
          "DEBUG POPULATE x",
          "DEBUG POPULATE -1",
          "INFO nothing",
          "QUIT a b");

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void answersAsRedis(int protocol) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client oracle = redis.connect();
        TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      oracle.call("HELLO", "" + protocol);
      client.run("HELLO", "" + protocol);
      REQUESTS.forEach(request -> compare(softly, request, client, oracle));
      assertThat(oracle.isClosed()).isTrue();
      assertThat(client.isClosed()).isTrue();
    }
    softly.assertAll();
  }

  @Test
  void asksForThePasswordAsRedis() throws IOException {
    List<String> requests =
        List.of(
            "PING",
            "GET",
            "GET a",
            "NOTHING",
            "CLIENT",
            "CLIENT ID",
            "HELLO",
            "HELLO 3",
            "HELLO x",
            "AUTH wrong",
            "AUTH default wrong",
            "AUTH joe secret",
            "AUTH _",
            "HELLO 3 AUTH default wrong",
            "HELLO 3 AUTH joe secret SETNAME x",
            "RESET",
            "GET a",
            "AUTH secret",
            "GET a",
            "RESET",
            "GET a",
            "AUTH default secret",
            "GET a",
            "AUTH wrong",
            "GET a",
            "RESET",
            "HELLO 2 AUTH default secret SETNAME joe FOO",
            "CLIENT GETNAME",
            "AUTH secret",
            "CLIENT GETNAME",
            "QUIT");
    SoftAssertions softly = new SoftAssertions();
    try (LiveRedis redis = LiveRedis.start("--requirepass", "secret");
        LiveRedis.Client oracle = redis.connect();
        TestServer server = TestServer.start(withPassword())) {
      TestClient client = server.client();
      requests.forEach(request -> compare(softly, request, client, oracle));
    }
    softly.assertAll();
  }

  @Test
  void limitsRequestsBeforeThePasswordAsRedis() throws IOException {
    List<String> requests =
        List.of("*11\r\n$4\r\nPING\r\n", "*2\r\n$4\r\nPING\r\n$16385\r\n", "*1\r\n$16385\r\n");
    try (LiveRedis redis = LiveRedis.start("--requirepass", "secret");
        TestServer server = TestServer.start(withPassword())) {
      for (String request : requests) {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        try (LiveRedis.Client oracle = redis.connect()) {
          TestClient client = server.client();
          oracle.send(bytes);
          client.write(bytes);
          assertThat(client.readRaw())
              .isEqualTo(new String(oracle.readRaw(), StandardCharsets.ISO_8859_1));
          assertThat(client.isClosed()).isTrue();
        }
      }
      TestClient client = server.client();
      client.run("AUTH", "secret");
      assertThat(client.run("ECHO", "x".repeat(20_000))).isEqualTo("x".repeat(20_000));
    }
  }

  private static ServerConfig withPassword() {
    ServerConfig base = TestServer.config(2);
    return base.with(Settings.REQUIREPASS, "secret");
  }

  private static void compare(
      SoftAssertions softly, String request, TestClient client, LiveRedis.Client oracle) {
    String[] arguments = arguments(request);
    try {
      String wanted = new String(oracle.callRaw(arguments), StandardCharsets.ISO_8859_1);
      softly.assertThat(client.runRaw(arguments)).as(request).isEqualTo(wanted);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(request, e);
    }
  }

  private static String[] arguments(String request) {
    String[] words = request.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("_") ? "" : words[i].replace('~', ' ');
    }
    return words;
  }
}
