package io.pantala.server.info;

import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.ThreadStats;
import java.util.Locale;

/// What MEMORY DOCTOR says and MEMORY MALLOC-STATS lists. Any thread.
public final class MemoryReport {
  /// With less data than this there is nothing to judge.
  private static final long LEAST_DATA_BYTES = 5 << 20;

  /// Memory that is held beyond the data, as a share of it, from which on it is worth a word.
  private static final double HIGH_FRAGMENTATION = 1.4;

  /// A peak that is so many times what is in use now.
  private static final double HIGH_PEAK = 1.5;

  /// Buffers of clients as a share of the data.
  private static final double HIGH_BUFFERS = 0.25;

  private MemoryReport() {}

  /// What stands out, and what may help.
  public static String advice(MemoryFigures memory) {
    if (memory.used() < LEAST_DATA_BYTES) {
      return "There is hardly any data yet, so there is nothing to say about its memory.\n";
    }
    StringBuilder text = new StringBuilder();
    double fragmentation = MemoryFigures.ratio(memory.mapped(), memory.used());
    if (fragmentation > HIGH_FRAGMENTATION) {
      text.append(
              String.format(
                  Locale.ROOT,
                  "- The shards hold %.2f times the memory of their data. After deletions this goes down by"
                      + " itself; MEMORY PURGE starts that now.",
                  fragmentation))
          .append('\n');
    }
    if (MemoryFigures.ratio(memory.peak(), memory.used()) > HIGH_PEAK) {
      text.append(
              String.format(
                  Locale.ROOT,
                  "- At its peak the data took %s, now it takes %s.",
                  InfoText.human(memory.peak()),
                  InfoText.human(memory.used())))
          .append('\n');
    }
    if (MemoryFigures.ratio(memory.buffers(), memory.used()) > HIGH_BUFFERS) {
      text.append(
              String.format(
                  Locale.ROOT,
                  "- Buffers of clients take %s: some send large requests or do not read their replies.",
                  InfoText.human(memory.buffers())))
          .append('\n');
    }
    return text.isEmpty() ? "The memory is in good order.\n" : "This stands out:\n" + text;
  }

  /// The allocator of each shard.
  public static String allocators(ShardThreads shards) {
    StringBuilder text = new StringBuilder();
    text.append(
            String.format(
                Locale.ROOT,
                "%-8s %15s %15s %15s %15s",
                "shard",
                "data",
                "tables",
                "held",
                "free of that"))
        .append('\n');
    for (ShardThread thread : shards.threads()) {
      ThreadStats stats = thread.stats();
      long used = stats.dataBytes() + stats.tableBytes();
      text.append(
              String.format(
                  Locale.ROOT,
                  "%-8d %15d %15d %15d %15d",
                  thread.index(),
                  stats.dataBytes(),
                  stats.tableBytes(),
                  stats.mappedBytes(),
                  stats.mappedBytes() - used))
          .append('\n');
    }
    text.append("Bytes, as of the shards' last beats.\n");
    return text.toString();
  }
}
