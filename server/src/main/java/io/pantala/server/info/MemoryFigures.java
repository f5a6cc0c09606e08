package io.pantala.server.info;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.ThreadStats;
import java.util.OptionalLong;

/// Where the memory is, in bytes, as of the shards' last beats.
///
/// @param data keys and values
/// @param tables what finds them
/// @param peak the most that data and tables ever were
/// @param mapped what the shards hold from the system, free blocks included
/// @param buffers of clients
/// @param resident of the process; empty where the system does not tell
public record MemoryFigures(
    long data, long tables, long peak, long mapped, long buffers, OptionalLong resident) {
  public static MemoryFigures of(ShardThreads shards) {
    long tables = Sums.of(shards, ThreadStats::tableBytes);
    long data = Sums.of(shards, ThreadStats::dataBytes);
    // Not the monitor's own figure, which is of another moment than these two.
    long used = tables + data;
    return new MemoryFigures(
        data,
        tables,
        Math.max(used, shards.load().peakBytes()),
        Sums.of(shards, ThreadStats::mappedBytes),
        NativeBuffer.allBytes(),
        ProcessFigures.residentBytes());
  }

  /// Data and tables: what the memory limit bounds.
  public long used() {
    return data + tables;
  }

  /// How much of `whole` is `part`; 0 of nothing.
  public static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
