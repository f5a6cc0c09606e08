package io.pantala.server.info;

import io.pantala.core.db.KeyspaceStats;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.Version;
import io.pantala.server.shard.LoadMonitor;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import java.util.List;
import java.util.function.ToLongFunction;

/// The figures of the whole server as numbers, for metrics and the status page. Read as the shards
/// left them, at the moment of each call; any thread.
public final class ServerFigures {
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
    return sum(thread -> thread.stats().commands());
  }

  public long inputBytes() {
    return sum(thread -> thread.stats().inputBytes());
  }

  public long outputBytes() {
    return sum(thread -> thread.stats().outputBytes());
  }

  public long hits() {
    return sumKeyspace(stats -> stats.hits);
  }

  public long misses() {
    return sumKeyspace(stats -> stats.misses);
  }

  public long expired() {
    return sumKeyspace(stats -> stats.expired);
  }

  public long evicted() {
    return sumKeyspace(stats -> stats.evicted);
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
    return sum(thread -> thread.stats().dataBytes());
  }

  /// Bytes of the tables that find them.
  public long tableBytes() {
    return sum(thread -> thread.stats().tableBytes());
  }

  /// Bytes that the shards hold from the system and that nothing uses now.
  public long freeBytes() {
    return Math.max(0, sum(thread -> thread.stats().mappedBytes()) - dataBytes() - tableBytes());
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

  private long sum(ToLongFunction<ShardThread> figure) {
    return shards.threads().stream().mapToLong(figure).sum();
  }

  private long sumKeyspace(ToLongFunction<KeyspaceStats> figure) {
    return sum(thread -> figure.applyAsLong(thread.shard().stats()));
  }
}
