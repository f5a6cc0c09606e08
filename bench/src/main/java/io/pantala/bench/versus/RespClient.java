package io.pantala.bench.versus;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A blocking connection for pings and questions: replies are simple or bulk strings.
final class RespClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final BufferedInputStream in;

  RespClient(int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// The text of the reply; an error reply starts with `-`.
  String ask(String... words) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8("*" + words.length + "\r\n"));
    for (String word : words) {
      byte[] bytes = utf8(word);
      out.writeBytes(utf8("$" + bytes.length + "\r\n"));
      out.writeBytes(bytes);
      out.writeBytes(utf8("\r\n"));
    }
    socket.getOutputStream().write(out.toByteArray());
    return reply();
  }

  private String reply() throws IOException {
    String line = line();
    if (line.startsWith("+") || line.startsWith(":")) {
      return line.substring(1);
    }
    if (!line.startsWith("$")) {
      return line;
    }
    int bytes = Integer.parseInt(line.substring(1));
    if (bytes < 0) {
      return "";
    }
    byte[] body = in.readNBytes(bytes + 2);
    if (body.length < bytes + 2) {
      throw new EOFException("the server closed the connection");
    }
    return new String(body, 0, bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      if (b != '\r') {
        line.append((char) b);
      }
      b = in.read();
    }
    if (b < 0) {
      throw new EOFException("the server closed the connection");
    }
    return line.toString();
  }

  /// The fields of INFO.
  Map<String, String> info() throws IOException {
    Map<String, String> fields = new HashMap<>();
    ask("INFO")
        .lines()
        .filter(l -> l.indexOf(':') > 0)
        .forEach(l -> fields.put(l.substring(0, l.indexOf(':')), l.substring(l.indexOf(':') + 1)));
    return fields;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
