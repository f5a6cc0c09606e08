package io.pantala.server.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pantala.server.info.ServerFigures;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// What Prometheus scrapes. Names are those that Dragonfly's dashboard reads where the meaning is
/// the same; what has no counterpart there begins with `pantala_`. Owner: the thread that makes
/// slow pages.
///
/// Made at the first scrape: who scrapes nothing starts without Micrometer.
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final ServerFigures figures;
  private final CommandMetrics commands;
  private final Set<Integer> knownDatabases = new HashSet<>();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Metrics(ServerFigures figures) {
    this.figures = figures;
    this.commands = new CommandMetrics(figures);
    registerServer(registry);
    registerMemory(registry);
    registerTraffic(registry);
    registerShards(registry);
  }

  String scrape() {
    registerDatabases(registry);
    commands.registerNew(registry);
    return registry.scrape(TYPE);
  }

  private void registerServer(PrometheusMeterRegistry to) {
    Gauge.builder("dragonfly_version", () -> 1)
        .tags(Tags.of("version", "pantala-" + figures.version()))
        .description("The version that runs")
        .register(to);
    gauge(to, "dragonfly_uptime_in_seconds", "Since the start", ServerFigures::uptimeSeconds);
    gauge(to, "dragonfly_connected_clients", "Connections now", ServerFigures::clients);
    gauge(to, "dragonfly_max_clients", "Connections at most", ServerFigures::maxClients);
    counter(
        to,
        "dragonfly_connections_received",
        "Connections ever served",
        ServerFigures::acceptedClients);
    counter(
        to,
        "dragonfly_rejected_connections",
        "Connections sent away as there were too many",
        ServerFigures::rejectedClients);
  }

  private void registerMemory(PrometheusMeterRegistry to) {
    gauge(
        to, "dragonfly_memory_used_bytes", "Data and tables", f -> f.dataBytes() + f.tableBytes());
    gauge(
        to, "dragonfly_memory_max_bytes", "Limit of it; 0 for none", ServerFigures::maxMemoryBytes);
    gauge(to, "dragonfly_used_memory_peak_bytes", "Most that it was", ServerFigures::peakBytes);
    if (figures.residentBytes() > 0) {
      gauge(
          to,
          "dragonfly_used_memory_rss_bytes",
          "Resident memory of the process",
          ServerFigures::residentBytes);
    }
    part(to, "data", ServerFigures::dataBytes);
    part(to, "tables", ServerFigures::tableBytes);
    part(to, "free", ServerFigures::freeBytes);
    part(to, "buffers", ServerFigures::bufferBytes);
    part(to, "heap", ServerFigures::heapBytes);
  }

  private void part(
      PrometheusMeterRegistry to, String part, ToDoubleFunction<ServerFigures> figure) {
    Gauge.builder("pantala_memory_part_bytes", figures, figure)
        .tags("part", part)
        .description("Memory by use")
        .register(to);
  }

  private void registerTraffic(PrometheusMeterRegistry to) {
    counter(to, "dragonfly_commands_processed", "Commands run", ServerFigures::commands);
    counter(to, "dragonfly_keyspace_hits", "Keys found", ServerFigures::hits);
    counter(to, "dragonfly_keyspace_misses", "Keys not found", ServerFigures::misses);
    counter(to, "dragonfly_expired_keys", "Keys whose time had passed", ServerFigures::expired);
    counter(to, "dragonfly_evicted_keys", "Keys that had to make room", ServerFigures::evicted);
    counter(to, "dragonfly_net_input_bytes", "Read from clients", ServerFigures::inputBytes);
    counter(to, "dragonfly_net_output_bytes", "Sent to clients", ServerFigures::outputBytes);
  }

  private void registerShards(PrometheusMeterRegistry to) {
    for (int i = 0; i < figures.shards(); i++) {
      int shard = i;
      Tags tags = Tags.of("shard", Integer.toString(i));
      Gauge.builder("pantala_shard_keys", figures, f -> f.shard(shard).keys())
          .tags(tags)
          .description("Keys of each shard")
          .register(to);
      Gauge.builder("pantala_shard_memory_used_bytes", figures, f -> f.shard(shard).memoryBytes())
          .tags(tags)
          .description("Data and tables of each shard")
          .register(to);
      FunctionCounter.builder("pantala_shard_commands", figures, f -> f.shard(shard).commands())
          .tags(tags)
          .description("Commands of the clients of each shard's thread")
          .register(to);
      FunctionCounter.builder(
              "pantala_shard_cpu_seconds", figures, f -> f.shard(shard).cpuSeconds())
          .tags(tags)
          .description("CPU time of each shard's thread")
          .register(to);
    }
  }

  /// Database 0, and each other one from when it first has a key.
  private void registerDatabases(PrometheusMeterRegistry to) {
    for (int db = 0; db < figures.databases(); db++) {
      if ((db == 0 || figures.keys(db) > 0) && knownDatabases.add(db)) {
        int number = db;
        Tags tags = Tags.of("db", "db" + db);
        Gauge.builder("dragonfly_db_keys", figures, f -> f.keys(number))
            .tags(tags)
            .description("Keys of each database")
            .register(to);
        Gauge.builder("dragonfly_db_keys_expiring", figures, f -> f.expiringKeys(number))
            .tags(tags)
            .description("Keys with a deadline of each database")
            .register(to);
      }
    }
  }

  private void gauge(
      PrometheusMeterRegistry to,
      String name,
      String description,
      ToDoubleFunction<ServerFigures> figure) {
    Gauge.builder(name, figures, figure).description(description).register(to);
  }

  /// Prometheus sees it with `_total` behind its name.
  private void counter(
      PrometheusMeterRegistry to,
      String name,
      String description,
      ToDoubleFunction<ServerFigures> figure) {
    FunctionCounter.builder(name, figures, figure).description(description).register(to);
  }
}
