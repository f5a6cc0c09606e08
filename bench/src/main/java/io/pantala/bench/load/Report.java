package io.pantala.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Prints the result of a run, and writes it as JSON with memtier_benchmark's names.
final class Report {
  private static final double NANOS_PER_MILLI = 1e6;

  private final LoadRun.Result result;
  private final List<Double> percentiles;

  Report(LoadRun.Result result, List<Double> percentiles) {
    this.result = result;
    this.percentiles = percentiles;
  }

  void print(PrintStream out) {
    List<String> head = new ArrayList<>(List.of("ops/s", "hits/s", "misses/s", "avg ms"));
    LoadStats stats = result.stats();
    List<String> row = new ArrayList<>();
    row.add(format("%.1f", perSecond(stats.requests)));
    row.add(format("%.1f", perSecond(stats.hits)));
    row.add(format("%.1f", perSecond(stats.misses)));
    row.add(millis(stats.latency.getMean()));
    for (double percentile : percentiles) {
      head.add("p" + format("%s", percentile).replaceAll("\\.0$", "") + " ms");
      row.add(millis((double) stats.latency.getValueAtPercentile(percentile)));
    }
    head.addAll(List.of("max ms", "KB/s"));
    row.add(millis((double) stats.latency.getMaxValue()));
    row.add(format("%.1f", perSecond(stats.bytesIn + stats.bytesOut) / 1024));
    printRow(out, head, head, row);
    printRow(out, row, head, row);
    out.printf(
        Locale.ROOT,
        "%d requests in %.2f s; this generator used %.2f us of CPU for each%n",
        stats.requests,
        result.seconds(),
        cpuMicros());
    if (stats.errors > 0) {
      out.printf("%d error replies, the first: %s%n", stats.errors, stats.firstError);
    }
    if (stats.wrongReplies > 0) {
      out.printf("%d wrong replies, the first: %s%n", stats.wrongReplies, stats.firstWrongReply);
    }
  }

  void printHistogram(PrintStream out) {
    out.println("latency in ms:");
    result.stats().latency.outputPercentileDistribution(out, NANOS_PER_MILLI);
  }

  /// Whether every reply was of the right kind.
  boolean clean() {
    return result.stats().errors == 0 && result.stats().wrongReplies == 0;
  }

  void writeJson(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    LoadStats stats = result.stats();
    ObjectNode root = mapper.createObjectNode();
    ObjectNode totals = root.putObject("ALL STATS").putObject("Totals");
    totals.put("Count", stats.requests);
    totals.put("Seconds", result.seconds());
    totals.put("Ops/sec", perSecond(stats.requests));
    totals.put("Hits/sec", perSecond(stats.hits));
    totals.put("Misses/sec", perSecond(stats.misses));
    totals.put("Average Latency", stats.latency.getMean() / NANOS_PER_MILLI);
    totals.put("Max Latency", stats.latency.getMaxValue() / NANOS_PER_MILLI);
    totals.put("KB/sec", perSecond(stats.bytesIn + stats.bytesOut) / 1024);
    totals.put("CPU Seconds", result.cpuSeconds());
    totals.put("Errors", stats.errors);
    totals.put("Wrong Replies", stats.wrongReplies);
    ObjectNode latencies = totals.putObject("Percentile Latencies");
    for (double percentile : percentiles) {
      double value = stats.latency.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
      latencies.put("p" + format("%.2f", percentile), value);
    }
    Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
  }

  private double perSecond(long count) {
    return count / result.seconds();
  }

  private double cpuMicros() {
    return result.cpuSeconds() * 1e6 / Math.max(1, result.stats().requests);
  }

  private static void printRow(
      PrintStream out, List<String> cells, List<String> head, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      int width = Math.max(head.get(i).length(), row.get(i).length());
      line.append(" ".repeat(width - cells.get(i).length())).append(cells.get(i)).append("  ");
    }
    out.println(line.toString().stripTrailing());
  }

  private static String millis(double nanos) {
    return format("%.3f", nanos / NANOS_PER_MILLI);
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
