package io.pantala.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class ShutdownTest {
  private static final Pattern READY = Pattern.compile("ready on port (\\d+)");

  @ParameterizedTest
  @ValueSource(
      strings = {"SHUTDOWN", "SHUTDOWN NOSAVE", "shutdown nosave now force", "SHUTDOWN SAVE FORCE"})
  void asksForTheEnd(String command) throws Exception {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.send("PING");
      client.send(command.split(" ", -1));
      server.server().awaitStopRequest();
      assertThat(client.read()).isEqualTo(new Status("PONG"));
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void refusesToSave() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      assertThat(((Failure) client.run("SHUTDOWN", "SAVE")).text())
          .startsWith("ERR ")
          .contains("no snapshots");
      assertThat(server.server().threads().life().isStopRequested()).isFalse();
      assertThat(client.run("PING")).isEqualTo(new Status("PONG"));
    }
  }

  @Test
  @Timeout(60)
  void endsTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.pantala.server.Pantala",
                    "--port",
                    "0",
                    "--threads",
                    "2"))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      int port = port(output);
      try (TestClient idle = new TestClient(port);
          TestClient client = new TestClient(port)) {
        assertThat(idle.run("SET", "a", "b")).isEqualTo(new Status("OK"));
        client.send("SHUTDOWN", "NOSAVE");
        assertThat(client.isClosed()).isTrue();
        assertThat(idle.isClosed()).isTrue();
      }
      assertThat(output.lines()).anyMatch(line -> line.contains("bye"));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static int port(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = READY.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("the server did not start");
  }
}
