package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class ConnectionCommandsTest {
  @Test
  void greetsAsRedis() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      Object id = client.run("CLIENT", "ID");
      assertThat(client.run("HELLO", "3"))
          .isEqualTo(
              Map.of(
                  "server",
                  "redis",
                  "version",
                  "7.0.15",
                  "proto",
                  3L,
                  "id",
                  id,
                  "mode",
                  "standalone",
                  "role",
                  "master",
                  "modules",
                  List.of()));
      assertThat((List<?>) client.run("HELLO", "2")).hasSize(14);
      assertThat(client.run("CLIENT", "GETNAME")).isEqualTo(RespDecoder.NIL);
    }
  }

  @Test
  void resetsAConnection() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      client.run("HELLO", "3", "SETNAME", "joe");
      client.run("SELECT", "3");
      client.run("SET", "key", "in 3");
      assertThat(client.run("RESET")).isEqualTo(new Status("RESET"));
      assertThat(client.runRaw("GET", "key")).isEqualTo("$-1\r\n");
      assertThat(client.run("CLIENT", "GETNAME")).isEqualTo(RespDecoder.NIL);
    }
  }

  @Test
  void givesEachConnectionItsOwnIdAndDatabase() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient a = server.client();
      TestClient b = server.client();
      a.run("SELECT", "1");
      a.run("SET", "key", "a");
      assertThat(b.run("GET", "key")).isEqualTo(RespDecoder.NIL);
      assertThat(a.run("CLIENT", "ID")).isNotEqualTo(b.run("CLIENT", "ID"));
    }
  }

  @Test
  void takesLibraryNames() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      assertThat(client.run("CLIENT", "SETINFO", "lib-name", "jedis")).isEqualTo(new Status("OK"));
      assertThat(client.run("CLIENT", "SETINFO", "LIB-VER", "1.0")).isEqualTo(new Status("OK"));
      assertThat(client.run("CLIENT", "SETINFO", "lib-name", "a b"))
          .isEqualTo(
              new Failure("ERR lib-name cannot contain spaces, newlines or special characters."));
      assertThat(client.run("CLIENT", "SETINFO", "foo", "x"))
          .isEqualTo(new Failure("ERR Unrecognized option 'foo'"));
    }
  }

  @Test
  void tellsTheTimeAndHelps() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      List<?> time = (List<?>) client.run("TIME");
      long seconds = Long.parseLong((String) time.getFirst());
      assertThat(Instant.now().getEpochSecond() - seconds).isBetween(0L, 60L);
      for (String container : List.of("CLIENT", "COMMAND", "MEMORY", "DEBUG")) {
        List<?> help = (List<?>) client.run(container, "HELP");
        assertThat(help.getFirst())
            .isEqualTo(
                new Status(
                    container + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"));
        assertThat(help.getLast()).isEqualTo(new Status("    Prints this help."));
      }
    }
  }

  @Test
  void endsWithTheRepliesOfAPipelineSent() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      client.send("SET", "a", "1");
      client.send("GET", "a");
      client.send("QUIT");
      client.send("GET", "a");
      assertThat(client.read()).isEqualTo(new Status("OK"));
      assertThat(client.read()).isEqualTo("1");
      assertThat(client.read()).isEqualTo(new Status("OK"));
      assertThat(client.isClosed()).isTrue();
    }
  }
}
