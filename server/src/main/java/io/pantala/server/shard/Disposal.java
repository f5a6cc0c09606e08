package io.pantala.server.shard;

import io.pantala.core.db.Database;
import io.pantala.core.db.ValueFreeing;
import java.util.ArrayDeque;

/// Frees large values that were deleted, and databases that were flushed: they are out of sight
/// already, their memory follows.
final class Disposal implements Chore, AutoCloseable {
  /// Blocks of a large value that one unit frees.
  private static final int UNIT_BLOCKS = 512;

  private final ValueFreeing values;
  private final ArrayDeque<Database> databases = new ArrayDeque<>();

  Disposal(ValueFreeing values) {
    this.values = values;
  }

  void add(Database db) {
    databases.add(db);
  }

  /// Keys that are still to be freed.
  long keys() {
    long keys = 0;
    for (Database db : databases) {
      keys += db.size();
    }
    return keys;
  }

  @Override
  public void onBeat() {
    // What there is to do came by itself.
  }

  @Override
  public String event() {
    return "lazyfree-cycle";
  }

  @Override
  public boolean isPending() {
    return values.isPending() || !databases.isEmpty();
  }

  /// Frees blocks of a value, or the records of one table segment.
  @Override
  public void step() {
    if (values.isPending()) {
      values.step(UNIT_BLOCKS);
    } else if (databases.getFirst().clearSlice(1)) {
      databases.removeFirst().close();
    }
  }

  @Override
  public void close() {
    databases.forEach(Database::close);
    databases.clear();
    values.finish();
  }
}
