package io.pantala.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that break off in the middle: of a pipeline, of a transaction over shards, of a batch.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class DisconnectTest {
  private static final int CLIENTS = 300;
  private static final int KEYS = 6;

  @ParameterizedTest
  @CsvSource({"1,AUTO", "4,AUTO", "3,NIO"})
  void leavesNothingBehind(int shards, ServerConfig.Io io) throws IOException {
    long seed = Long.getLong("seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    ServerConfig base = TestServer.config(shards);
    ServerConfig config = base.with(Settings.IO, io.name());
    try (TestServer server = TestServer.start(config)) {
      TestClient bystander = server.client();
      bystander.run(mset("start"));
      for (int i = 0; i < CLIENTS; i++) {
        try (RawClient client = new RawClient(server)) {
          byte[] requests = requests(random, i);
          client.write(requests, 1 + random.nextInt(requests.length));
          client.breakOff();
        }
        List<?> values = (List<?>) bystander.run(mget());
        assertThat(new HashSet<>(values)).as("-Dseed=%d, client %d", seed, i).hasSize(1);
      }
      awaitClients(server, 1);
    }
  }

  /// Transactions, and batches that are large on the way there and back.
  private static byte[] requests(SplittableRandom random, int client) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 1 + random.nextInt(200); i++) {
      switch (random.nextInt(4)) {
        case 0 -> out.writeBytes(TestClient.encode(mset(client + "-" + i)));
        case 1 -> out.writeBytes(TestClient.encode(mget()));
        case 2 -> out.writeBytes(TestClient.encode("GET", "large-" + random.nextInt(4)));
        default -> {
          String value = "v".repeat(random.nextInt(20_000));
          out.writeBytes(TestClient.encode("SET", "large-" + random.nextInt(4), value));
        }
      }
    }
    return out.toByteArray();
  }

  private static String[] mset(String value) {
    String[] arguments = new String[1 + 2 * KEYS];
    arguments[0] = "MSET";
    for (int i = 0; i < KEYS; i++) {
      arguments[1 + 2 * i] = "key-" + i;
      arguments[2 + 2 * i] = value;
    }
    return arguments;
  }

  private static String[] mget() {
    String[] arguments = new String[1 + KEYS];
    arguments[0] = "MGET";
    for (int i = 0; i < KEYS; i++) {
      arguments[1 + i] = "key-" + i;
    }
    return arguments;
  }

  private static void awaitClients(TestServer server, int count) {
    while (server.server().threads().clients() != count) {
      Thread.onSpinWait();
    }
  }
}
