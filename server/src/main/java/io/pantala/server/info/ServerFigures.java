package io.pantala.server.info;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.Version;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.shard.LoadMonitor;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.ThreadStats;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The figures of the whole server as numbers, for metrics and the status page. Read as the shards
/// left them, at the moment of each call; any thread.
public final class ServerFigures {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ShardThreads shards;
  private final ShardCpu cpu;

  public ServerFigures(ShardThreads shards) {
    this.shards = shards;
    this.cpu = new ShardCpu(shards.size());
  }

  /// What one shard holds and has done.
  ///
  /// @param memoryBytes of data and tables
  /// @param commands that its clients sent
  /// @param cpuSeconds that its thread has used
  public record ShardFigures(
      int index, long keys, long memoryBytes, long commands, double cpuSeconds) {}

  public String version() {
    return Version.TEXT;
  }

  public long uptimeSeconds() {
    return shards.life().uptimeSeconds();
  }

  public LoadMonitor load() {
    return shards.load();
  }

  public int databases() {
    return shards.config().databases();
  }

  public int shards() {
    return shards.size();
  }

  public ShardFigures shard(int index) {
    ShardThread thread = shards.threads().get(index);
    long keys = 0;
    for (int db = 0; db < databases(); db++) {
      keys += KeyspaceSize.of(List.of(thread), db).keys();
    }
    return new ShardFigures(
        index,
        keys,
        thread.stats().dataBytes() + thread.stats().tableBytes(),
        thread.stats().commands(),
        cpu.seconds(index));
  }

  public long keys(int db) {
    return KeyspaceSize.of(shards.threads(), db).keys();
  }

  public long expiringKeys(int db) {
    return KeyspaceSize.of(shards.threads(), db).expiring();
  }

  public long commands() {
    return Sums.of(shards, ThreadStats::commands);
  }

  public long inputBytes() {
    return Sums.of(shards, ThreadStats::inputBytes);
  }

  public long outputBytes() {
    return Sums.of(shards, ThreadStats::outputBytes);
  }

  public long hits() {
    return Sums.keyspace(shards, stats -> stats.hits);
  }

  public long misses() {
    return Sums.keyspace(shards, stats -> stats.misses);
  }

  public long expired() {
    return Sums.keyspace(shards, stats -> stats.expired);
  }

  public long evicted() {
    return Sums.keyspace(shards, stats -> stats.evicted);
  }

  public int clients() {
    return shards.clients();
  }

  public int maxClients() {
    return shards.live().maxClients();
  }

  public long acceptedClients() {
    return shards.acceptedClients();
  }

  public long rejectedClients() {
    return shards.rejectedClients();
  }

  /// Bytes of keys and values.
  public long dataBytes() {
    return Sums.of(shards, ThreadStats::dataBytes);
  }

  /// Bytes of the tables that find them.
  public long tableBytes() {
    return Sums.of(shards, ThreadStats::tableBytes);
  }

  /// Bytes that the shards hold from the system and that nothing uses now.
  public long freeBytes() {
    return Math.max(0, Sums.of(shards, ThreadStats::mappedBytes) - dataBytes() - tableBytes());
  }

  /// Bytes of requests and replies on their way.
  public long bufferBytes() {
    return NativeBuffer.allBytes();
  }

  public long heapBytes() {
    Runtime heap = Runtime.getRuntime();
    return heap.totalMemory() - heap.freeMemory();
  }

  /// Bytes of data and tables that there may be; 0 for no limit.
  public long maxMemoryBytes() {
    return shards.memoryLimit().maxBytes();
  }

  public long peakBytes() {
    return shards.load().peakBytes();
  }

  /// Resident bytes of the process; 0 where the system does not say.
  public long residentBytes() {
    return ProcessFigures.residentBytes().orElse(0);
  }

  public Collection<CommandSpec> commandRows() {
    return shards.commands().rows();
  }

  public long calls(CommandSpec spec) {
    return Sums.of(shards, t -> t.byCommand().calls(spec));
  }

  /// Time that calls of a row took.
  public double seconds(CommandSpec spec) {
    return Sums.of(shards, t -> t.byCommand().nanos(spec)) / NANOS_PER_SECOND;
  }

  /// The time that this part of a row's calls, 0 to 1, did not exceed.
  public double latencySeconds(CommandSpec spec, double quantile) {
    return CommandInfo.latency(shards, spec).percentile(100 * quantile) / NANOS_PER_SECOND;
  }

  /// How many replies were errors, by code.
  public Map<String, Long> errors() {
    Map<String, Long> sums = new TreeMap<>();
    for (ShardThread thread : shards.threads()) {
      thread.stats().byCommand().errors().addTo(sums);
    }
    return sums;
  }
}
