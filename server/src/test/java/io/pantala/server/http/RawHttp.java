package io.pantala.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// An HTTP client that sends what it is told, byte for byte.
final class RawHttp implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;

  private final Socket socket;
  private final InputStream in;

  RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// A response as it came.
  record Response(String status, List<String> headers, String body) {
    boolean has(String header) {
      return headers.contains(header);
    }
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /// Sends a request line and the headers that each request has.
  Response get(String target, String... headers) throws IOException {
    return exchange("GET " + target + " HTTP/1.1", headers);
  }

  Response exchange(String line, String... headers) throws IOException {
    write(line + "\r\nHost: x\r\n" + String.join("", List.of(headers)) + "\r\n");
    return read(!line.startsWith("HEAD"));
  }

  /// Reads a response, with or without a body.
  Response read(boolean hasBody) throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>();
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header);
      if (header.startsWith("Content-Length: ")) {
        length = Integer.parseInt(header.substring("Content-Length: ".length()));
      }
    }
    byte[] body = in.readNBytes(hasBody ? length : 0);
    return new Response(status, headers, new String(body, ISO_8859_1));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("after " + line);
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  /// What comes until the server closes.
  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
