package io.pantala.server.info;

import io.pantala.core.db.Database;
import io.pantala.server.shard.ShardThread;
import java.util.List;

/// What one database holds on all shards, as their threads left it.
///
/// @param keys number of keys
/// @param expiring how many of them have a deadline
/// @param averageTtlMs mean time to live of those
public record KeyspaceSize(long keys, long expiring, long averageTtlMs) {

  public static KeyspaceSize of(List<ShardThread> threads, int number) {
    long keys = 0;
    long expiring = 0;
    double ttls = 0;
    for (ShardThread thread : threads) {
      Database db = thread.shard().peek(number);
      if (db != null) {
        keys += db.size();
        expiring += db.expiring();
        ttls += (double) db.averageTtlMs() * db.expiring();
      }
    }
    return new KeyspaceSize(keys, expiring, expiring == 0 ? 0 : Math.round(ttls / expiring));
  }

  @Override
  public String toString() {
    return "keys=" + keys + ",expires=" + expiring + ",avg_ttl=" + averageTtlMs;
  }
}
