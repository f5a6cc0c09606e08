package io.pantala.server.command;

import java.util.Arrays;

/// The keys of one request: which arguments they are, their hashes, their shards, and whether the
/// command may write them. Reused; owner: whoever runs the request.
public final class KeyRefs {
  private int[] arguments = new int[8];
  private long[] hashes = new long[8];
  private int[] shards = new int[8];
  private boolean[] writes = new boolean[8];
  private int count;

  public void clear() {
    count = 0;
  }

  public int count() {
    return count;
  }

  /// Index of the i-th key among the arguments.
  public int argument(int i) {
    return arguments[i];
  }

  public long hash(int i) {
    return hashes[i];
  }

  public int shard(int i) {
    return shards[i];
  }

  public boolean writes(int i) {
    return writes[i];
  }

  void add(int argument, boolean write) {
    if (count == arguments.length) {
      grow();
    }
    arguments[count] = argument;
    writes[count] = write;
    count++;
  }

  /// Sets where the i-th key lives, once it is hashed.
  public void locate(int i, long hash, int shard) {
    hashes[i] = hash;
    shards[i] = shard;
  }

  /// The shard that all keys live on, or -1 when there are several or no keys.
  public int soleShard() {
    if (count == 0) {
      return -1;
    }
    for (int i = 1; i < count; i++) {
      if (shards[i] != shards[0]) {
        return -1;
      }
    }
    return shards[0];
  }

  public void copyFrom(KeyRefs other) {
    while (arguments.length < other.count) {
      grow();
    }
    count = other.count;
    System.arraycopy(other.arguments, 0, arguments, 0, count);
    System.arraycopy(other.hashes, 0, hashes, 0, count);
    System.arraycopy(other.shards, 0, shards, 0, count);
    System.arraycopy(other.writes, 0, writes, 0, count);
  }

  private void grow() {
    int size = arguments.length * 2;
    arguments = Arrays.copyOf(arguments, size);
    hashes = Arrays.copyOf(hashes, size);
    shards = Arrays.copyOf(shards, size);
    writes = Arrays.copyOf(writes, size);
  }
}
