package io.pantala.resp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real redis-server on a port of its own, the oracle of the tests that are tagged so. Stopped by
/// [#close].
public final class LiveRedis implements AutoCloseable {
  private static final int START_ATTEMPTS = 500;

  private final Process process;
  private final Path directory;
  private final int port;

  private LiveRedis(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /// Starts one with further arguments; skips the test when there is none on the PATH.
  public static LiveRedis start(String... arguments) throws IOException {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    if (!installed) {
      System.out.println("skipped: no redis-server on the PATH");
    }
    Assumptions.assumeTrue(installed, "no redis-server on the PATH");
    int port = freePort();
    Path directory = Files.createTempDirectory("pantala-oracle");
    List<String> command =
        new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port), "--save", ""));
    command.addAll(List.of("--enable-debug-command", "yes", "--dir", directory.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    LiveRedis redis = new LiveRedis(process, directory, port);
    redis.awaitStart();
    return redis;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() throws IOException {
    Path log = directory.resolve("log");
    for (int i = 0; i < START_ATTEMPTS; i++) {
      if (!process.isAlive()) {
        throw new IOException("redis-server did not start: " + Files.readString(log));
      }
      try (Client client = connect()) {
        client.call("PING");
        return;
      } catch (IOException e) {
        pause();
      }
    }
    throw new IOException("redis-server does not answer: " + Files.readString(log));
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  public int port() {
    return port;
  }

  public Client connect() throws IOException {
    return new Client(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /// One connection.
  public static final class Client implements AutoCloseable {
    /// Long enough that only an answer which never comes runs into it.
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final OutputStream out;
    private final BufferedInputStream in;
    private final RespDecoder decoder;

    Client(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout(TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      out = socket.getOutputStream();
      in = new BufferedInputStream(socket.getInputStream());
      decoder = new RespDecoder(in);
    }

    public void send(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    /// The next reply.
    public Object read() throws IOException {
      return decoder.read();
    }

    /// The next reply as it came.
    public byte[] readRaw() throws IOException {
      return decoder.readRaw();
    }

    /// Whether the server has closed the connection and nothing more came.
    public boolean isClosed() throws IOException {
      return in.read() < 0;
    }

    public Object call(String... arguments) throws IOException {
      send(request(arguments));
      return read();
    }

    public byte[] callRaw(String... arguments) throws IOException {
      send(request(arguments));
      return readRaw();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /// A request of these arguments; a character is a byte.
  public static byte[] request(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(latin1("*" + arguments.length + "\r\n"));
    for (String argument : arguments) {
      out.writeBytes(latin1("$" + argument.length() + "\r\n" + argument + "\r\n"));
    }
    return out.toByteArray();
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
