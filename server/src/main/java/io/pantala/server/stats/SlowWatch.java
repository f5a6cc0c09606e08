package io.pantala.server.stats;

import io.pantala.resp.Args;
import io.pantala.server.client.ClientState;
import io.pantala.server.command.CommandFlag;
import io.pantala.server.command.CommandSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// What the server watches for: calls that belong into the slow log, spikes that LATENCY shows; and
/// what it was told about both. Any thread.
public final class SlowWatch {
  /// No call is slow enough.
  private static final long NEVER = Long.MAX_VALUE;

  private final LongSupplier timeMs;
  private final SlowLog slowLog = new SlowLog();
  private final LatencyMonitor latency = new LatencyMonitor();
  private volatile long slowerThanMicros = 10_000;
  private volatile int maxEntries = 128;
  private volatile long spikeMs;
  private volatile boolean tracking = true;
  private volatile List<Double> percentiles = List.of(50.0, 99.0, 99.9);

  /// The least time that anything here wants to know of, in ns.
  private volatile long leastNanos;

  /// @param timeMs milliseconds since 1970
  public SlowWatch(LongSupplier timeMs) {
    this.timeMs = timeMs;
    judge();
  }

  public SlowLog slowLog() {
    return slowLog;
  }

  public LatencyMonitor latency() {
    return latency;
  }

  /// `slowlog-log-slower-than`: microseconds from which on a call is logged; below 0 none is.
  public long slowerThanMicros() {
    return slowerThanMicros;
  }

  public void slowerThanMicros(long micros) {
    slowerThanMicros = micros;
    judge();
  }

  /// `slowlog-max-len`.
  public int maxEntries() {
    return maxEntries;
  }

  public void maxEntries(int count) {
    maxEntries = count;
  }

  /// `latency-monitor-threshold`: milliseconds from which on something is a spike; 0: nothing is.
  public long spikeMs() {
    return spikeMs;
  }

  public void spikeMs(long ms) {
    spikeMs = ms;
    judge();
  }

  /// `latency-tracking`: whether the times of calls are counted by command.
  public boolean isTracking() {
    return tracking;
  }

  public void tracking(boolean on) {
    tracking = on;
  }

  /// `latency-tracking-info-percentiles`.
  public List<Double> percentiles() {
    return percentiles;
  }

  public void percentiles(List<Double> percents) {
    percentiles = List.copyOf(percents);
  }

  long leastNanos() {
    return leastNanos;
  }

  private void judge() {
    long slow = slowerThanMicros < 0 ? NEVER : TimeUnit.MICROSECONDS.toNanos(slowerThanMicros);
    long spike = spikeMs == 0 ? NEVER : TimeUnit.MILLISECONDS.toNanos(spikeMs);
    leastNanos = Math.min(slow, spike);
  }

  /// A call took at least [#leastNanos].
  void onSlow(CommandSpec spec, long nanos, Args args, ClientState client) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    long slowMicros = slowerThanMicros;
    if (slowMicros >= 0 && micros >= slowMicros && !spec.has(CommandFlag.SKIP_SLOWLOG)) {
      slowLog.add(
          SlowEntry.of(slowLog.nextId(), nowS(), micros, spec, args, client), maxEntries);
    }
    boolean fast = spec.has(CommandFlag.FAST);
    onEvent(fast ? LatencyMonitor.FAST_COMMAND : LatencyMonitor.COMMAND, nanos);
  }

  /// Something took its time: a spike if that was long.
  public void onEvent(String event, long nanos) {
    long ms = TimeUnit.NANOSECONDS.toMillis(nanos);
    long least = spikeMs;
    if (least > 0 && ms >= least) {
      latency.add(event, nowS(), ms);
    }
  }

  private long nowS() {
    return TimeUnit.MILLISECONDS.toSeconds(timeMs.getAsLong());
  }
}
