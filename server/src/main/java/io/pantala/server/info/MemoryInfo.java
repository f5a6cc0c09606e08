package io.pantala.server.info;

import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.ThreadStats;

/// The section of INFO about memory.
final class MemoryInfo {
  private MemoryInfo() {}

  static void write(ShardThreads shards, InfoText text) {
    MemoryFigures memory = MemoryFigures.of(shards);
    long used = memory.used();
    text.section("Memory");
    text.addBytes("used_memory", used);
    memory.resident().ifPresent(bytes -> text.addBytes("used_memory_rss", bytes));
    text.addBytes("used_memory_peak", memory.peak());
    text.addPercent("used_memory_peak_perc", used, memory.peak());
    text.add("used_memory_overhead", memory.tables());
    text.add("used_memory_dataset", memory.data());
    text.addPercent("used_memory_dataset_perc", memory.data(), used);
    text.add("allocator_allocated", used);
    text.add("allocator_active", memory.mapped());
    ProcessFigures.machineBytes().ifPresent(bytes -> text.addBytes("total_system_memory", bytes));
    text.add("used_memory_lua", 0);
    text.add("used_memory_lua_human", "0B");
    text.add("used_memory_scripts_eval", 0);
    text.add("number_of_cached_scripts", 0);
    text.add("number_of_functions", 0);
    text.add("number_of_libraries", 0);
    text.addBytes("maxmemory", shards.memoryLimit().maxBytes());
    text.add("maxmemory_policy", "noeviction");
    text.addDecimal("allocator_frag_ratio", MemoryFigures.ratio(memory.mapped(), used), 2);
    text.add("allocator_frag_bytes", memory.mapped() - used);
    memory.resident().ifPresent(bytes -> addFragmentation(text, bytes, used));
    text.add("mem_not_counted_for_evict", 0);
    text.add("mem_replication_backlog", 0);
    text.add("mem_total_replication_buffers", 0);
    text.add("mem_clients_slaves", 0);
    text.add("mem_clients_normal", memory.buffers());
    text.add("mem_cluster_links", 0);
    text.add("mem_aof_buffer", 0);
    text.add("mem_allocator", "pantala");
    text.add("lazyfree_pending_objects", Sums.of(shards, ThreadStats::unfreedKeys));
    Runtime heap = Runtime.getRuntime();
    text.add("java_heap_used", heap.totalMemory() - heap.freeMemory());
    text.add("java_heap_committed", heap.totalMemory());
  }

  private static void addFragmentation(InfoText text, long resident, long used) {
    text.addDecimal("mem_fragmentation_ratio", MemoryFigures.ratio(resident, used), 2);
    text.add("mem_fragmentation_bytes", resident - used);
  }
}
