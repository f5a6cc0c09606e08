package io.pantala.bench.jmh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.RequestParser;
import io.pantala.resp.RespReply;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Parsing a request and writing a reply, in the first-level cache.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class RespBenchmark {
  @Param({"16", "256"})
  int bytes;

  private final RequestParser parser = new RequestParser();
  private final Args args = new Args();
  private final NativeBuffer request = new NativeBuffer();
  private final NativeBuffer value = new NativeBuffer();
  private final NativeBuffer out = new NativeBuffer();
  private final RespReply reply = new RespReply(out);

  @Setup(Level.Trial)
  public void encode() {
    String text = "x".repeat(bytes);
    String set = "*3\r\n$3\r\nSET\r\n$16\r\n0123456789abcdef\r\n$" + bytes + "\r\n" + text + "\r\n";
    request.append(set.getBytes(US_ASCII));
    value.append(text.getBytes(US_ASCII));
  }

  @TearDown(Level.Trial)
  public void free() {
    request.close();
    value.close();
    out.close();
  }

  @Benchmark
  public long parseSet() {
    return parser.parse(request.address(), request.position(), args);
  }

  @Benchmark
  public long replyBulk() {
    out.clear();
    reply.bulk(value.address(), bytes);
    return out.position();
  }

  @Benchmark
  public long replyOk() {
    out.clear();
    reply.ok();
    return out.position();
  }

  @Benchmark
  public long replyInteger() {
    out.clear();
    reply.integer(1_234_567);
    return out.position();
  }
}
