package io.pantala.server.info;

import io.pantala.server.shard.LoadMonitor;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.ThreadStats;
import java.util.concurrent.TimeUnit;

/// The section of INFO about what was done so far.
final class StatsInfo {
  private StatsInfo() {}

  static void write(ShardThreads shards, InfoText text) {
    text.section("Stats");
    traffic(shards, text);
    keys(shards, text);
    text.add("pubsub_channels", 0);
    text.add("pubsub_patterns", 0);
    text.add("latest_fork_usec", 0);
    text.add("total_forks", 0);
    text.add("migrate_cached_sockets", 0);
    text.add("slave_expires_tracked_keys", 0);
    long compaction = Sums.of(shards, ThreadStats::compactionNanos);
    text.add("total_active_defrag_time", TimeUnit.NANOSECONDS.toMillis(compaction));
    text.add("tracking_total_keys", 0);
    text.add("tracking_total_items", 0);
    text.add("tracking_total_prefixes", 0);
    text.add("total_error_replies", Sums.of(shards, t -> t.byCommand().errors().total()));
    text.add("total_reads_processed", Sums.of(shards, ThreadStats::reads));
    text.add("total_writes_processed", Sums.of(shards, ThreadStats::writes));
  }

  private static void traffic(ShardThreads shards, InfoText text) {
    LoadMonitor load = shards.load();
    text.add("total_connections_received", shards.acceptedClients());
    text.add("total_commands_processed", Sums.of(shards, ThreadStats::commands));
    text.add("instantaneous_ops_per_sec", Math.round(load.commandsPerSecond()));
    text.add("total_net_input_bytes", Sums.of(shards, ThreadStats::inputBytes));
    text.add("total_net_output_bytes", Sums.of(shards, ThreadStats::outputBytes));
    text.add("total_net_repl_input_bytes", 0);
    text.add("total_net_repl_output_bytes", 0);
    text.addDecimal("instantaneous_input_kbps", load.inputBytesPerSecond() / 1024, 2);
    text.addDecimal("instantaneous_output_kbps", load.outputBytesPerSecond() / 1024, 2);
    text.addDecimal("instantaneous_input_repl_kbps", 0, 2);
    text.addDecimal("instantaneous_output_repl_kbps", 0, 2);
    text.add("rejected_connections", shards.rejectedClients());
    text.add("sync_full", 0);
    text.add("sync_partial_ok", 0);
    text.add("sync_partial_err", 0);
  }

  private static void keys(ShardThreads shards, InfoText text) {
    text.add("expired_keys", Sums.keyspace(shards, stats -> stats.expired));
    long expiry = Sums.of(shards, ThreadStats::expiryNanos);
    text.add("expire_cycle_cpu_milliseconds", TimeUnit.NANOSECONDS.toMillis(expiry));
    text.add("evicted_keys", Sums.keyspace(shards, stats -> stats.evicted));
    text.add("evicted_clients", 0);
    text.add("keyspace_hits", Sums.keyspace(shards, stats -> stats.hits));
    text.add("keyspace_misses", Sums.keyspace(shards, stats -> stats.misses));
  }
}
