package io.pantala.server.info;

import io.pantala.server.Version;
import io.pantala.server.shard.ServerLife;
import io.pantala.server.shard.ShardThreads;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Sections of INFO about the server as a whole: who it is, its clients, its keys.
///
/// `redis_version` is the version whose behaviour clients may expect, `pantala_version` what runs.
final class ServerInfo {
  private ServerInfo() {}

  static void server(ShardThreads shards, InfoText text) {
    ServerLife life = shards.life();
    text.section("Server");
    text.add("redis_version", Version.REDIS);
    text.add("pantala_version", Version.TEXT);
    text.add("redis_mode", "standalone");
    text.add("os", osName());
    text.add("arch_bits", Integer.toString(Long.SIZE));
    text.add("multiplexing_api", life.io());
    text.add("java_version", Runtime.version().toString());
    text.add("process_id", ProcessHandle.current().pid());
    text.add("process_supervised", "no");
    text.add("run_id", life.runId());
    text.add("tcp_port", life.port());
    Instant now = Instant.now();
    text.add(
        "server_time_usec",
        TimeUnit.SECONDS.toMicros(now.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(now.getNano()));
    text.add("uptime_in_seconds", life.uptimeSeconds());
    text.add("uptime_in_days", TimeUnit.SECONDS.toDays(life.uptimeSeconds()));
    text.add("hz", shards.live().hz());
    text.add("configured_hz", shards.live().hz());
    text.add("executable", ProcessFigures.executable());
    text.add("io_threads_active", shards.size() > 1 ? 1 : 0);
    text.add("shards", shards.size());
  }

  /// As `uname` has it: `Linux 6.1.0 x86_64`.
  private static String osName() {
    String arch = System.getProperty("os.arch", "");
    return System.getProperty("os.name", "")
        + " "
        + System.getProperty("os.version", "")
        + " "
        + (arch.equals("amd64") ? "x86_64" : arch);
  }

  static void clients(ShardThreads shards, InfoText text) {
    text.section("Clients");
    text.add("connected_clients", shards.clients());
    text.add("cluster_connections", 0);
    text.add("maxclients", shards.live().maxClients());
    text.add("blocked_clients", 0);
    text.add("tracking_clients", 0);
    text.add("clients_in_timeout_table", 0);
  }

  static void replication(ShardThreads shards, InfoText text) {
    text.section("Replication");
    text.add("role", "master");
    text.add("connected_slaves", 0);
    text.add("master_failover_state", "no-failover");
    text.add("master_repl_offset", 0);
    text.add("repl_backlog_active", 0);
    text.add("repl_backlog_size", 0);
    text.add("repl_backlog_first_byte_offset", 0);
    text.add("repl_backlog_histlen", 0);
  }

  static void cpu(ShardThreads shards, InfoText text) {
    text.section("CPU");
    ProcessFigures.systemSeconds().ifPresent(s -> text.addDecimal("used_cpu_sys", s, 6));
    ProcessFigures.userSeconds().ifPresent(s -> text.addDecimal("used_cpu_user", s, 6));
    text.addDecimal("used_cpu_sys_children", 0, 6);
    text.addDecimal("used_cpu_user_children", 0, 6);
  }

  static void cluster(ShardThreads shards, InfoText text) {
    text.section("Cluster");
    text.add("cluster_enabled", 0);
  }

  static void keyspace(ShardThreads shards, InfoText text) {
    text.section("Keyspace");
    for (int i = 0; i < shards.config().databases(); i++) {
      KeyspaceSize size = KeyspaceSize.of(shards.threads(), i);
      if (size.keys() > 0) {
        text.add("db" + i, size.toString());
      }
    }
  }
}
