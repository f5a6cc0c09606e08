package io.pantala.server.info;

import io.pantala.core.db.KeyspaceStats;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.Version;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.shard.LoadMonitor;
import io.pantala.server.shard.ServerLife;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/// The report of INFO: names and order are those of redis-server, every figure is real; what there
/// is none of is not in it. Shards are not asked: what they count is read as they left it, so a
/// client sees all that was answered to it before.
///
/// `redis_version` is the version whose behaviour clients may expect, `pantala_version` what runs.
public final class InfoReport {
  private static final String ALL = "all";
  private static final String EVERYTHING = "everything";
  private static final String DEFAULT = "default";

  private static final Map<String, BiConsumer<InfoReport, InfoText>> SECTIONS = sections();

  private final ShardThreads shards;

  public InfoReport(ShardThreads shards) {
    this.shards = shards;
  }

  private static Map<String, BiConsumer<InfoReport, InfoText>> sections() {
    Map<String, BiConsumer<InfoReport, InfoText>> sections = new LinkedHashMap<>();
    sections.put("server", InfoReport::server);
    sections.put("clients", InfoReport::clients);
    sections.put("memory", InfoReport::memory);
    sections.put("stats", InfoReport::stats);
    sections.put("replication", InfoReport::replication);
    sections.put("cpu", InfoReport::cpu);
    sections.put("keyspace", InfoReport::keyspace);
    return sections;
  }

  /// The sections of these names, in any case; all of them for none. Unknown names are passed over.
  public String text(List<String> names) {
    List<String> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(name.toLowerCase(Locale.ROOT));
    }
    boolean all =
        wanted.isEmpty()
            || wanted.contains(ALL)
            || wanted.contains(EVERYTHING)
            || wanted.contains(DEFAULT);
    InfoText text = new InfoText();
    SECTIONS.forEach(
        (name, section) -> {
          if (all || wanted.contains(name)) {
            section.accept(this, text);
          }
        });
    return text.toString();
  }

  private void server(InfoText text) {
    ServerConfig config = shards.config();
    ServerLife life = shards.life();
    text.section("Server");
    text.add("redis_version", Version.REDIS);
    text.add("pantala_version", Version.TEXT);
    text.add("redis_mode", "standalone");
    text.add("os", osName());
    text.add("arch_bits", Integer.toString(Long.SIZE));
    text.add("java_version", Runtime.version().toString());
    text.add("process_id", ProcessHandle.current().pid());
    text.add("run_id", life.runId());
    text.add("tcp_port", life.port());
    Instant now = Instant.now();
    text.add(
        "server_time_usec",
        TimeUnit.SECONDS.toMicros(now.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(now.getNano()));
    text.add("uptime_in_seconds", life.uptimeSeconds());
    text.add("uptime_in_days", TimeUnit.SECONDS.toDays(life.uptimeSeconds()));
    text.add("hz", config.hz());
    text.add("configured_hz", config.hz());
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

  private void clients(InfoText text) {
    text.section("Clients");
    text.add("connected_clients", shards.clients());
    text.add("maxclients", shards.live().maxClients());
    text.add("blocked_clients", 0);
  }

  private void memory(InfoText text) {
    LoadMonitor load = shards.load();
    long tables = sum(thread -> thread.stats().tableBytes());
    long data = sum(thread -> thread.stats().dataBytes());
    // Not the monitor's own figure, which is of another moment than these two.
    long used = tables + data;
    long peak = Math.max(used, load.peakBytes());
    OptionalLong resident = ProcessFigures.residentBytes();
    text.section("Memory");
    text.addBytes("used_memory", used);
    resident.ifPresent(bytes -> text.addBytes("used_memory_rss", bytes));
    text.addBytes("used_memory_peak", peak);
    text.addPercent("used_memory_peak_perc", used, peak);
    text.add("used_memory_overhead", tables);
    text.add("used_memory_dataset", data);
    text.addPercent("used_memory_dataset_perc", data, used);
    text.add("allocator_allocated", used);
    text.add("allocator_active", sum(thread -> thread.stats().mappedBytes()));
    ProcessFigures.machineBytes().ifPresent(bytes -> text.addBytes("total_system_memory", bytes));
    text.addBytes("maxmemory", shards.memoryLimit().maxBytes());
    text.add("maxmemory_policy", "noeviction");
    resident.ifPresent(bytes -> addFragmentation(text, bytes, used));
    text.add("mem_clients_normal", NativeBuffer.allBytes());
    text.add("mem_allocator", "pantala");
    Runtime heap = Runtime.getRuntime();
    text.add("java_heap_used", heap.totalMemory() - heap.freeMemory());
    text.add("java_heap_committed", heap.totalMemory());
  }

  private static void addFragmentation(InfoText text, long resident, long used) {
    text.addDecimal("mem_fragmentation_ratio", used == 0 ? 0 : (double) resident / used, 2);
    text.add("mem_fragmentation_bytes", resident - used);
  }

  private void stats(InfoText text) {
    LoadMonitor load = shards.load();
    text.section("Stats");
    text.add("total_connections_received", shards.acceptedClients());
    text.add("total_commands_processed", sum(thread -> thread.stats().commands()));
    text.add("instantaneous_ops_per_sec", Math.round(load.commandsPerSecond()));
    text.add("total_net_input_bytes", sum(thread -> thread.stats().inputBytes()));
    text.add("total_net_output_bytes", sum(thread -> thread.stats().outputBytes()));
    text.addDecimal("instantaneous_input_kbps", load.inputBytesPerSecond() / 1024, 2);
    text.addDecimal("instantaneous_output_kbps", load.outputBytesPerSecond() / 1024, 2);
    text.add("rejected_connections", shards.rejectedClients());
    text.add("expired_keys", sumKeyspace(stats -> stats.expired));
    text.add("evicted_keys", sumKeyspace(stats -> stats.evicted));
    text.add("keyspace_hits", sumKeyspace(stats -> stats.hits));
    text.add("keyspace_misses", sumKeyspace(stats -> stats.misses));
  }

  private void replication(InfoText text) {
    text.section("Replication");
    text.add("role", "master");
    text.add("connected_slaves", 0);
  }

  private void cpu(InfoText text) {
    text.section("CPU");
    ProcessFigures.systemSeconds().ifPresent(s -> text.addDecimal("used_cpu_sys", s, 6));
    ProcessFigures.userSeconds().ifPresent(s -> text.addDecimal("used_cpu_user", s, 6));
  }

  private void keyspace(InfoText text) {
    text.section("Keyspace");
    for (int i = 0; i < shards.config().databases(); i++) {
      KeyspaceSize size = KeyspaceSize.of(shards.threads(), i);
      if (size.keys() > 0) {
        text.add("db" + i, size.toString());
      }
    }
  }

  private long sum(ToLongFunction<ShardThread> figure) {
    return shards.threads().stream().mapToLong(figure).sum();
  }

  private long sumKeyspace(ToLongFunction<KeyspaceStats> figure) {
    return sum(thread -> figure.applyAsLong(thread.shard().stats()));
  }
}
