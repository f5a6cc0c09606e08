package io.pantala.server.shard;

import io.pantala.core.dash.KeyHash;
import io.pantala.core.db.BigValues;
import io.pantala.core.db.Database;
import io.pantala.core.db.KeyspaceStats;
import io.pantala.core.db.ShardClock;
import io.pantala.core.db.Uniques;
import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.ShardMemory;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.memcache.MemcacheShard;
import io.pantala.server.stats.SlowWatch;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The data of one shard: its memory and its numbered databases. Owner: the shard's thread.
public final class Shard implements AutoCloseable {
  private final int index;
  private final int count;
  private final ShardMemory memory;
  private final BigValues values;
  private final KeyHash keyHash;
  private final ShardClock clock;
  private final KeyspaceStats stats = new KeyspaceStats();
  private final Uniques uniques;
  private final SplittableRandom random;
  private final @Nullable Database[] databases;
  private final ShardContext context;
  private final Upkeep upkeep;
  private final MemcacheShard memcache;
  private final DelayedFlush flushLater = new DelayedFlush();

  Shard(
      int index,
      ServerConfig config,
      KeyHash keyHash,
      ChunkReserve reserve,
      LongSupplier timeMs,
      SlowWatch watch) {
    this.index = index;
    this.count = config.threads();
    this.keyHash = keyHash;
    this.memory = new ShardMemory(reserve);
    this.values = new BigValues(memory);
    this.clock = new ShardClock(timeMs);
    this.uniques = new Uniques(index + 1, count);
    this.random = new SplittableRandom(System.nanoTime() + index);
    this.databases = new Database[config.databases()];
    this.context = new ShardContext(this);
    this.upkeep = new Upkeep(this, watch);
    this.memcache = new MemcacheShard(config.maxItemBytes());
  }

  /// Binds the shard to the calling thread.
  void adopt() {
    memory.adopt();
  }

  public int index() {
    return index;
  }

  /// Number of shards of the server.
  public int count() {
    return count;
  }

  public ShardMemory memory() {
    return memory;
  }

  /// The structures that large values are made of.
  public BigValues values() {
    return values;
  }

  public ShardClock clock() {
    return clock;
  }

  public KeyspaceStats stats() {
    return stats;
  }

  /// What the memcached protocol keeps here.
  public MemcacheShard memcache() {
    return memcache;
  }

  public DelayedFlush flushLater() {
    return flushLater;
  }

  public SplittableRandom random() {
    return random;
  }

  public int databaseCount() {
    return databases.length;
  }

  ShardContext context() {
    return context;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /// The database of that number, made at its first use.
  public Database database(int number) {
    Database db = databases[number];
    if (db == null) {
      db = new Database(values, keyHash, clock, stats, uniques);
      databases[number] = db;
    }
    return db;
  }

  /// The database of that number if it was ever used, for those who only look.
  public @Nullable Database peek(int number) {
    return databases[number];
  }

  /// Whether keys whose time has passed are deleted though nobody asks for them.
  public void activeExpiry(boolean on) {
    upkeep.activeExpiry(on);
  }

  /// Starts to give back memory that is not in use, however little.
  public void compactNow() {
    upkeep.compactNow();
  }

  /// Empties a database at once; its memory is freed little by little.
  public void flush(int number) {
    Database db = databases[number];
    if (db != null) {
      databases[number] = null;
      context.reselect();
      upkeep.dispose(db);
    }
  }

  /// Exchanges the content of two databases.
  public void swap(int a, int b) {
    Database kept = databases[a];
    databases[a] = databases[b];
    databases[b] = kept;
    context.reselect();
  }

  @Override
  public void close() {
    for (Database db : databases) {
      if (db != null) {
        db.close();
      }
    }
    upkeep.close();
    context.close();
    memory.close();
  }
}
