package io.pantala.server.shard;

import io.pantala.core.db.Database;
import io.pantala.server.stats.SlowWatch;

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

  /// Places of chores.
  private static final int EXPIRY = 0;

  private static final int COMPACTION = 2;

  private final Shard shard;
  private final ActiveExpiry expiry;
  private final Disposal disposal;
  private final Compaction compaction;
  private final SlowWatch watch;
  private final Chore[] chores;

  /// Time that each chore has taken.
  private final long[] nanos;

  Upkeep(Shard shard, SlowWatch watch) {
    this.shard = shard;
    this.watch = watch;
    this.expiry = new ActiveExpiry(shard);
    this.disposal = new Disposal(shard.values().freeing());
    this.compaction = new Compaction(shard, disposal);
    this.chores = new Chore[] {expiry, disposal, compaction};
    this.nanos = new long[chores.length];
  }

  long expiryNanos() {
    return nanos[EXPIRY];
  }

  long compactionNanos() {
    return nanos[COMPACTION];
  }

  /// Keys of flushed databases that are still to be freed.
  long unfreedKeys() {
    return disposal.keys();
  }

  /// Makes memory that can be given back go back, however little it is; the work is done in slices.
  void compactNow() {
    compaction.startNow();
  }

  void activeExpiry(boolean on) {
    expiry.enabled(on);
  }

  void pauseExpiry(boolean on) {
    expiry.paused(on);
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
    long now = start;
    do {
      now = step(now);
    } while (isPending() && now - start < SLICE_NANOS);
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

  /// One unit of each chore that has work; returns the time after it.
  private long step(long startNanos) {
    long start = startNanos;
    for (int i = 0; i < chores.length; i++) {
      if (chores[i].isPending()) {
        chores[i].step();
        long end = System.nanoTime();
        nanos[i] += end - start;
        watch.onEvent(chores[i].event(), end - start);
        start = end;
      }
    }
    return start;
  }

  @Override
  public void close() {
    disposal.close();
  }
}
