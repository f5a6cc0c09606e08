package io.pantala.bench.jmh;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
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

/// Copying and comparing native ranges of the lengths that keys and values have. The ranges stay in
/// the first-level cache: what is measured is the call, not the memory.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class MemBenchmark {
  @Param({"8", "16", "40", "64", "256", "1024"})
  int bytes;

  private final NativeBuffer memory = new NativeBuffer();
  private long left;
  private long right;

  @Setup(Level.Trial)
  public void allocate() {
    left = memory.reserve(2L * bytes);
    right = left + bytes;
    Mem.fill(left, 2L * bytes, 'x');
  }

  @TearDown(Level.Trial)
  public void free() {
    memory.close();
  }

  @Benchmark
  public void copy() {
    Mem.copy(left, right, bytes);
  }

  @Benchmark
  public boolean equal() {
    return Mem.equal(left, right, bytes);
  }

  @Benchmark
  public int compare() {
    return Mem.compare(left, bytes, right, bytes);
  }
}
