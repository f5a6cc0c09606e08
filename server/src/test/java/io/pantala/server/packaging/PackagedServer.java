package io.pantala.server.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that a script of the archive started, on a free port. Owner: a test.
final class PackagedServer implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready on port (\\d+)");
  private static final int TIMEOUT_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;
  private final List<String> lines = new ArrayList<>();
  private final int port;

  private PackagedServer(Process process) throws IOException {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.port = readPort();
  }

  static PackagedServer start(Path script) throws IOException {
    Process process =
        new ProcessBuilder(script.toString(), "--port", "0", "--proactor_threads", "1")
            .redirectErrorStream(true)
            .start();
    return new PackagedServer(process);
  }

  private int readPort() throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
    }
    process.destroyForcibly();
    throw new AssertionError("not ready: " + lines);
  }

  int port() {
    return port;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /// What it has said so far.
  List<String> lines() {
    return lines;
  }

  /// Sends an inline request and returns the first line of the reply; empty when there is none.
  String ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
      socket.getOutputStream().write((request + "\r\n").getBytes(UTF_8));
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
      return line == null ? "" : line;
    }
  }

  /// Waits for its end.
  ///
  /// @return its exit code
  int exitCode() throws IOException, InterruptedException {
    output.lines().forEach(lines::add);
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
    return process.exitValue();
  }

  /// Sends SIGTERM, by the handle: `Process.destroy` would also close what is still to be read.
  void terminate() {
    process.toHandle().destroy();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
