package io.pantala.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The hot path allocates nothing on the Java heap: what is left is the JDK's and Netty's own.
@ExtendWith(NativeMemoryCheck.class)
final class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int DEPTH = 30;
  private static final int WARM_UP_BATCHES = 3_000;
  private static final int BATCHES = 2_000;

  @ParameterizedTest
  @CsvSource({
    "1, SET key:%d 0123456789012345678901234567890123456789012345678901234567890123, 1.0",
    "1, GET key:%d, 1.0",
    "1, MGET a:%1$d b:%1$d c:%1$d d:%1$d e:%1$d f:%1$d g:%1$d h:%1$d i:%1$d j:%1$d, 1.0",
    "1, MSET a:%1$d 1 b:%1$d 2 c:%1$d 3 d:%1$d 4 e:%1$d 5 f:%1$d 6 g:%1$d 7 h:%1$d 8, 1.0",
    "2, SET key:%d 0123456789012345678901234567890123456789012345678901234567890123, 1.0",
    "2, GET key:%d, 1.0",
    "3, MSET a:%1$d 1 b:%1$d 2 c:%1$d 3 d:%1$d 4 e:%1$d 5 f:%1$d 6 g:%1$d 7 h:%1$d 8, 4.0",
  })
  void pipelinedRequestsDoNotAllocate(int shards, String template, double limit)
      throws IOException {
    assertThat(bytesPerRequest(shards, template, DEPTH)).isLessThan(limit);
  }

  @ParameterizedTest
  @CsvSource({"1, SET key:%d 0123456789, 16.0", "1, GET key:%d, 16.0", "2, GET key:%d, 16.0"})
  void singleRequestsHardlyAllocate(int shards, String template, double limit) throws IOException {
    assertThat(bytesPerRequest(shards, template, 1)).isLessThan(limit);
  }

  private static double bytesPerRequest(int shards, String template, int depth) throws IOException {
    try (TestServer server = TestServer.start(shards);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] batch = batch(template, depth);
      int replyBytes = replyBytes(socket, batch);
      byte[] replies = new byte[replyBytes];
      run(socket, in, batch, replies, WARM_UP_BATCHES);
      long before = allocated(server);
      run(socket, in, batch, replies, BATCHES);
      double perRequest = (allocated(server) - before) / (double) (BATCHES * depth);
      System.out.printf(
          "%.2f B allocated per request: %d shards, depth %d, %s%n",
          perRequest, shards, depth, template);
      return perRequest;
    }
  }

  private static byte[] batch(String template, int depth) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < depth; i++) {
      String[] words = template.formatted(100 + i).split(" ", -1);
      out.writeBytes(io.pantala.server.testing.TestClient.encode(words));
    }
    return out.toByteArray();
  }

  /// Replies of counters grow, so the batch runs until they have as many digits as they will have.
  private static int replyBytes(Socket socket, byte[] batch) throws IOException {
    for (int i = 0; i < 1_000; i++) {
      socket.getOutputStream().write(batch);
    }
    byte[] mark = "PING end-of-warm-up\r\n".getBytes(US_ASCII);
    socket.getOutputStream().write(mark);
    readUntilMark(socket);
    socket.getOutputStream().write(batch);
    socket.getOutputStream().write(mark);
    return readUntilMark(socket);
  }

  private static int readUntilMark(Socket socket) throws IOException {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[1 << 16];
    int end;
    while ((end = seen.indexOf("$14\r\nend-of-warm-up\r\n")) < 0) {
      int n = socket.getInputStream().read(buffer);
      seen.append(new String(buffer, 0, n, US_ASCII));
    }
    return end;
  }

  private static void run(
      Socket socket, DataInputStream in, byte[] batch, byte[] replies, int batches)
      throws IOException {
    for (int i = 0; i < batches; i++) {
      socket.getOutputStream().write(batch);
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
