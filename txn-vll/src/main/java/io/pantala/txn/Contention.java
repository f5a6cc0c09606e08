package io.pantala.txn;

import java.util.Arrays;

/// The claims of a stretch of the queue as a bit set for each mode, so that one walk from the head
/// finds those that no one before them conflicts with ("selective contention analysis" of the VLL
/// paper). Different keys may share a bit: it may see a conflict that is none, never miss one.
final class Contention {
  private static final int BITS = 1024;
  private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L;

  /// More keys than this count as the whole shard, to bound the work.
  private static final int MAX_KEYS = 64;

  private final long[] shared = new long[BITS / Long.SIZE];
  private final long[] exclusive = new long[BITS / Long.SIZE];
  private boolean anyKey;
  private boolean anyExclusiveKey;
  private boolean shardShared;
  private boolean shardExclusive;

  void clear() {
    if (anyKey) {
      Arrays.fill(shared, 0);
      Arrays.fill(exclusive, 0);
    }
    anyKey = false;
    anyExclusiveKey = false;
    shardShared = false;
    shardExclusive = false;
  }

  void add(Claims claims) {
    shardShared |= claims.isShardShared();
    shardExclusive |= claims.isShardExclusive() || claims.size() > MAX_KEYS;
    for (int i = 0; i < claims.size() && !shardExclusive; i++) {
      int bit = bit(claims.key(i));
      (claims.isExclusive(i) ? exclusive : shared)[bit >>> 6] |= 1L << bit;
      anyKey = true;
      anyExclusiveKey |= claims.isExclusive(i);
    }
  }

  boolean blocks(Claims claims) {
    if (shardExclusive
        || (claims.isShardExclusive() && (anyKey || shardShared))
        || (claims.isShardShared() && anyExclusiveKey)) {
      return true;
    }
    return (anyKey || shardShared) && blocksKeys(claims);
  }

  private boolean blocksKeys(Claims claims) {
    if (claims.size() > MAX_KEYS) {
      return true;
    }
    for (int i = 0; i < claims.size(); i++) {
      if (blocksKey(claims.key(i), claims.isExclusive(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean blocksKey(long lockKey, boolean isExclusive) {
    int bit = bit(lockKey);
    long claimed = exclusive[bit >>> 6] | (isExclusive ? shared[bit >>> 6] : 0);
    return (isExclusive && shardShared) || (claimed >>> bit & 1) != 0;
  }

  private static int bit(long lockKey) {
    return (int) ((lockKey * HASH_MULTIPLIER) >>> 54);
  }
}
