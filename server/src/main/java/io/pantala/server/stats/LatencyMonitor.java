package io.pantala.server.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Spikes by event, for the LATENCY command: what took longer than `latency-monitor-threshold`. Any
/// thread; a spike is rare, so that it may make objects.
public final class LatencyMonitor {
  /// A call of a command.
  public static final String COMMAND = "command";

  /// A call of a command with the flag `fast`.
  public static final String FAST_COMMAND = "fast-command";

  private final ConcurrentSkipListMap<String, LatencySeries> events = new ConcurrentSkipListMap<>();

  void add(String event, long timeS, long ms) {
    events.compute(
        event, (name, series) -> (series == null ? LatencySeries.EMPTY : series).with(timeS, ms));
  }

  /// The events that had a spike.
  public Map<String, LatencySeries> events() {
    return events;
  }

  public @Nullable LatencySeries series(String event) {
    return events.get(event);
  }

  /// Forgets an event; whether there was something to forget.
  public boolean reset(String event) {
    return events.remove(event) != null;
  }
}
