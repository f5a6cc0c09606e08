package io.pantala.server.oracle;

import io.pantala.server.testing.MemcacheClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real memcached on a port of its own. Stopped by [#close].
final class LiveMemcached implements AutoCloseable {
  private static final int START_ATTEMPTS = 500;

  private final Process process;
  private final int port;

  private LiveMemcached(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Skips the test when there is none on the PATH.
  static LiveMemcached start() throws IOException {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "memcached")));
    if (!installed) {
      System.out.println("skipped: no memcached on the PATH");
    }
    Assumptions.assumeTrue(installed, "no memcached on the PATH");
    int port = freePort();
    List<String> command =
        List.of("memcached", "-p", "" + port, "-l", "127.0.0.1", "-U", "0", "-u", "nobody");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    LiveMemcached server = new LiveMemcached(process, port);
    server.awaitStart();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException {
    for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
      try (MemcacheClient client = new MemcacheClient(port)) {
        client.exchange("");
        return;
      } catch (IOException e) {
        pause();
      }
    }
    process.destroyForcibly();
    throw new IOException("memcached does not answer");
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
