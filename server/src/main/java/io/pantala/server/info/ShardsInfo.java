package io.pantala.server.info;

import io.pantala.core.db.Database;
import io.pantala.server.shard.Shard;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.ThreadStats;

/// The section of INFO about each shard, which redis-server does not have.
final class ShardsInfo {
  private ShardsInfo() {}

  static void write(ShardThreads shards, InfoText text) {
    text.section("Shards");
    for (ShardThread thread : shards.threads()) {
      ThreadStats stats = thread.stats();
      text.add(
          "shard" + thread.index(),
          "keys="
              + keys(thread.shard())
              + ",commands="
              + stats.commands()
              + ",used_memory="
              + (stats.dataBytes() + stats.tableBytes())
              + ",mapped_memory="
              + stats.mappedBytes()
              + ",hits="
              + thread.shard().stats().hits
              + ",misses="
              + thread.shard().stats().misses
              + ",net_input_bytes="
              + stats.inputBytes()
              + ",net_output_bytes="
              + stats.outputBytes());
    }
  }

  private static long keys(Shard shard) {
    long keys = 0;
    for (int i = 0; i < shard.databaseCount(); i++) {
      Database db = shard.peek(i);
      keys += db == null ? 0 : db.size();
    }
    return keys;
  }
}
