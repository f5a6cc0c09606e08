package io.pantala.server.shard;

import io.pantala.core.db.Database;
import java.util.ArrayDeque;

/// Frees databases that were flushed: they are out of sight already, their memory follows.
final class Disposal implements Chore, AutoCloseable {
  private final ArrayDeque<Database> databases = new ArrayDeque<>();

  void add(Database db) {
    databases.add(db);
  }

  @Override
  public void onBeat() {
    // What there is to do came by itself.
  }

  @Override
  public boolean isPending() {
    return !databases.isEmpty();
  }

  /// Frees the records of one table segment.
  @Override
  public void step() {
    if (databases.getFirst().clearSlice(1)) {
      databases.removeFirst().close();
    }
  }

  @Override
  public void close() {
    databases.forEach(Database::close);
    databases.clear();
  }
}
