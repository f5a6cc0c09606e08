package io.pantala.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.testing.MemcacheClient;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The effects of settings that the server is started with.
@ExtendWith(NativeMemoryCheck.class)
final class StartSettingsTest {
  private static final int TIMEOUT_MS = 30_000;

  @Test
  void listensOnThePort() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (TestServer server = TestServer.start(TestServer.config(1).with(Settings.PORT, port))) {
      assertThat(server.server().port()).isEqualTo(port);
      assertThat(server.client().run("PING")).isEqualTo(new Status("PONG"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void listensOnEachAddress(String io) throws IOException {
    ServerConfig config =
        TestServer.config(1).with(Settings.IO, io).with(Settings.BIND, "127.0.0.2 127.0.0.3");
    try (TestServer server = TestServer.start(config)) {
      for (String host : config.bind()) {
        assertThat(ping(host, server.server().port())).as(host).isEqualTo("+PONG\r\n");
      }
    }
  }

  private static String ping(String host, int port) throws IOException {
    try (Socket socket = new Socket(host, port)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void refusesLargerItems() throws IOException {
    ServerConfig config =
        TestServer.config(1).with(Settings.MEMCACHED_PORT, -1).with(Settings.MAX_ITEM_SIZE, "2kb");
    try (TestServer server = TestServer.start(config);
        MemcacheClient client = new MemcacheClient(server.server().memcachedPort())) {
      assertThat(client.exchange("set a 0 0 1000\r\n" + "x".repeat(1000) + "\r\n"))
          .isEqualTo("STORED\r\n");
      assertThat(client.exchange("set a 0 0 3000\r\n" + "x".repeat(3000) + "\r\n"))
          .startsWith("SERVER_ERROR object too large for cache\r\n");
    }
  }

  @Test
  void hasAsManyDatabases() throws IOException {
    try (TestServer server = TestServer.start(TestServer.config(1).with(Settings.DATABASES, 3))) {
      TestClient client = server.client();
      assertThat(client.run("SELECT", "2")).isEqualTo(new Status("OK"));
      assertThat(client.run("SELECT", "3")).isEqualTo(new Failure("ERR DB index is out of range"));
    }
  }

  @Test
  void hasAsManyShards() throws IOException {
    try (TestServer server = TestServer.start(TestServer.config(3))) {
      assertThat(server.server().threads().threads())
          .extracting(Thread::getName)
          .containsExactly("shard-0", "shard-1", "shard-2");
    }
    assertThat(ServerConfig.defaults().threads())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void servesSocketsInThatWay(String io) throws IOException {
    try (TestServer server = TestServer.start(TestServer.config(1).with(Settings.IO, io))) {
      assertThat(server.server().io()).isEqualTo(io);
      assertThat(server.client().run("PING")).isEqualTo(new Status("PONG"));
    }
  }

  /// The kernel's buffers take some megabytes; what is asked for is more than they and the limit.
  @Test
  void closesWhoDoesNotRead() throws IOException {
    ServerConfig config = TestServer.config(1).with(Settings.OUTPUT_LIMIT, "1mb");
    try (TestServer server = TestServer.start(config)) {
      server.client().run("SET", "key", "x".repeat(1 << 20));
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
        slow.setSoTimeout(TIMEOUT_MS);
        slow.getOutputStream().write("GET key\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII));
        TestClient watcher = server.client();
        long deadline = System.nanoTime() + TIMEOUT_MS * 1_000_000L;
        while (watcher.run("INFO", "clients").toString().contains("connected_clients:3")) {
          assertThat(System.nanoTime()).isLessThan(deadline);
        }
        assertThat(drain(slow.getInputStream())).isLessThan(200L << 20);
      }
    }
  }

  private static long drain(InputStream in) {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return bytes;
  }
}
