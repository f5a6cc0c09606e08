package io.pantala.server.memcache;

import io.pantala.memcache.MetaFlags;

/// What a shard keeps for the memcached protocol: its counters, and what its commands work with,
/// one after the other. Owner: the shard's thread.
public final class MemcacheShard {
  private final ItemStats stats = new ItemStats();
  private final MetaFlags flags = new MetaFlags();
  private final ItemWrite write = new ItemWrite();
  private final ItemCount count = new ItemCount();
  private final long itemBytes;

  /// @param itemBytes the largest item as memcached counts it
  public MemcacheShard(long itemBytes) {
    this.itemBytes = itemBytes;
  }

  /// Any thread may read it.
  public ItemStats stats() {
    return stats;
  }

  /// Bytes of the largest item.
  public long itemBytes() {
    return itemBytes;
  }

  MetaFlags flags() {
    return flags;
  }

  ItemWrite write() {
    return write;
  }

  ItemCount count() {
    return count;
  }
}
