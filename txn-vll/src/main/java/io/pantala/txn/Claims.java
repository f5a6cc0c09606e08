package io.pantala.txn;

import java.util.Arrays;

/// What one transaction part or step claims on one shard: lock keys, each shared or exclusive, and
/// perhaps the whole shard. Reusable. The same key may stand here twice, also in both modes.
///
/// Owner: the coordinator while it declares; from then to the release the shard's thread.
final class Claims {
  /// Room that is kept from use to use; more is given back.
  private static final int KEEP_KEYS = 1024;

  private static final int FIRST_KEYS = 4;

  private long[] keys = new long[FIRST_KEYS];
  private boolean[] exclusive = new boolean[FIRST_KEYS];
  private int size;
  private boolean shardShared;
  private boolean shardExclusive;

  void clear() {
    size = 0;
    shardShared = false;
    shardExclusive = false;
    if (keys.length > KEEP_KEYS) {
      keys = new long[FIRST_KEYS];
      exclusive = new boolean[FIRST_KEYS];
    }
  }

  void add(long lockKey, boolean isExclusive) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      exclusive = Arrays.copyOf(exclusive, 2 * size);
    }
    keys[size] = lockKey;
    exclusive[size++] = isExclusive;
  }

  void addShard(boolean isExclusive) {
    shardShared |= !isExclusive;
    shardExclusive |= isExclusive;
  }

  int size() {
    return size;
  }

  long key(int i) {
    return keys[i];
  }

  boolean isExclusive(int i) {
    return exclusive[i];
  }

  boolean isShardShared() {
    return shardShared;
  }

  boolean isShardExclusive() {
    return shardExclusive;
  }

  boolean isEmpty() {
    return size == 0 && !shardShared && !shardExclusive;
  }
}
