package io.pantala.core.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A real redis-server behind a Unix socket, to compare the bytes of encodings with: its values by
/// DUMP, ours by RESTORE. Values are not compressed. In strings a character is a byte.
public final class RedisServer implements AutoCloseable {
  private static final int START_ATTEMPTS = 500;

  private final Process process;
  private final Path directory;
  private final SocketChannel socket;
  private final InputStream in;

  private RedisServer(Process process, Path directory, SocketChannel socket) {
    this.process = process;
    this.directory = directory;
    this.socket = socket;
    this.in = new BufferedInputStream(Channels.newInputStream(socket));
  }

  /// Starts one with further arguments; skips the test when there is none on the PATH.
  public static RedisServer start(String... arguments) throws IOException {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    if (!installed) {
      System.out.println("skipped: no redis-server on the PATH");
    }
    Assumptions.assumeTrue(installed, "no redis-server on the PATH");
    Path directory = Files.createTempDirectory("pantala-redis");
    Path path = directory.resolve("socket");
    List<String> command = new ArrayList<>(List.of("redis-server", "--port", "0", "--save", ""));
    command.addAll(List.of("--unixsocket", path.toString(), "--dir", directory.toString()));
    command.addAll(List.of("--rdbcompression", "no"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    return new RedisServer(process, directory, connect(process, path));
  }

  private static SocketChannel connect(Process process, Path path) throws IOException {
    for (int i = 0; i < START_ATTEMPTS && process.isAlive(); i++) {
      SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        socket.connect(UnixDomainSocketAddress.of(path));
        return socket;
      } catch (IOException e) {
        socket.close();
        pause();
      }
    }
    process.destroyForcibly();
    throw new IOException("redis-server does not answer");
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// The reply: a String, a Long, null or a List of these; an error is an AssertionError.
  public Object call(String... arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("*" + arguments.length + "\r\n").getBytes(ISO_8859_1));
    for (String argument : arguments) {
      out.writeBytes(("$" + argument.length() + "\r\n" + argument + "\r\n").getBytes(ISO_8859_1));
    }
    ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
    return reply();
  }

  private Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> rest.equals("-1") ? "(nil)" : bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest));
      default -> throw new AssertionError(line);
    };
  }

  private List<Object> array(int count) throws IOException {
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(reply());
    }
    return elements;
  }

  private String bulk(int length) throws IOException {
    String text = new String(in.readNBytes(length), ISO_8859_1);
    in.skipNBytes(2);
    return text;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  /// The value of a key as DUMP gives it, without version and checksum.
  public RdbReader dump(String key) throws IOException {
    return new RdbReader(((String) call("DUMP", key)).getBytes(ISO_8859_1));
  }

  /// Stores a value: type and content, to which version and checksum are added.
  public void restore(String key, byte[] value) throws IOException {
    byte[] whole = RdbReader.withFooter(value);
    call("RESTORE", key, "0", new String(whole, ISO_8859_1), "REPLACE");
  }

  @Override
  public void close() throws IOException {
    socket.close();
    process.destroyForcibly();
    process.onExit().join();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
