package io.pantala.server.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.Settings;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.testing.MemcacheClient;
import io.pantala.server.testing.TestServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The hot path of the memcached protocol allocates nothing on the Java heap either.
@ExtendWith(NativeMemoryCheck.class)
final class MemcacheAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int DEPTH = 30;
  private static final int WARM_UP_BATCHES = 3_000;
  private static final int BATCHES = 2_000;
  private static final double LIMIT = 1.0;

  @ParameterizedTest
  @CsvSource({
    "1, set key:%d 0 0 10~0123456789~",
    "1, get key:%d~",
    "1, get key:%1$d a:%1$d b:%1$d~",
    "1, ms key:%d 10 T1000 F1~0123456789~",
    "1, mg key:%d v f s h~",
    "2, set key:%d 0 0 10~0123456789~",
    "2, get key:%d~"
  })
  void pipelinedRequestsDoNotAllocate(int shards, String template) throws IOException {
    try (TestServer server =
            TestServer.start(TestServer.config(shards).with(Settings.MEMCACHED_PORT, -1));
        MemcacheClient filler = new MemcacheClient(server.server().memcachedPort());
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), server.server().memcachedPort())) {
      socket.setTcpNoDelay(true);
      filler.exchange(batch("set key:%d 0 0 10~0123456789~"));
      String batch = batch(template);
      byte[] replies = new byte[filler.exchange(batch).length()];
      DataInputStream in = new DataInputStream(socket.getInputStream());
      run(socket, in, batch, replies, WARM_UP_BATCHES);
      long before = allocated(server);
      run(socket, in, batch, replies, BATCHES);
      double each = (allocated(server) - before) / (double) (BATCHES * DEPTH);
      System.out.printf("%.2f B allocated per request: %d shards, %s%n", each, shards, template);
      assertThat(each).isLessThan(LIMIT);
    }
  }

  private static String batch(String template) {
    StringBuilder batch = new StringBuilder();
    for (int i = 0; i < DEPTH; i++) {
      batch.append(template.formatted(100 + i).replace("~", "\r\n"));
    }
    return batch.toString();
  }

  private static void run(
      Socket socket, DataInputStream in, String batch, byte[] replies, int batches)
      throws IOException {
    byte[] bytes = batch.getBytes(US_ASCII);
    for (int i = 0; i < batches; i++) {
      socket.getOutputStream().write(bytes);
      in.readFully(replies);
    }
  }

  private static long allocated(TestServer server) {
    long sum = 0;
    for (ShardThread thread : server.server().threads().threads()) {
      sum += THREADS.getThreadAllocatedBytes(thread.threadId());
    }
    return sum;
  }
}
