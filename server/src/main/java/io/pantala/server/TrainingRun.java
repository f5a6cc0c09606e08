package io.pantala.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.server.config.Flags;
import io.pantala.server.config.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;

/// What the JVM is shown when the AOT cache is made: a whole life as users see it, from the command
/// line to SHUTDOWN, with some requests of every kind between. `-XX:AOTCacheOutput` then keeps the
/// classes and profiles of this run. A class that a start needs and this run did not touch is not
/// in the cache; the first such class also costs the opening of jars.
public final class TrainingRun {
  private static final int ROUNDS = 2_000;
  private static final int TIMEOUT_MS = 30_000;

  private TrainingRun() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ServerConfig config =
        Objects.requireNonNull(
            Flags.parse("--port", "0", "--bind", "127.0.0.1", "--threads", "2").config());
    Server server = Pantala.start(config);
    Thread client = new Thread(() -> train(server.port()), "client");
    client.start();
    Pantala.serve(server);
    client.join();
    System.exit(0);
  }

  /// A failure ends the JVM: a server that nobody shuts down would wait for ever.
  private static void train(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MS);
      exchange(socket, "PING\r\nCOMMAND COUNT\r\nINFO\r\nHELLO 3\r\nHELLO 2\r\n");
      for (int i = 0; i < ROUNDS; i++) {
        exchange(socket, requests(i));
      }
      socket.getOutputStream().write("SHUTDOWN\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      System.err.println("the training run failed: " + e);
      Runtime.getRuntime().halt(1);
    }
  }

  private static String requests(int i) {
    return """
    SET key:%1$d %1$d
    GET key:%1$d
    INCR n
    SET t:%1$d v EX 100
    TTL t:%1$d
    MSET a %1$d b %1$d c x
    MGET a b c d
    EXISTS a b
    DEL key:%1$d
    SCAN 0
    """
        .formatted(i);
  }

  /// Sends inline requests and a PING with a mark behind them, and reads until the mark.
  private static void exchange(Socket socket, String requests) throws IOException {
    socket.getOutputStream().write((requests + "PING end-of-round\r\n").getBytes(US_ASCII));
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1 << 16];
    StringBuilder tail = new StringBuilder();
    while (tail.indexOf("end-of-round\r\n") < 0) {
      int n = in.read(buffer);
      if (n < 0) {
        throw new IOException("the server closed the connection");
      }
      tail.append(new String(buffer, 0, n, US_ASCII));
    }
  }
}
