package io.pantala.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class BeatTest {
  /// A shard tells what its memory holds once a beat.
  @Test
  @Timeout(60)
  void beatsAsOftenAsItIsTold() throws IOException {
    try (TestServer server = TestServer.start(TestServer.config(1).with(Settings.HZ, 1))) {
      assertThat(server.server().threads().beatMs()).isEqualTo(1000);
      TestClient client = server.client();
      client.run("CONFIG", "SET", "hz", "500");
      assertThat(server.server().threads().beatMs()).isEqualTo(2);
      for (int i = 1; i <= 20; i++) {
        client.run("SET", "key" + i, "x".repeat(1 << 20));
        ThreadStats stats = server.server().threads().threads().getFirst().stats();
        while (stats.dataBytes() < (long) i << 20) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
