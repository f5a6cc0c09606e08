package io.pantala.server.stats;

import io.pantala.resp.Args;
import io.pantala.server.client.ClientState;
import io.pantala.server.command.CommandFlag;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.config.LiveSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// What the server watches for: calls that belong into the slow log, spikes that LATENCY shows; and
/// what it was told about both. Any thread.
public final class SlowWatch {
  /// No call is slow enough.
  private static final long NEVER = Long.MAX_VALUE;

  private final LiveSettings live;
  private final LongSupplier timeMs;
  private final SlowLog slowLog = new SlowLog();
  private final LatencyMonitor latency = new LatencyMonitor();

  /// @param timeMs milliseconds since 1970
  public SlowWatch(LiveSettings live, LongSupplier timeMs) {
    this.live = live;
    this.timeMs = timeMs;
  }

  public SlowLog slowLog() {
    return slowLog;
  }

  public LatencyMonitor latency() {
    return latency;
  }

  /// Milliseconds from which on something is a spike; 0: nothing is.
  public long spikeMs() {
    return live.latencyMonitorMs();
  }

  /// Whether the times of calls are counted by command.
  public boolean isTracking() {
    return live.latencyTracking();
  }

  /// The percentiles that INFO tells, as words.
  public List<String> percentiles() {
    return live.latencyPercentiles();
  }

  /// The least time that anything here wants to know of, in ns.
  long leastNanos() {
    long slow = live.slowlogMicros();
    long spike = live.latencyMonitorMs();
    return Math.min(
        slow < 0 ? NEVER : TimeUnit.MICROSECONDS.toNanos(slow),
        spike == 0 ? NEVER : TimeUnit.MILLISECONDS.toNanos(spike));
  }

  /// A call took at least [#leastNanos].
  void onSlow(CommandSpec spec, long nanos, Args args, ClientState client) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    long slowMicros = live.slowlogMicros();
    if (slowMicros >= 0 && micros >= slowMicros && !spec.has(CommandFlag.SKIP_SLOWLOG)) {
      slowLog.add(
          SlowEntry.of(slowLog.nextId(), nowS(), micros, spec, args, client),
          live.slowlogMaxLength());
    }
    boolean fast = spec.has(CommandFlag.FAST);
    onEvent(fast ? LatencyMonitor.FAST_COMMAND : LatencyMonitor.COMMAND, nanos);
  }

  /// Something took its time: a spike if that was long.
  public void onEvent(String event, long nanos) {
    long ms = TimeUnit.NANOSECONDS.toMillis(nanos);
    long least = spikeMs();
    if (least > 0 && ms >= least) {
      latency.add(event, nowS(), ms);
    }
  }

  private long nowS() {
    return TimeUnit.MILLISECONDS.toSeconds(timeMs.getAsLong());
  }
}
