package io.pantala.server.info;

import io.pantala.server.command.CommandSpec;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.stats.LatencyHistogram;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Sections of INFO about single commands: how often, how long, with which errors. Any thread.
public final class CommandInfo {
  private CommandInfo() {}

  static void calls(ShardThreads shards, InfoText text) {
    text.section("Commandstats");
    for (CommandSpec spec : shards.commands().rows()) {
      long calls = Sums.of(shards, t -> t.byCommand().calls(spec));
      long rejected = Sums.of(shards, t -> t.byCommand().rejected(spec));
      long failed = Sums.of(shards, t -> t.byCommand().failed(spec));
      if (calls > 0 || rejected > 0 || failed > 0) {
        long nanos = Sums.of(shards, t -> t.byCommand().nanos(spec));
        double micros = nanos / (double) TimeUnit.MICROSECONDS.toNanos(1);
        text.add(
            "cmdstat_" + spec.name(),
            String.format(
                Locale.ROOT,
                "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d",
                calls,
                (long) micros,
                calls == 0 ? 0 : micros / calls,
                rejected,
                failed));
      }
    }
  }

  static void errors(ShardThreads shards, InfoText text) {
    text.section("Errorstats");
    Map<String, Long> sums = new TreeMap<>();
    for (ShardThread thread : shards.threads()) {
      thread.stats().byCommand().errors().addTo(sums);
    }
    sums.forEach((code, count) -> text.add("errorstat_" + code, "count=" + count));
  }

  static void latencies(ShardThreads shards, InfoText text) {
    text.section("Latencystats");
    if (!shards.watch().isTracking()) {
      return;
    }
    for (CommandSpec spec : shards.commands().rows()) {
      LatencyHistogram latency = latency(shards, spec);
      if (latency.count() > 0) {
        StringBuilder line = new StringBuilder();
        for (String percent : shards.watch().percentiles()) {
          double micros =
              latency.percentile(Double.parseDouble(percent))
                  / (double) TimeUnit.MICROSECONDS.toNanos(1);
          line.append(line.isEmpty() ? "p" : ",p").append(percent);
          line.append(String.format(Locale.ROOT, "=%.3f", micros));
        }
        text.add("latency_percentiles_usec_" + spec.name(), line.toString());
      }
    }
  }

  /// The times that calls of a row took, on all threads.
  public static LatencyHistogram latency(ShardThreads shards, CommandSpec spec) {
    LatencyHistogram sum = new LatencyHistogram();
    for (ShardThread thread : shards.threads()) {
      thread.stats().byCommand().addLatency(spec, sum);
    }
    return sum;
  }
}
