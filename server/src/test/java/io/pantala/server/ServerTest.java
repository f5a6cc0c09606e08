package io.pantala.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(NativeMemoryCheck.class)
final class ServerTest {
  @ParameterizedTest
  @CsvSource({"1,EPOLL", "2,EPOLL", "4,EPOLL", "1,NIO", "3,NIO"})
  void keepsTheOrderOfAPipelineOverShards(int shards, ServerConfig.Io io) throws IOException {
    ServerConfig base = TestServer.config(shards);
    ServerConfig config = base.with(Settings.IO, io.name());
    try (TestServer server = TestServer.start(config)) {
      TestClient client = server.client();
      int n = 20_000;
      Thread reader = new Thread(() -> sendMixedPipeline(client, n));
      reader.start();
      for (int i = 0; i < n; i++) {
        assertThat(client.read()).isEqualTo(new Status("OK"));
        assertThat(client.read()).isEqualTo("value-" + i);
        if (i % 7 == 0) {
          assertThat(client.read()).isEqualTo(new Status("PONG"));
        }
        if (i % 50 == 0) {
          assertThat(client.read()).isEqualTo(new Status("OK"));
          assertThat(client.read()).isEqualTo(List.of("" + i, "" + i, "" + i));
        }
      }
    }
  }

  private static void sendMixedPipeline(TestClient client, int n) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      out.writeBytes(TestClient.encode("SET", "key-" + i % 97, "value-" + i));
      out.writeBytes(TestClient.encode("GET", "key-" + i % 97));
      if (i % 7 == 0) {
        out.writeBytes("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
      if (i % 50 == 0) {
        out.writeBytes(TestClient.encode("MSET", "x", "" + i, "y", "" + i, "z", "" + i));
        out.writeBytes(TestClient.encode("MGET", "x", "y", "z"));
      }
      if (i % 1000 == 999) {
        chunks.add(out.toByteArray());
        out.reset();
      }
    }
    chunks.add(out.toByteArray());
    try {
      for (byte[] chunk : chunks) {
        client.write(chunk);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
