package io.pantala.server.shard;

import io.pantala.server.config.LiveSettings;
import java.util.concurrent.atomic.AtomicLongArray;

/// The memory that all shards together may use. Each shard publishes what it uses once in a while;
/// in between it counts its own growth exactly, so that one shard alone is held to the byte. Any
/// thread.
public final class MemoryLimit {
  /// No limit.
  public static final long NONE = 0;

  private final AtomicLongArray published;
  private final LiveSettings live;

  public MemoryLimit(int shards, LiveSettings live) {
    this.published = new AtomicLongArray(shards);
    this.live = live;
  }

  public long maxBytes() {
    return live.maxMemory();
  }

  /// Whether a command that needs more memory must be refused. On the thread of `shard`.
  public boolean isReached(Shard shard) {
    long max = live.maxMemory();
    return max != NONE && used(shard) > max;
  }

  /// Publishes what a shard uses. On its thread.
  void publish(Shard shard) {
    published.setRelease(shard.index(), shard.memory().used());
  }

  /// What all shards used when they last told.
  public long used() {
    long sum = 0;
    for (int i = 0; i < published.length(); i++) {
      sum += published.getAcquire(i);
    }
    return sum;
  }

  private long used(Shard shard) {
    long own = shard.memory().used();
    int n = published.length();
    if (n == 1) {
      return own;
    }
    long others = 0;
    for (int i = 0; i < n; i++) {
      if (i != shard.index()) {
        others += published.getAcquire(i);
      }
    }
    return own + others;
  }
}
