package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.Examples;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// CLIENT's subcommands that ask about connections, close them, and silence them.
@Timeout(60)
@ExtendWith(NativeMemoryCheck.class)
final class ClientCommandsTest {
  private static final Status OK = new Status("OK");

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void describesAClient(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(Examples.START_MS);
      TestClient client = server.client();
      client.run("CLIENT", "SETNAME", "joe");
      client.run("CLIENT", "SETINFO", "LIB-NAME", "jedis");
      client.run("CLIENT", "SETINFO", "LIB-VER", "7.0");
      client.run("SELECT", "3");
      server.advanceClock(5_500);
      client.run("GET", "a");
      server.advanceClock(2_000);
      Map<String, String> fields = fields((String) client.run("CLIENT", "INFO"));
      assertThat(fields)
          .containsEntry("id", "" + client.run("CLIENT", "ID"))
          .containsEntry("addr", "127.0.0.1:" + client.localPort())
          .containsEntry("laddr", "127.0.0.1:" + server.server().port())
          .containsEntry("name", "joe")
          .containsEntry("age", "7")
          .containsEntry("idle", "0")
          .containsEntry("flags", "N")
          .containsEntry("db", "3")
          .containsEntry("cmd", "client|info")
          .containsEntry("user", "default")
          .containsEntry("resp", "2")
          .containsEntry("lib-name", "jedis")
          .containsEntry("lib-ver", "7.0");
      assertThat(Integer.parseInt(fields.get("fd"))).isGreaterThan(2);
      client.run("HELLO", "3");
      assertThat(client.runRaw("CLIENT", "INFO")).startsWith("=").contains("\r\ntxt:id=");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void listsClientsOfAllThreads(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(Examples.START_MS);
      List<TestClient> clients = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        TestClient client = server.client();
        client.run("CLIENT", "SETNAME", "client-" + i);
        clients.add(client);
      }
      clients.get(1).run("FOO");
      clients.get(2).run("MGET", "a", "b", "c");
      server.advanceClock(3_000);
      List<Map<String, String>> all = list(clients.getFirst(), "CLIENT", "LIST");
      assertThat(all)
          .extracting(line -> line.get("name"))
          .containsExactly(
              "client-0", "client-1", "client-2", "client-3", "client-4", "client-5", "client-6");
      assertThat(all)
          .extracting(line -> line.get("cmd"))
          .startsWith("client|list", "NULL", "mget", "client|setname");
      assertThat(all).extracting(line -> line.get("idle")).startsWith("0", "3", "3");
      assertThat(list(clients.get(3), "CLIENT", "LIST", "TYPE", "normal")).hasSize(7);
      assertThat(list(clients.get(3), "CLIENT", "LIST", "TYPE", "pubsub")).isEmpty();
      assertThat(list(clients.get(3), "CLIENT", "LIST", "ID", "5", "2", "99", "5"))
          .extracting(line -> line.get("id"))
          .containsExactly("5", "2", "5");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void killsWhatAllOptionsFit(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(Examples.START_MS);
      TestClient old = server.client();
      String oldId = "" + old.run("CLIENT", "ID");
      server.advanceClock(10_000);
      TestClient killer = server.client();
      TestClient other = server.client();
      killer.run("PING");
      other.run("PING");
      assertThat(killer.run("CLIENT", "KILL", "ID", oldId, "TYPE", "master")).isEqualTo(0L);
      assertThat(killer.run("CLIENT", "KILL", "MAXAGE", "0")).isInstanceOf(Failure.class);
      assertThat(killer.run("CLIENT", "KILL", "MAXAGE", "11")).isEqualTo(0L);
      assertThat(killer.run("CLIENT", "KILL", "MAXAGE", "10")).isEqualTo(1L);
      assertThat(old.isClosed()).isTrue();
      assertThat(killer.run("CLIENT", "KILL", "127.0.0.1:" + other.localPort())).isEqualTo(OK);
      assertThat(other.isClosed()).isTrue();
      TestClient byName = server.client();
      byName.run("PING");
      assertThat(
              killer.run(
                  "CLIENT",
                  "KILL",
                  "USER",
                  "default",
                  "LADDR",
                  "127.0.0.1:" + server.server().port()))
          .isEqualTo(1L);
      assertThat(byName.isClosed()).isTrue();
      assertThat(list(killer, "CLIENT", "LIST")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void killsItselfAfterTheReply(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      for (int i = 0; i < 3; i++) {
        TestClient client = server.client();
        client.write(pipeline("CLIENT KILL TYPE normal SKIPME no", "SET after 1"));
        assertThat(client.read()).isEqualTo(1L);
        assertThat(client.isClosed()).isTrue();
      }
      TestClient client = server.client();
      client.write(
          pipeline("SET a 1", "CLIENT KILL 127.0.0.1:" + client.localPort(), "SET after 1"));
      assertThat(client.read()).isEqualTo(OK);
      assertThat(client.read()).isEqualTo(OK);
      assertThat(client.isClosed()).isTrue();
      assertThat(server.client().run("EXISTS", "a", "after")).isEqualTo(1L);
    }
  }

  private static byte[] pipeline(String... requests) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String request : requests) {
      bytes.writeBytes(TestClient.encode(request.split(" ")));
    }
    return bytes.toByteArray();
  }

