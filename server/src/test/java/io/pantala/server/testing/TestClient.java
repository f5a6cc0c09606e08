package io.pantala.server.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.resp.RespDecoder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// A blocking RESP client for tests. Text is ISO 8859-1: a character is a byte.
public final class TestClient implements AutoCloseable {
  private static final int TIMEOUT_MS = 30_000;

  private final Socket socket;
  private final BufferedInputStream in;
  private final RespDecoder replies;

  public TestClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    replies = new RespDecoder(in);
  }

  /// The port of this end.
  public int localPort() {
    return socket.getLocalPort();
  }

  /// Sends one command and reads its reply as [RespDecoder] has it.
  public Object run(String... arguments) throws IOException {
    send(arguments);
    return read();
  }

  /// Sends one command and reads its reply as it came.
  public String runRaw(String... arguments) throws IOException {
    send(arguments);
    return readRaw();
  }

  /// Sends one command without waiting for the reply.
  public void send(String... arguments) throws IOException {
    write(encode(arguments));
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public Object read() throws IOException {
    return replies.read();
  }

  public String readRaw() throws IOException {
    return new String(replies.readRaw(), ISO_8859_1);
  }

  /// Whether the server has closed the connection and nothing more came.
  public boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  public static byte[] encode(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("*" + arguments.length + "\r\n").getBytes(ISO_8859_1));
    for (String argument : arguments) {
      out.writeBytes(("$" + argument.length() + "\r\n" + argument + "\r\n").getBytes(ISO_8859_1));
    }
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
