package io.pantala.resp;

import static io.pantala.resp.LiveRedis.request;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.DoubleText;
import io.pantala.core.text.IntText;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/// Prints the processor time of a request and a reply; asserts nothing. Run it without `-ea`.
final class RespSpeed {
  private static final int REQUESTS = 30;
  private static final int ROUNDS = 200_000;
  private static final int REPEATS = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final NativeBuffer out = new NativeBuffer();
  private final RespReply reply = new RespReply(out);
  private final RequestParser parser = new RequestParser();
  private final Args args = new Args();

  private RespSpeed() {}

  public static void main(String[] arguments) {
    RespSpeed speed = new RespSpeed();
    speed.parsing("GET, key of 16 bytes", request("GET", "key:000000000042"));
    speed.parsing("SET, value of 64 bytes", request("SET", "key:000000000042", "x".repeat(64)));
    speed.parsing(
        "MSET of 10", request(("MSET" + " key:000000000042 value".repeat(10)).split(" ", -1)));
    speed.replies();
    speed.numbers();
    speed.out.close();
  }

  private void parsing(String what, byte[] request) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (int i = 0; i < REQUESTS; i++) {
      batch.writeBytes(request);
    }
    try (Block block = new Block(batch.toByteArray())) {
      measure(what, () -> parseAll(block));
    }
  }

  private long parseAll(Block block) {
    long at = block.address();
    long end = at + block.length();
    long sum = 0;
    long used;
    while (at < end && (used = parser.parse(at, end - at, args)) > 0) {
      sum += args.keyword(0) + args.length(args.count() - 1);
      at += used;
    }
    return sum;
  }

  private void replies() {
    try (Block block = new Block(new byte[256])) {
      measure("reply +OK", () -> repeat(reply::ok));
      measure("reply nil", () -> repeat(reply::nil));
      measure("reply :1", () -> repeat(() -> reply.integer(1)));
      measure("reply :1234567", () -> repeat(() -> reply.integer(1234567)));
      measure("reply string of 16", () -> repeat(() -> reply.bulk(block.address(), 16)));
      measure("reply string of 256", () -> repeat(() -> reply.bulk(block.address(), 256)));
      measure("reply double 3.25", () -> repeat(() -> reply.doubleValue(3.25)));
      measure("reply double 0.1", () -> repeat(() -> reply.doubleValue(0.1)));
    }
  }

  private void numbers() {
    long at = out.reserve(100);
    IntText.write(at, 1234567890);
    DoubleText.write(at + 50, 3.25);
    measure("read 10 digits", () -> repeat(() -> out.position(IntText.parse(at, 10) & 1)));
    measure("read 3.25", () -> repeat(() -> out.position((long) DoubleText.parse(at + 50, 4))));
  }

  private long repeat(Runnable action) {
    out.clear();
    for (int i = 0; i < REQUESTS; i++) {
      action.run();
    }
    return out.position();
  }

  private static void measure(String what, LongSupplier batch) {
    double best = Double.MAX_VALUE;
    long sum = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < ROUNDS; i++) {
        sum += batch.getAsLong();
      }
      best =
          Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / (double) ROUNDS / REQUESTS);
    }
    System.out.printf("%-24s %6.1f ns   (%d)%n", what, best, sum & 1);
  }
}
