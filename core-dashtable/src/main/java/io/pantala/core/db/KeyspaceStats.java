package io.pantala.core.db;

/// Counters of a shard's keyspaces. Owner: the shard's thread; others may read them and see a value
/// that is a little old.
public final class KeyspaceStats {
  public long hits;
  public long misses;
  public long expired;
  public long evicted;
}
