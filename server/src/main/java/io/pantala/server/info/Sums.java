package io.pantala.server.info;

import io.pantala.core.db.KeyspaceStats;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.ThreadStats;
import java.util.function.ToLongFunction;

/// Sums of what the shard threads count. Any thread.
final class Sums {
  private Sums() {}

  static long of(ShardThreads shards, ToLongFunction<ThreadStats> figure) {
    return shards.threads().stream().mapToLong(t -> figure.applyAsLong(t.stats())).sum();
  }

  static long keyspace(ShardThreads shards, ToLongFunction<KeyspaceStats> figure) {
    return shards.threads().stream().mapToLong(t -> figure.applyAsLong(t.shard().stats())).sum();
  }
}
