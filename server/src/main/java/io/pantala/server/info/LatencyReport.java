package io.pantala.server.info;

import io.pantala.server.stats.LatencyMonitor;
import io.pantala.server.stats.LatencySeries;
import io.pantala.server.stats.SlowWatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What LATENCY GRAPH draws and LATENCY DOCTOR says. Any thread.
public final class LatencyReport {
  /// Samples that a graph shows, one a column.
  private static final int COLUMNS = 80;

  private static final int ROWS = 5;

  private static final Map<String, String> ADVICE =
      Map.of(
          LatencyMonitor.COMMAND,
          "SLOWLOG GET names slow calls; a command over many keys or a large value is the usual cause.",
          LatencyMonitor.FAST_COMMAND,
          "Commands that should be fast were held up: look for a machine that is overloaded or swaps.",
          "expire-cycle",
          "Many keys expired at the same time: spread their times to live.",
          "lazyfree-cycle",
          "Flushed data was freed in large pieces: values of many megabytes are the usual cause.",
          "active-defrag-cycle",
          "Memory was moved together in large pieces: values of many megabytes are the usual cause.");

  private LatencyReport() {}

  /// Bars over time, the oldest on the left.
  public static String graph(String event, LatencySeries series, long nowS) {
    List<LatencySeries.Sample> all = series.samples();
    List<LatencySeries.Sample> shown = all.subList(Math.max(0, all.size() - COLUMNS), all.size());
    long high = shown.stream().mapToLong(LatencySeries.Sample::ms).max().orElse(0);
    long low = shown.stream().mapToLong(LatencySeries.Sample::ms).min().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(
            String.format(
                Locale.ROOT,
                "%s: highest %d ms, lowest %d ms, highest ever %d ms",
                event,
                high,
                low,
                series.maxMs()))
        .append('\n');
    for (int row = ROWS; row > 0; row--) {
      StringBuilder bars = new StringBuilder();
      for (LatencySeries.Sample sample : shown) {
        bars.append(sample.ms() * ROWS > (row - 1) * high ? '#' : ' ');
      }
      text.append(String.format(Locale.ROOT, "%8d ms |%s", high * row / ROWS, bars)).append('\n');
    }
    long firstS = nowS - shown.getFirst().timeS();
    text.append(String.format(Locale.ROOT, "%11s +%s", "", "-".repeat(shown.size()))).append('\n');
    text.append(
            String.format(
                Locale.ROOT,
                "%11s  from %d s ago to %d s ago",
                "",
                firstS,
                nowS - shown.getLast().timeS()))
        .append('\n');
    return text.toString();
  }

  /// What was seen, and what may help.
  public static String advice(SlowWatch watch) {
    StringBuilder text = new StringBuilder();
    if (watch.spikeMs() == 0) {
      return "Nobody looks for latency spikes."
          + " CONFIG SET latency-monitor-threshold <ms> starts that.\n";
    }
    Map<String, LatencySeries> events = Map.copyOf(watch.latency().events());
    if (events.isEmpty()) {
      text.append(
              String.format(
                  Locale.ROOT,
                  "Nothing has taken %d ms or more so far: all is well.",
                  watch.spikeMs()))
          .append('\n');
      return text.toString();
    }
    text.append(String.format(Locale.ROOT, "Some things took %d ms or more:", watch.spikeMs()))
        .append('\n');
    events.forEach(
        (event, series) -> {
          text.append(
                  String.format(
                      Locale.ROOT,
                      "- %s: %d spikes, %d ms in the mean (deviation %d ms), one each %.1f s, the worst %d ms.",
                      event,
                      series.samples().size(),
                      series.meanMs(),
                      series.deviationMs(),
                      series.periodS(),
                      series.maxMs()))
              .append('\n');
          text.append(String.format(Locale.ROOT, "  %s", ADVICE.getOrDefault(event, "")))
              .append('\n');
        });
    return text.toString();
  }
}
