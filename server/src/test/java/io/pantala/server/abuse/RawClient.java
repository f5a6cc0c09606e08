package io.pantala.server.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.server.testing.TestServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/// A client below the protocol: bytes out, bytes in. Text is ISO 8859-1.
public final class RawClient implements AutoCloseable {
  /// Only an answer that never comes runs into it.
  private static final int TIMEOUT_MS = 20_000;

  private static final int BUFFER_BYTES = 1 << 16;

  private final Socket socket = new Socket();
  private final InputStream in;

  public RawClient(TestServer server) throws IOException {
    this(server, 0);
  }

  /// With a receive buffer in the kernel of about that size; 0 for the system's choice.
  public RawClient(TestServer server, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    int port = server.server().port();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
  }

  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  public void write(byte[] bytes, int length) throws IOException {
    socket.getOutputStream().write(bytes, 0, length);
  }

  public void write(String text) throws IOException {
    write(text.getBytes(ISO_8859_1));
  }

  public void writeEachByteAlone(String text) throws IOException {
    for (byte b : text.getBytes(ISO_8859_1)) {
      socket.getOutputStream().write(b);
    }
  }

  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// The next `length` bytes.
  public String read(int length) throws IOException {
    return new String(readBytes(length), ISO_8859_1);
  }

  public byte[] readBytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("after " + new String(bytes, ISO_8859_1));
    }
    return bytes;
  }

  /// What comes until the server closes, however it does that.
  public String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        all.write(b);
      }
    } catch (SocketException e) {
      return all.toString(ISO_8859_1);
    }
    return all.toString(ISO_8859_1);
  }

  /// Breaks the connection off without a word.
  public void breakOff() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
