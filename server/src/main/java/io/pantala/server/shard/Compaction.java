package io.pantala.server.shard;

import io.pantala.core.db.Database;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.ShardMemory;

/// Gives memory back to the system after deletions: moves what is left in sparse pages together,
/// table by table, so that whole pages and chunks become free. Rounds follow each other as long as
/// one brings something.
final class Compaction implements Chore {
  /// Records that one unit looks at.
  private static final int UNIT_WORK = 256;

  /// Below this much mapped memory that is not in use a round is not worth its time.
  private static final long LEAST_WASTE_BYTES = 8 << 20;

  /// The share of mapped memory, as its divisor, that may be waste: a fifth.
  private static final int WASTE_SHARE = 5;

  /// A round that gives back less than this brought nothing.
  private static final long LEAST_GAIN_BYTES = 1 << 20;

  /// So many rounds in a row that bring nothing are the last, until there is more waste: one round
  /// may only empty pages, and the next one then the chunks in which few are left.
  private static final int LAST_ROUNDS = 3;

  private final Shard shard;
  private final Disposal disposal;
  private boolean pending;
  private int current;
  private long cursor;
  private long mappedAtStart;
  private int vainRounds;

  /// Waste that the last round could do nothing about.
  private long stubbornBytes;

  Compaction(Shard shard, Disposal disposal) {
    this.shard = shard;
    this.disposal = disposal;
  }

  @Override
  public void onBeat() {
    if (!pending && !disposal.isPending()) {
      startIfWorthIt();
    }
  }

  /// Starts a round if none is under way, whatever it may bring.
  void startNow() {
    stubbornBytes = 0;
    if (!pending) {
      startRound(shard.memory().mapped());
    }
  }

  @Override
  public String event() {
    return "active-defrag-cycle";
  }

  @Override
  public boolean isPending() {
    return pending;
  }

  @Override
  public void step() {
    if (current == shard.databaseCount()) {
      endRound();
      return;
    }
    Database db = shard.peek(current);
    try {
      cursor = db == null ? 0 : db.compactPass(cursor, UNIT_WORK);
    } catch (MemoryExhausted e) {
      // Nothing can be moved now; a later beat tries again.
      pending = false;
      return;
    }
    if (cursor == 0) {
      current++;
    }
  }

  private void startIfWorthIt() {
    ShardMemory memory = shard.memory();
    long mapped = memory.mapped();
    long waste = mapped - memory.used();
    stubbornBytes = Math.min(stubbornBytes, waste);
    if (waste - stubbornBytes > LEAST_WASTE_BYTES && waste > mapped / WASTE_SHARE) {
      startRound(mapped);
    }
  }

  private void startRound(long mapped) {
    pending = true;
    current = 0;
    cursor = 0;
    mappedAtStart = mapped;
  }

  private void endRound() {
    ShardMemory memory = shard.memory();
    long mapped = memory.mapped();
    vainRounds = mappedAtStart - mapped >= LEAST_GAIN_BYTES ? 0 : vainRounds + 1;
    if (vainRounds < LAST_ROUNDS) {
      startRound(mapped);
    } else {
      vainRounds = 0;
      pending = false;
      stubbornBytes = mapped - memory.used();
    }
  }
}
