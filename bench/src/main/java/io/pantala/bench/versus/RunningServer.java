package io.pantala.bench.versus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server that this program has started on a free port and in a fresh directory, ready to answer.
final class RunningServer implements AutoCloseable {
  private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long POLL_NANOS = 500_000;

  private final Children children;
  private final Process process;
  private final Path directory;
  private final Path log;
  private final boolean memcached;
  private final int port;
  private double startupSeconds;

  /// How to start a server.
  ///
  /// @param command with `{port}` and `{dir}` in it, split at blanks
  /// @param memcached whether memcached's protocol is spoken at the port, not Redis's
  record Spec(String name, String command, boolean memcached) {}

  private RunningServer(Children children, Spec spec, int cpu) throws IOException {
    this.children = children;
    this.memcached = spec.memcached;
    directory = Files.createTempDirectory("versus-");
    log = directory.resolve("server.log");
    port = freePort();
    String command =
        spec.command.replace("{port}", "" + port).replace("{dir}", directory.toString());
    process = children.start(words(command), cpu, directory, log);
  }

  /// Starts a server and waits until it answers.
  ///
  /// @param cpu where it runs; negative for anywhere
  static RunningServer start(Children children, Spec spec, int cpu)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    RunningServer server = new RunningServer(children, spec, cpu);
    try {
      server.awaitPong(start, spec.name);
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /// Splits at blanks; two double quotes are an empty word.
  private static List<String> words(String command) {
    return Arrays.stream(command.strip().split(" +", -1))
        .map(w -> w.equals("\"\"") ? "" : w)
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitPong(long start, String name) throws IOException, InterruptedException {
    while (System.nanoTime() - start < READY_NANOS) {
      if (!process.isAlive()) {
        throw new IOException(name + " ended at its start: " + Children.tail(log));
      }
      if (answers()) {
        startupSeconds = (System.nanoTime() - start) / 1e9;
        return;
      }
      TimeUnit.NANOSECONDS.sleep(POLL_NANOS);
    }
    throw new IOException(name + " is not ready in time: " + Children.tail(log));
  }

  private boolean answers() {
    if (memcached) {
      return speaksMemcached();
    }
    try (RespClient client = new RespClient(port)) {
      return client.ask("PING").equals("PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean speaksMemcached() {
    try {
      return !MemcacheProbe.version(port).isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Whether memcached's protocol is spoken at the port, not Redis's.
  boolean isMemcached() {
    return memcached;
  }

  int port() {
    return port;
  }

  /// Its own directory: also for what generators write.
  Path directory() {
    return directory;
  }

  /// From exec to the first PONG.
  double startupSeconds() {
    return startupSeconds;
  }

  double cpuSeconds() throws IOException {
    return Proc.cpuSeconds(process.toHandle());
  }

  long residentBytes() throws IOException {
    return Proc.residentBytes(process.toHandle());
  }

  RespClient client() throws IOException {
    return new RespClient(port);
  }

  /// Version of the server as it tells it itself.
  String version() throws IOException {
    if (memcached) {
      return MemcacheProbe.version(port);
    }
    try (RespClient client = client()) {
      Map<String, String> info = client.info();
      String version = info.getOrDefault("redis_version", "version unknown");
      return info.getOrDefault("pantala_version", version);
    }
  }

  @Override
  public void close() throws IOException {
    children.end(process);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
