package io.pantala.bench.versus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// Asks a memcached server for its version: that it answers, and what it is.
final class MemcacheProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final String ANSWER = "VERSION ";

  private MemcacheProbe() {}

  /// The version.
  ///
  /// @throws IOException when there is no answer, or not that of a memcached server
  static String version(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write("version\r\n".getBytes(US_ASCII));
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      if (line == null || !line.startsWith(ANSWER)) {
        throw new IOException("no answer to version: " + line);
      }
      return line.substring(ANSWER.length());
    }
  }
}
