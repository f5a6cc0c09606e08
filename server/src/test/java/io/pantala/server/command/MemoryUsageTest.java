package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class MemoryUsageTest {
  @ParameterizedTest
  @ValueSource(ints = {10, 1000, 100_000})
  void tellsWhatAKeyTakes(int bytes) throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      client.run("DEBUG", "POPULATE", "3000");
      client.run("SET", "key", "x".repeat(bytes));
      long usage = (Long) client.run("MEMORY", "USAGE", "key");
      assertThat(usage).isBetween(bytes + 8L, bytes + bytes / 8 + 64L);
      assertThat(client.run("MEMORY", "USAGE", "key", "SAMPLES", "3")).isEqualTo(usage);
    }
  }
}
