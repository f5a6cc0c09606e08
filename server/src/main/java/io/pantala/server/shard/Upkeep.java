package io.pantala.server.shard;

import io.pantala.core.db.Database;

/// What a shard does between requests, in small slices: deletes expired keys. Owner: the shard's
/// thread.
final class Upkeep {
  /// Records that one slice of expiry deletes at most, so that a beat stays below a millisecond.
  private static final int EXPIRED_PER_SLICE = 400;

  private final Shard shard;
  private final long[] cursors;
  private boolean activeExpiry = true;

  Upkeep(Shard shard) {
    this.shard = shard;
    this.cursors = new long[shard.databaseCount()];
  }

  void activeExpiry(boolean on) {
    activeExpiry = on;
  }

  /// One beat of the heart.
  void beat() {
    shard.clock().refresh();
    if (activeExpiry) {
      expire();
    }
  }

  private void expire() {
    for (int i = 0; i < cursors.length; i++) {
      Database db = shard.peek(i);
      if (db != null && db.expiring() > 0) {
        cursors[i] = db.expirePass(cursors[i], EXPIRED_PER_SLICE);
      }
    }
  }
}
