package io.pantala.server.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.Pantala;
import io.pantala.server.Server;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The end of a server in the middle of its work, and a start that can't be.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class StopTest {
  private static final int STOPS = 15;
  private static final int CLIENTS = 6;
  private static final int BUSY_READS = 20;
  private static final int READ_BYTES = 1000;

  /// Native memory is what the extension looks at.
  @ParameterizedTest
  @CsvSource({"1,AUTO", "4,AUTO", "3,NIO"})
  void stopWhileClientsAreBusy(int shards, ServerConfig.Io io) throws Exception {
    ServerConfig base = TestServer.config(shards);
    ServerConfig config = base.with(Settings.IO, io.name());
    for (int i = 0; i < STOPS; i++) {
      stopBusyServer(config);
      assertThat(shardThreads()).isEmpty();
    }
  }

  private static void stopBusyServer(ServerConfig config) throws Exception {
    List<Thread> clients = new ArrayList<>();
    CountDownLatch busy = new CountDownLatch(CLIENTS * BUSY_READS);
    try (TestServer server = TestServer.start(config)) {
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = new RawClient(server);
        clients.add(Thread.ofPlatform().start(() -> writeUntilClosed(client)));
        clients.add(Thread.ofPlatform().start(() -> readUntilClosed(client, busy)));
      }
      busy.await();
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  private static void writeUntilClosed(RawClient client) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      out.writeBytes(TestClient.encode("SET", "k" + i, "v".repeat(i * 10)));
      out.writeBytes(TestClient.encode("MSET", "a", "" + i, "b", "" + i, "c", "" + i, "d", "x"));
      out.writeBytes(TestClient.encode("GET", "k" + (i + 1)));
      out.writeBytes(TestClient.encode("MGET", "a", "b", "c", "d", "k1", "k2", "k3"));
    }
    try {
      while (true) {
        client.write(out.toByteArray());
      }
    } catch (IOException e) {
      // The server has stopped.
    }
  }

  private static void readUntilClosed(RawClient client, CountDownLatch busy) {
    try (client) {
      while (true) {
        client.readBytes(READ_BYTES);
        busy.countDown();
      }
    } catch (IOException e) {
      // The server has stopped.
    }
  }

  private static List<String> shardThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("shard-"))
        .toList();
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    for (ServerConfig.Io io : ServerConfig.Io.values()) {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = taken.getLocalPort();
        assertThatThrownBy(() -> Server.start(config(port, "127.0.0.1", io)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("cannot listen on 127.0.0.1:" + port)
            .hasMessageContaining("Address already in use");
      }
      assertThat(shardThreads()).isEmpty();
    }
  }

  @Test
  void anAddressThatIsNotOursIsNamed() {
    for (ServerConfig.Io io : ServerConfig.Io.values()) {
      assertThatThrownBy(() -> Server.start(config(0, "192.0.2.1", io)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 192.0.2.1:0")
          .hasMessageContaining("annot assign requested address");
      assertThatThrownBy(() -> Server.start(config(0, "no.such.host.invalid", io)))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on no.such.host.invalid: no such address");
      assertThat(shardThreads()).isEmpty();
    }
  }

  @Test
  void theProgramEndsWithCodeOneAndSaysWhy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process program =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Pantala.class.getName(),
                  "--port",
                  "" + taken.getLocalPort(),
                  "--bind",
                  "127.0.0.1",
                  "--threads",
                  "1")
              .redirectErrorStream(true)
              .start();
      String output = new String(program.getInputStream().readAllBytes(), UTF_8);
      assertThat(program.waitFor()).as(output).isEqualTo(1);
      assertThat(output).contains("pantala: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  private static ServerConfig config(int port, String host, ServerConfig.Io io) {
    ServerConfig base = TestServer.config(2);
    return base.with(Settings.PORT, port).with(Settings.BIND, host).with(Settings.IO, io.name());
  }
}