  /// Clients are killed in the middle of pipelines, transactions and large replies.
  @Test
  void killsBusyClients() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient killer = server.client();
      killer.run("SET", "large", "x".repeat(1 << 20));
      for (int round = 0; round < 20; round++) {
        List<TestClient> busy = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          TestClient client = server.client();
          for (int j = 0; j < 50; j++) {
            client.send("MSET", "a" + j, "1", "b" + j, "2", "c" + j, "3");
            client.send("GET", "b" + j);
          }
          client.send("GET", "large");
          busy.add(client);
        }
        killer.run("CLIENT", "KILL", "TYPE", "normal");
        for (TestClient client : busy) {
          client.close();
        }
      }
      assertThat(killer.run("GET", "b1")).isIn("2", RespDecoder.NIL);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void dropsTheRepliesThatAClientDoesNotWant(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      String[][] requests = {
        {"CLIENT", "REPLY", "SKIP"},
        {"SET", "a", "1"},
        {"GET", "a"},
        {"CLIENT", "REPLY", "OFF"},
        {"SET", "b", "2"},
        {"MSET", "a", "1", "b", "2", "c", "3", "d", "4"},
        {"GET", "c"},
        {"GET", "a"},
        {"DBSIZE"},
        {"FOO"},
        {"GET"},
        {"CLIENT", "LIST"},
        {"CLIENT", "REPLY", "SKIP"},
        {"PING"},
        {"CLIENT", "REPLY", "ON"},
        {"GET", "b"},
        {"CLIENT", "REPLY", "SKIP"},
        {"MGET", "a", "b", "c", "d"},
        {"GET", "d"},
        {"CLIENT", "REPLY", "SKIP"},
        {"CLIENT", "REPLY", "SKIP"},
        {"GET", "a"},
        {"GET", "c"},
        {"CLIENT", "REPLY", "OFF"},
        {"PING"},
        {"RESET"},
        {"GET", "a"},
      };
      for (String[] request : requests) {
        client.send(request);
      }
      List<Object> replies = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        replies.add(client.read());
      }
      assertThat(replies).containsExactly("1", OK, "2", "4", "3", new Status("RESET"), "1");
      client.send("CLIENT", "REPLY", "OFF");
      client.send("QUIT");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void leavesTheAccessTime(int shards) throws IOException {
    try (Examples examples = new Examples(shards)) {
      examples
          .ok("MSET a 1 b 2 c 3")
          .ok("CLIENT NO-TOUCH ON")
          .advanceClock(20_000)
          .says("GET a", "$1|1|")
          .says("MGET a b c", "*3|$1|1|$1|2|$1|3|")
          .says("OBJECT IDLETIME a", ":20|")
          .says("OBJECT IDLETIME b", ":20|")
          .says("TOUCH a", ":1|")
          .says("OBJECT IDLETIME a", ":0|")
          .ok("SELECT 1")
          .ok("SELECT 0")
          .says("GET b", "$1|2|")
          .says("OBJECT IDLETIME b", ":20|")
          .fails("CLIENT NO-TOUCH x", "syntax error")
          .ok("CLIENT NO-TOUCH OFF")
          .says("GET b", "$1|2|")
          .says("OBJECT IDLETIME b", ":0|")
          .ok("CLIENT NO-TOUCH ON")
          .says("RESET", "+RESET|")
          .says("GET c", "$1|3|")
          .says("OBJECT IDLETIME c", ":0|");
    }
  }

  @Test
  void showsWhatAClientHasChosen() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      client.run("CLIENT", "NO-EVICT", "ON");
      client.run("CLIENT", "NO-TOUCH", "ON");
      assertThat(fields((String) client.run("CLIENT", "INFO"))).containsEntry("flags", "eT");
      client.run("RESET");
      assertThat(fields((String) client.run("CLIENT", "INFO"))).containsEntry("flags", "e");
      assertThat(client.run("CLIENT", "TRACKING", "ON"))
          .isEqualTo(
              new Failure(
                  "ERR CLIENT TRACKING ON is not supported: there is no client-side caching"));
    }
  }

  static List<Map<String, String>> list(TestClient client, String... command) throws IOException {
    String text = (String) client.run(command);
    return text.lines().map(ClientCommandsTest::fields).toList();
  }

  static Map<String, String> fields(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : line.strip().split(" ", -1)) {
      int equals = field.indexOf('=');
      fields.put(field.substring(0, equals), field.substring(equals + 1));
    }
    return fields;
  }
}
