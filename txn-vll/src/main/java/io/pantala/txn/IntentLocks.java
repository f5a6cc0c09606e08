package io.pantala.txn;

/// The intents on one shard: for each lock key the number of shared and of exclusive claims, the
/// same for the shard as a whole, and the totals over all keys. Taking an intent always succeeds;
/// who was there first is told by [#areFree] before it. Owner: the shard's thread.
///
/// ```
///                  claims of a key          claims of the whole shard
///                 shared    exclusive         shared    exclusive
///   key S           -           X                -           X        X: conflict
///   key X           X           X                X           X
///   shard S         -      X (any key)           -           X
///   shard X    X (any key)  X (any key)          X           X
/// ```
///
/// The keys stand in an open-addressing table with linear probing: no tombstones (a removal shifts
/// the run back), at most half full, halved when an eighth full. A slot's counters are one long,
/// exclusive in the high half; 0 is an empty slot.
final class IntentLocks {
  private static final int MIN_SLOTS = 64;
  private static final long SHARED = 1;
  private static final long EXCLUSIVE = 1L << 32;
  private static final long SHARED_MASK = EXCLUSIVE - 1;
  private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[MIN_SLOTS];
  private long[] counts = new long[MIN_SLOTS];
  private int used;

  /// Totals of the key claims, and the claims of the whole shard: counters as in a slot.
  private long allKeys;

  private long wholeShard;

  /// Whether a new claim of this key would conflict with nothing.
  boolean isFree(long lockKey, boolean exclusive) {
    if (exclusive ? wholeShard != 0 : wholeShard >= EXCLUSIVE) {
      return false;
    }
    long count = counts[find(lockKey)];
    return exclusive ? count == 0 : count < EXCLUSIVE;
  }

  boolean areFree(Claims claims) {
    if (claims.isShardExclusive() && (allKeys | wholeShard) != 0) {
      return false;
    }
    if (claims.isShardShared() && (allKeys >= EXCLUSIVE || wholeShard >= EXCLUSIVE)) {
      return false;
    }
    if ((allKeys | wholeShard) == 0) {
      return true;
    }
    for (int i = 0; i < claims.size(); i++) {
      if (!isFree(claims.key(i), claims.isExclusive(i))) {
        return false;
      }
    }
    return true;
  }

  void acquire(Claims claims) {
    for (int i = 0; i < claims.size(); i++) {
      add(claims.key(i), claims.isExclusive(i) ? EXCLUSIVE : SHARED);
    }
    wholeShard += shardClaims(claims);
  }

  void release(Claims claims) {
    for (int i = 0; i < claims.size(); i++) {
      remove(claims.key(i), claims.isExclusive(i) ? EXCLUSIVE : SHARED);
    }
    wholeShard -= shardClaims(claims);
    assert wholeShard >= 0;
  }

  boolean isEmpty() {
    return (allKeys | wholeShard) == 0;
  }

  /// The number of different keys that are claimed.
  int keyCount() {
    return used;
  }

  int slots() {
    return keys.length;
  }

  int sharedCount(long lockKey) {
    return (int) (counts[find(lockKey)] & SHARED_MASK);
  }

  int exclusiveCount(long lockKey) {
    return (int) (counts[find(lockKey)] >>> 32);
  }

  private static long shardClaims(Claims claims) {
    return (claims.isShardShared() ? SHARED : 0) + (claims.isShardExclusive() ? EXCLUSIVE : 0);
  }

  private void add(long lockKey, long one) {
    int slot = find(lockKey);
    allKeys += one;
    if (counts[slot] != 0) {
      counts[slot] += one;
      return;
    }
    keys[slot] = lockKey;
    counts[slot] = one;
    if (++used > keys.length / 2) {
      rehash(keys.length * 2);
    }
  }

  private void remove(long lockKey, long one) {
    int slot = find(lockKey);
    assert counts[slot] >= one : "released more than was taken";
    allKeys -= one;
    counts[slot] -= one;
    if (counts[slot] != 0) {
      return;
    }
    closeGap(slot);
    used--;
    if (keys.length > MIN_SLOTS && used < keys.length / 8) {
      rehash(keys.length / 2);
    }
  }

  private int home(long lockKey) {
    return (int) ((lockKey * HASH_MULTIPLIER) >>> 32) & (keys.length - 1);
  }

  /// The slot of the key, or the empty one where it would stand.
  private int find(long lockKey) {
    int mask = keys.length - 1;
    int slot = home(lockKey);
    while (counts[slot] != 0 && keys[slot] != lockKey) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void closeGap(int emptied) {
    int mask = keys.length - 1;
    int gap = emptied;
    for (int slot = (gap + 1) & mask; counts[slot] != 0; slot = (slot + 1) & mask) {
      int fromHome = (slot - home(keys[slot])) & mask;
      if (fromHome >= ((slot - gap) & mask)) {
        keys[gap] = keys[slot];
        counts[gap] = counts[slot];
        counts[slot] = 0;
        gap = slot;
      }
    }
  }

  private void rehash(int slots) {
    long[] oldKeys = keys;
    long[] oldCounts = counts;
    keys = new long[slots];
    counts = new long[slots];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldCounts[i] != 0) {
        int slot = find(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
