package io.pantala.server.shard;

import io.pantala.core.db.Database;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.client.Selection;
import io.pantala.server.config.LiveSettings;

/// What a step that runs on a shard works with: the first parameter that shows the thread. Owner:
/// the shard's thread; one for each shard, set up anew for each command.
public final class ShardContext {
  private static final int SCRATCH_BYTES = 64;

  private final Shard shard;
  private final NativeBuffer scratch = new NativeBuffer();
  private final Prefetch prefetch = new Prefetch();
  private Database db;
  private int selection;
  private int dbIndex;
  private long keyHash;

  ShardContext(Shard shard) {
    this.shard = shard;
    this.db = shard.database(0);
  }

  /// Sets up what a client has chosen, as [io.pantala.server.client.Selection] has it.
  public void select(int chosen) {
    if (chosen != selection) {
      db.marking(true);
      selection = chosen;
      dbIndex = Selection.db(chosen);
      reselect();
    }
  }

  /// Makes the next `db()` look again, after databases were swapped.
  void reselect() {
    db = shard.database(dbIndex);
    db.marking(Selection.marksAccess(selection));
  }

  /// Forgets what this thread has counted, for CONFIG RESETSTAT.
  public void resetStats() {
    ShardThread.current().resetStats();
  }

  /// What the settings are worth now.
  public LiveSettings live() {
    return ShardThread.current().shards().live();
  }

  public void keyHash(long hash) {
    keyHash = hash;
  }

  /// Lets the look-ups of a group of keys overlap.
  public Prefetch prefetch() {
    return prefetch;
  }

  public Shard shard() {
    return shard;
  }

  /// The database that the client has selected.
  public Database db() {
    return db;
  }

  public int dbIndex() {
    return dbIndex;
  }

  /// Hash of the key that the step is for.
  public long keyHash() {
    return keyHash;
  }

  public long nowMs() {
    return shard.clock().nowMs();
  }

  /// A buffer for the duration of one step, empty, with room for the digits of a number.
  public NativeBuffer scratch() {
    scratch.clear();
    scratch.reserve(SCRATCH_BYTES);
    return scratch;
  }

  void close() {
    scratch.close();
  }
}
