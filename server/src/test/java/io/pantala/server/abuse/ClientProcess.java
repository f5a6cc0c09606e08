package io.pantala.server.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Very many clients in a process of their own, which has its own limit of descriptors and its own
/// heap. The test sends it lines: how many clients to open, or a request and the reply that each of
/// them must get; it answers each with a line.
final class ClientProcess implements AutoCloseable {
  private static final String DONE = "done";

  private final Process process;
  private final PrintWriter out;
  private final BufferedReader in;

  ClientProcess(int port) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ClientProcess.class.getName(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = new PrintWriter(process.getOutputStream(), true, ISO_8859_1);
    in = new BufferedReader(new InputStreamReader(process.getInputStream(), ISO_8859_1));
  }

  void open(int clients) throws IOException {
    order("open\t" + clients);
  }

  /// Each client sends the line, then each reads the line of its reply.
  void exchange(String request, String reply) throws IOException {
    order(request + "\t" + reply);
  }

  private void order(String line) throws IOException {
    out.println(line);
    String answer = in.readLine();
    if (!DONE.equals(answer)) {
      throw new AssertionError(line + ": " + answer);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// The process itself: `ClientProcess PORT`.
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    List<SocketChannel> clients = new ArrayList<>();
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, ISO_8859_1));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] words = line.split("\t", 2);
      if (words[0].equals("open")) {
        for (int n = Integer.parseInt(words[1]); n > 0; n--) {
          clients.add(SocketChannel.open(server));
        }
        System.out.println(DONE);
      } else {
        System.out.println(exchange(clients, words[0] + "\r\n", words[1] + "\r\n"));
      }
    }
  }

  private static String exchange(List<SocketChannel> clients, String request, String reply)
      throws IOException {
    for (SocketChannel client : clients) {
      client.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
    }
    ByteBuffer buffer = ByteBuffer.allocate(reply.length());
    for (SocketChannel client : clients) {
      buffer.clear();
      while (buffer.hasRemaining()) {
        if (client.read(buffer) < 0) {
          return "the server closed a connection";
        }
      }
      String got = new String(buffer.array(), ISO_8859_1);
      if (!got.equals(reply)) {
        return got;
      }
    }
    return DONE;
  }
}
