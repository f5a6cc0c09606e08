package io.pantala.server.shard;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.memory.Mem;
import io.pantala.core.record.RecordLayout;

/// Looks up a group of keys in stages before their commands run one by one, so that the cache
/// misses of the group overlap: 115 instead of 245 ns a key at 5 M keys (docs/memory.md). What it
/// finds is dropped, for a command may move what the next one looks up. Owner: the shard's thread.
public final class Prefetch {
  /// Keys of one group.
  public static final int GROUP = DashTable.BATCH;

  /// Fewer keys than this gain nothing.
  private static final int WORTH = 3;

  private static final int CACHE_LINE_BYTES = 64;

  private final long[] hashes = new long[GROUP];
  private final long[] keys = new long[GROUP];
  private final int[] lengths = new int[GROUP];
  private final long[] slots = new long[GROUP];
  private int count;

  @SuppressWarnings("UnusedVariable") // keeps the compiler from leaving out the reads
  private int touched;

  public void add(long hash, long key, long length) {
    if (count < GROUP) {
      hashes[count] = hash;
      keys[count] = key;
      lengths[count++] = (int) length;
    }
  }

  /// Touches what the look-ups of the keys added so far will read, and forgets the keys.
  public void run(Database db) {
    if (count >= WORTH) {
      db.table().findAll(count, hashes, keys, lengths, slots);
      for (int i = 0; i < count; i++) {
        if (slots[i] != 0) {
          touch(DashTable.record(slots[i]));
        }
      }
    }
    count = 0;
  }

  /// Reads a byte of each cache line of the record behind its first one, where the key was.
  private void touch(long record) {
    long bytes = RecordLayout.blockBytes(record);
    int sum = 0;
    for (long at = CACHE_LINE_BYTES; at < bytes; at += CACHE_LINE_BYTES) {
      sum += Mem.getByte(record + at);
    }
    touched += sum;
  }
}
