package io.pantala.server.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/// A blocking client of the memcached text protocol for tests. Text is ISO 8859-1.
public final class MemcacheClient implements AutoCloseable {
  /// Ends what [#exchange] reads; no value in a test contains it.
  private static final String MARK = "MN\r\n";

  private static final int TIMEOUT_MS = 30_000;

  private final Socket socket;

  public MemcacheClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
  }

  public void write(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /// Sends requests and an mn behind them; what came before its answer.
  public String exchange(String requests) throws IOException {
    write(requests + "mn\r\n");
    String all = readUntilMark();
    return all.substring(0, all.length() - MARK.length());
  }

  /// Everything up to the end of the connection.
  public String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  private String readUntilMark() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1 << 16];
    while (true) {
      int n = in.read(buffer);
      if (n < 0) {
        return all.toString(ISO_8859_1) + "<closed>\r\n" + MARK;
      }
      all.write(buffer, 0, n);
      if (endsWithMark(all)) {
        return all.toString(ISO_8859_1);
      }
    }
  }

  private static boolean endsWithMark(ByteArrayOutputStream all) {
    return all.size() >= MARK.length() && all.toString(ISO_8859_1).endsWith(MARK);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
