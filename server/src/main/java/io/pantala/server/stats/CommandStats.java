package io.pantala.server.stats;

import io.pantala.server.command.CommandSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one shard thread counts of the commands that it runs, for each row of the command table.
/// That thread adds by plain stores, any reads and may be a little late.
public final class CommandStats {
  private static final int CALLS = 0;
  private static final int NANOS = 1;
  private static final int REJECTED = 2;
  private static final int FAILED = 3;
  private static final int COUNTERS = 4;

  private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle LATENCY =
      MethodHandles.arrayElementVarHandle(LatencyHistogram[].class);

  /// By [CommandSpec#id], those of a row side by side; at the end the calls of all rows.
  private final long[] counters;

  private final int total;
  private final @Nullable LatencyHistogram[] latencies;
  private final ErrorCounts errors = new ErrorCounts();

  public CommandStats(int rows) {
    total = rows * COUNTERS;
    counters = new long[total + 1];
    latencies = new LatencyHistogram[rows];
  }

  /// Notes calls of one row that took `nanos` together. On the owner's thread.
  void ran(CommandSpec spec, int times, long nanos, boolean tracked) {
    int at = spec.id() * COUNTERS;
    counters[at + CALLS] += times;
    counters[at + NANOS] += nanos;
    counters[total] += times;
    if (tracked) {
      latency(spec.id()).add(nanos / times, times);
    }
  }

  /// Notes that a call answered with an error. On the owner's thread.
  void failed(CommandSpec spec, byte[] error) {
    counters[spec.id() * COUNTERS + FAILED]++;
    errors.add(error);
  }

  /// Notes that a request was refused before it ran; `spec` is null when it names no command. On
  /// the owner's thread.
  public void rejected(@Nullable CommandSpec spec, byte[] error) {
    if (spec != null) {
      counters[spec.id() * COUNTERS + REJECTED]++;
    }
    errors.add(error);
  }

  /// Forgets everything. On the owner's thread.
  public void reset() {
    Arrays.fill(counters, 0);
    Arrays.fill(latencies, null);
    errors.reset();
  }

  /// Calls of all rows.
  public long calls() {
    return (long) COUNTER.getOpaque(counters, total);
  }

  public long calls(CommandSpec spec) {
    return counter(spec, CALLS);
  }

  public long nanos(CommandSpec spec) {
    return counter(spec, NANOS);
  }

  /// Calls that were refused before they ran.
  public long rejected(CommandSpec spec) {
    return counter(spec, REJECTED);
  }

  /// Calls that answered with an error.
  public long failed(CommandSpec spec) {
    return counter(spec, FAILED);
  }

  public ErrorCounts errors() {
    return errors;
  }

  /// Adds the times that calls of a row took to `sum`.
  public void addLatency(CommandSpec spec, LatencyHistogram sum) {
    LatencyHistogram latency = (LatencyHistogram) LATENCY.getAcquire(latencies, spec.id());
    if (latency != null) {
      sum.addAll(latency);
    }
  }

  private LatencyHistogram latency(int id) {
    LatencyHistogram latency = latencies[id];
    if (latency == null) {
      latency = new LatencyHistogram();
      LATENCY.setRelease(latencies, id, latency);
    }
    return latency;
  }

  private long counter(CommandSpec spec, int which) {
    return (long) COUNTER.getOpaque(counters, spec.id() * COUNTERS + which);
  }
}
