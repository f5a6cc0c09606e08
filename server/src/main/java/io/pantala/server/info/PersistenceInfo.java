package io.pantala.server.info;

import io.pantala.server.command.CommandFlag;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.shard.ShardThreads;

/// The section of INFO about persistence: nothing was ever saved. As in redis-server the time of
/// the last save is then that of the start.
final class PersistenceInfo {
  private PersistenceInfo() {}

  static void write(ShardThreads shards, InfoText text) {
    text.section("Persistence");
    text.add("loading", 0);
    text.add("async_loading", 0);
    text.add("rdb_changes_since_last_save", writes(shards));
    text.add("rdb_bgsave_in_progress", 0);
    text.add("rdb_last_save_time", shards.life().startedAtS());
    text.add("rdb_last_bgsave_status", "ok");
    text.add("rdb_last_bgsave_time_sec", -1);
    text.add("rdb_current_bgsave_time_sec", -1);
    text.add("rdb_saves", 0);
    text.add("rdb_last_cow_size", 0);
    text.add("rdb_last_load_keys_expired", 0);
    text.add("rdb_last_load_keys_loaded", 0);
    text.add("aof_enabled", 0);
    text.add("aof_rewrite_in_progress", 0);
    text.add("aof_rewrite_scheduled", 0);
    text.add("aof_last_rewrite_time_sec", -1);
    text.add("aof_current_rewrite_time_sec", -1);
    text.add("aof_last_bgrewrite_status", "ok");
    text.add("aof_last_write_status", "ok");
    text.add("aof_last_cow_size", 0);
  }

  /// Writing commands that answered without an error.
  private static long writes(ShardThreads shards) {
    long sum = 0;
    for (CommandSpec spec : shards.commands().rows()) {
      if (spec.has(CommandFlag.WRITE)) {
        sum += Sums.of(shards, t -> t.byCommand().calls(spec) - t.byCommand().failed(spec));
      }
    }
    return sum;
  }
}
