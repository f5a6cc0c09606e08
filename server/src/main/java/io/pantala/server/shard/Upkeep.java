package io.pantala.server.shard;

import io.pantala.core.db.Database;

/// What a shard does between requests: deletes expired keys, frees flushed databases, gives memory
/// back. Owner: the shard's thread.
///
/// The work is done in slices. A beat runs one; while something is left the thread runs further
/// ones with rests in between, so that the upkeep takes a quarter of the time at most and no
/// request waits longer than a slice.
final class Upkeep implements AutoCloseable {
  /// How long a slice may last; it is judged between units of work.
  static final long SLICE_NANOS = 500_000;

  /// How long the clients have the thread for themselves between two slices.
  static final long REST_NANOS = 3 * SLICE_NANOS;

  private final Shard shard;
  private final ActiveExpiry expiry;
  private final Disposal disposal;
  private final Chore[] chores;

  Upkeep(Shard shard) {
    this.shard = shard;
    this.expiry = new ActiveExpiry(shard);
    this.disposal = new Disposal(shard.values().freeing());
    this.chores = new Chore[] {expiry, disposal, new Compaction(shard, disposal)};
  }

  void activeExpiry(boolean on) {
    expiry.enabled(on);
  }

  /// Takes over a database that nobody can see any more.
  void dispose(Database db) {
    disposal.add(db);
  }

  /// One beat of the heart: sees what there is to do.
  void beat() {
    shard.clock().refresh();
    for (Chore chore : chores) {
      chore.onBeat();
    }
  }

  /// Works for a slice, each chore in turn; whether something is left.
  boolean slice() {
    if (!isPending()) {
      return false;
    }
    shard.clock().refresh();
    long start = System.nanoTime();
    do {
      step();
    } while (isPending() && System.nanoTime() - start < SLICE_NANOS);
    return isPending();
  }

  private boolean isPending() {
    for (Chore chore : chores) {
      if (chore.isPending()) {
        return true;
      }
    }
    return false;
  }

  /// One unit of each chore that has work.
  private void step() {
    for (Chore chore : chores) {
      if (chore.isPending()) {
        chore.step();
      }
    }
  }

  @Override
  public void close() {
    disposal.close();
  }
}
