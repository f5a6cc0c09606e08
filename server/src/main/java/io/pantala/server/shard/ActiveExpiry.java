package io.pantala.server.shard;

import io.pantala.core.db.Database;
import org.jspecify.annotations.Nullable;

/// Deletes keys whose deadline has passed though nobody asks for them. A round goes through all
/// databases in turn, in each through the table segments that can hold such a key. Nothing is done
/// while no deadline has passed: each database knows a lower bound of its next one.
final class ActiveExpiry implements Chore {
  /// What [Database#expireSlice] may look at in one unit: a whole segment, so that its bound
  /// becomes exact.
  private static final int UNIT_WORK = 1_024;

  /// A round over a large table costs time even where little has expired, so the next one starts
  /// this long after the last one did.
  private static final long ROUND_NANOS = 100_000_000;

  private final Shard shard;
  private boolean enabled = true;
  private boolean paused;
  private boolean pending;
  private int current;
  private long roundStart = System.nanoTime() - ROUND_NANOS;

  ActiveExpiry(Shard shard) {
    this.shard = shard;
  }

  void enabled(boolean on) {
    enabled = on;
    pending &= on;
  }

  /// Stands still while clients are paused, so that the data does.
  void paused(boolean on) {
    paused = on;
    pending &= !on;
  }

  @Override
  public void onBeat() {
    if (enabled && !paused && !pending && nextDue(0) < shard.databaseCount()) {
      start(System.nanoTime());
    }
  }

  private void start(long now) {
    if (now - roundStart >= ROUND_NANOS) {
      roundStart = now;
      current = 0;
      pending = true;
    }
  }

  @Override
  public String event() {
    return "expire-cycle";
  }

  @Override
  public boolean isPending() {
    return pending;
  }

  @Override
  public void step() {
    current = nextDue(current);
    Database db = current < shard.databaseCount() ? shard.peek(current) : null;
    if (db == null) {
      pending = false;
    } else if (db.expireSlice(UNIT_WORK)) {
      current++;
    }
  }

  /// The first database from `from` on with a deadline that may have passed, or their number.
  private int nextDue(int from) {
    int i = from;
    while (i < shard.databaseCount() && !isDue(shard.peek(i))) {
      i++;
    }
    return i;
  }

  private static boolean isDue(@Nullable Database db) {
    return db != null && db.isExpiryDue();
  }
}
