package io.pantala.server.command;

import io.pantala.core.db.Database;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.info.MemoryFigures;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import java.util.OptionalLong;

/// Writes the figures of MEMORY STATS, by the names that redis-server has for them; what there is
/// none of here is 0.
final class MemoryStatsReply {
  private static final double PERCENT = 100;

  private MemoryStatsReply() {}

  static void write(Connection client, Args args, Reply reply) {
    ShardThreads shards = client.thread().shards();
    MemoryFigures memory = MemoryFigures.of(shards);
    long mark = reply.lengthLater();
    long fields = 0;
    fields += number(reply, "peak.allocated", memory.peak());
    fields += number(reply, "total.allocated", memory.used());
    fields += number(reply, "replication.backlog", 0);
    fields += number(reply, "clients.slaves", 0);
    fields += number(reply, "clients.normal", memory.buffers());
    fields += number(reply, "cluster.links", 0);
    fields += number(reply, "aof.buffer", 0);
    fields += number(reply, "lua.caches", 0);
    fields += number(reply, "functions.caches", 0);
    long keys = 0;
    for (int db = 0; db < shards.config().databases(); db++) {
      DatabaseFigures figures = DatabaseFigures.of(shards, db);
      keys += figures.keys();
      fields += database(reply, db, figures);
    }
    fields += number(reply, "overhead.total", memory.tables());
    fields += number(reply, "keys.count", keys);
    fields += number(reply, "keys.bytes-per-key", keys == 0 ? 0 : memory.used() / keys);
    fields += number(reply, "dataset.bytes", memory.data());
    fields += share(reply, "dataset.percentage", memory.data(), memory.used());
    fields += share(reply, "peak.percentage", memory.used(), memory.peak());
    fields += number(reply, "allocator.allocated", memory.used());
    fields += number(reply, "allocator.active", memory.mapped());
    fields += decimal(reply, "allocator-fragmentation.ratio", ratio(memory.mapped(), memory));
    fields += number(reply, "allocator-fragmentation.bytes", memory.mapped() - memory.used());
    OptionalLong resident = memory.resident();
    if (resident.isPresent()) {
      fields += decimal(reply, "fragmentation", ratio(resident.getAsLong(), memory));
      fields += number(reply, "fragmentation.bytes", resident.getAsLong() - memory.used());
    }
    reply.mapEnd(mark, fields);
  }

  /// What one database has on all shards.
  private record DatabaseFigures(long keys, long tableBytes) {
    static DatabaseFigures of(ShardThreads shards, int number) {
      long keys = 0;
      long bytes = 0;
      for (ShardThread thread : shards.threads()) {
        Database db = thread.shard().peek(number);
        keys += db == null ? 0 : db.size();
        bytes += db == null ? 0 : db.table().bytes();
      }
      return new DatabaseFigures(keys, bytes);
    }
  }

  private static double ratio(long bytes, MemoryFigures memory) {
    return MemoryFigures.ratio(bytes, memory.used());
  }

  private static long database(Reply reply, int number, DatabaseFigures figures) {
    if (figures.keys() == 0) {
      return 0;
    }
    name(reply, "db." + number);
    reply.map(3);
    number(reply, "overhead.hashtable.main", figures.tableBytes());
    number(reply, "overhead.hashtable.expires", 0);
    number(reply, "overhead.hashtable.slot-to-keys", 0);
    return 1;
  }

  private static long share(Reply reply, String name, long part, long whole) {
    return decimal(reply, name, PERCENT * MemoryFigures.ratio(part, whole));
  }

  private static long number(Reply reply, String name, long value) {
    name(reply, name);
    reply.integer(value);
    return 1;
  }

  private static long decimal(Reply reply, String name, double value) {
    name(reply, name);
    reply.doubleValue(value);
    return 1;
  }

  private static void name(Reply reply, String name) {
    reply.bulk(Errors.text(name));
  }
}
