package io.pantala.server.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.server.Pantala;
import io.pantala.server.testing.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A request with more arguments than the Java heap has room for costs its own client the
/// connection, and nobody else anything. In a process of its own, whose heap is small.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ManyArgumentsTest {
  private static final int ARGUMENTS = 8_000_000;
  private static final int CHUNK_ARGUMENTS = 100_000;
  private static final int TIMEOUT_MS = 60_000;
  private static final Pattern READY = Pattern.compile("ready on port (\\d+)");

  private @Nullable Process program;

  @AfterEach
  void stop() {
    if (program != null) {
      program.destroyForcibly();
    }
  }

  @Test
  void moreThanTheHeapHolds() throws IOException {
    program = start();
    try (BufferedReader output = program.inputReader(UTF_8)) {
      int port = awaitPort(output);
      try (TestClient bystander = new TestClient(port)) {
        assertThat(bystander.runRaw("SET", "key", "value")).isEqualTo("+OK\r\n");
        sendTooMany(port);
        assertThat(bystander.runRaw("GET", "key")).isEqualTo("$5\r\nvalue\r\n");
      }
    }
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Pantala.class.getName(),
            "--port",
            "0",
            "--threads",
            "1")
        .redirectErrorStream(true)
        .start();
  }

  private static int awaitPort(BufferedReader output) throws IOException {
    String line;
    while ((line = output.readLine()) != null) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
    }
    throw new IOException("the program ended");
  }

  /// Returns when the server has closed the connection.
  private static void sendTooMany(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      byte[] chunk = "$1\r\na\r\n".repeat(CHUNK_ARGUMENTS).getBytes(US_ASCII);
      String head = "*" + (ARGUMENTS + 1) + "\r\n$3\r\nDEL\r\n";
      try {
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        for (int i = 0; i < ARGUMENTS; i += CHUNK_ARGUMENTS) {
          socket.getOutputStream().write(chunk);
        }
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      } catch (java.net.SocketException e) {
        // Closed while the request was on its way.
      }
    }
  }
}
