package io.pantala.server.http;

import io.pantala.server.info.ServerFigures;
import io.pantala.server.info.ServerFigures.ShardFigures;
import java.util.Locale;

/// The figures of the status page as JSON: numbers, and one text that needs no escapes. Counters
/// count from the start of the server; whoever wants a rate takes the difference of two answers.
final class StatusJson {
  private final StringBuilder out = new StringBuilder(1024);

  private StatusJson() {}

  static String of(ServerFigures figures) {
    StatusJson json = new StatusJson();
    json.out.append("{\"version\":\"").append(figures.version()).append('"');
    json.server(figures);
    json.memory(figures);
    json.shards(figures);
    return json.out.append("}\n").toString();
  }

  private void server(ServerFigures figures) {
    long keys = 0;
    long expiring = 0;
    for (int db = 0; db < figures.databases(); db++) {
      keys += figures.keys(db);
      expiring += figures.expiringKeys(db);
    }
    add("uptime_seconds", figures.uptimeSeconds());
    add("ops_per_second", Math.round(figures.load().commandsPerSecond()));
    add("input_bytes_per_second", Math.round(figures.load().inputBytesPerSecond()));
    add("output_bytes_per_second", Math.round(figures.load().outputBytesPerSecond()));
    add("commands", figures.commands());
    add("keyspace_hits", figures.hits());
    add("keyspace_misses", figures.misses());
    add("expired_keys", figures.expired());
    add("keys", keys);
    add("expiring_keys", expiring);
    add("clients", figures.clients());
    add("max_clients", figures.maxClients());
  }

  private void memory(ServerFigures figures) {
    out.append(",\"memory\":{\"data\":").append(figures.dataBytes());
    add("tables", figures.tableBytes());
    add("free", figures.freeBytes());
    add("buffers", figures.bufferBytes());
    add("heap", figures.heapBytes());
    add("peak", figures.peakBytes());
    add("max", figures.maxMemoryBytes());
    add("resident", figures.residentBytes());
    out.append('}');
  }

  private void shards(ServerFigures figures) {
    out.append(",\"shards\":[");
    for (int i = 0; i < figures.shards(); i++) {
      ShardFigures shard = figures.shard(i);
      out.append(i == 0 ? "" : ",").append("{\"keys\":").append(shard.keys());
      add("memory", shard.memoryBytes());
      add("commands", shard.commands());
      out.append(String.format(Locale.ROOT, ",\"cpu_seconds\":%.2f}", shard.cpuSeconds()));
    }
    out.append(']');
  }

  private void add(String name, long value) {
    out.append(",\"").append(name).append("\":").append(value);
  }
}
