package io.pantala.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Values as large as the protocol has them, in streams: a test that held them itself would need
/// the memory twice.
@Timeout(300)
@ExtendWith(NativeMemoryCheck.class)
final class LargeValuesTest {
  private static final int CHUNK_BYTES = 1 << 20;

  /// Query buffer while it doubles, value and reply of the largest value.
  private static final long NEEDED_KB = 6L << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void hundredMegabytesPipelined(int shards) throws Exception {
    try (TestServer server = TestServer.start(config(shards));
        RawClient client = new RawClient(server)) {
      int chunks = 100;
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int key = 0; key < 2; key++) {
                      set(client, key, chunks);
                    }
                    get(client, 0);
                    get(client, 1);
                    get(client, 0);
                  });
      assertThat(client.read(10)).isEqualTo("+OK\r\n+OK\r\n");
      for (int key : new int[] {0, 1, 0}) {
        assertValue(client, key, chunks);
      }
      writer.join();
    }
  }

  /// Replies of one batch that are too many bytes for one way back.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void repliesOfEqualLengthOverSeveralTrips(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards);
        RawClient client = new RawClient(server)) {
      int keys = 4;
      int chunks = 5;
      for (int key = 0; key < keys; key++) {
        set(client, key, chunks);
        assertThat(client.read(5)).isEqualTo("+OK\r\n");
      }
      client.write("GET 0\r\nGET 1\r\nGET 2\r\nGET 3\r\n".repeat(2));
      for (int i = 0; i < 2 * keys; i++) {
        assertValue(client, i % keys, chunks);
      }
    }
  }

  @Test
  void theLargestValue() throws IOException {
    long available = availableKb();
    Assumptions.assumeTrue(available > NEEDED_KB, "skipped: only " + available + " KB of memory");
    try (TestServer server = TestServer.start(2);
        RawClient client = new RawClient(server)) {
      set(client, 0, 512);
      assertThat(client.read(5)).isEqualTo("+OK\r\n");
      get(client, 0);
      assertValue(client, 0, 512);
    }
  }

  /// The client may be behind by all of its replies.
  private static ServerConfig config(int shards) {
    ServerConfig base = TestServer.config(shards);
    return base.with(Settings.OUTPUT_LIMIT, 1L << 30);
  }

  private static long availableKb() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    }
  }

  private static void set(RawClient client, int key, int chunks) {
    try {
      client.write("*3\r\n$3\r\nSET\r\n$1\r\n" + key + "\r\n$" + chunks * CHUNK_BYTES + "\r\n");
      for (int i = 0; i < chunks; i++) {
        client.write(chunk(key, i));
      }
      client.write("\r\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void get(RawClient client, int key) {
    try {
      client.write("GET " + key + "\r\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertValue(RawClient client, int key, int chunks) throws IOException {
    String head = "$" + chunks * CHUNK_BYTES + "\r\n";
    assertThat(client.read(head.length())).isEqualTo(head);
    for (int i = 0; i < chunks; i++) {
      assertThat(Arrays.equals(client.readBytes(CHUNK_BYTES), chunk(key, i)))
          .as("chunk %d of key %d", i, key)
          .isTrue();
    }
    assertThat(client.read(2)).isEqualTo("\r\n");
  }

  /// A megabyte that no other key and no other place has.
  private static byte[] chunk(int key, int i) {
    byte[] chunk = new byte[CHUNK_BYTES];
    Arrays.fill(chunk, (byte) (key * 31 + i));
    chunk[0] = (byte) i;
    chunk[CHUNK_BYTES - 1] = (byte) key;
    return chunk;
  }
}
