package io.pantala.server.shard;

import io.netty.channel.IoHandlerFactory;
import io.pantala.core.dash.KeyHash;
import io.pantala.core.memory.ChunkReserve;
import io.pantala.server.client.Entrance;
import io.pantala.server.command.CommandTable;
import io.pantala.server.config.LiveSettings;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.memcache.MemcacheTable;
import io.pantala.server.stats.SlowWatch;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardMessage;
import io.pantala.txn.ShardSet;
import io.pantala.txn.TransactionIds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// All shard threads, and the only door between them. Immutable after the start; any thread.
public final class ShardThreads implements ShardSet<Shard>, AutoCloseable {
  private final ServerConfig config;
  private final LiveSettings live;
  private final CommandTable commands;
  private final MemcacheTable memcacheTable;
  private final MemoryLimit memoryLimit;
  private final TransactionIds transactionIds = new TransactionIds();
  private final ChunkReserve reserve;
  private final List<ShardThread> threads = new ArrayList<>();
  private final LoadMonitor load = new LoadMonitor(threads);
  private final ServerLife life = new ServerLife();
  private final SlowWatch watch;
  private final AtomicInteger clients = new AtomicInteger();
  private final AtomicInteger adminClients = new AtomicInteger();
  private final AtomicLong nextClientId = new AtomicLong();
  private final AtomicLong forgottenClients = new AtomicLong();
  private final AtomicLong rejectedClients = new AtomicLong();
  private final AtomicInteger nextThread = new AtomicInteger();
  private final AtomicInteger settled = new AtomicInteger();

  public ShardThreads(
      ServerConfig config,
      CommandTable commands,
      IoHandlerFactory io,
      long hashSeed,
      LongSupplier timeMs) {
    this.config = config;
    this.live = new LiveSettings(config);
    this.commands = commands;
    this.memcacheTable = new MemcacheTable(commands);
    this.watch = new SlowWatch(live, timeMs);
    this.memoryLimit = new MemoryLimit(config.threads(), live);
    this.reserve = new ChunkReserve();
    KeyHash keyHash = new KeyHash(hashSeed);
    for (int i = 0; i < config.threads(); i++) {
      Shard shard = new Shard(i, config, keyHash, reserve, timeMs, watch);
      threads.add(new ShardThread(this, shard, keyHash, io));
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  @Override
  public int size() {
    return threads == null ? 0 : config.threads();
  }

  @Override
  public void post(int shard, ShardMessage<Shard> message) {
    threads.get(shard).post(message);
  }

  @Override
  public ShardExecutor<Shard> executor(int shard) {
    return threads.get(shard).executor();
  }

  public List<ShardThread> threads() {
    return threads;
  }

  /// The thread that serves the next connection.
  public ShardThread nextThread() {
    return threads.get(Math.floorMod(nextThread.getAndIncrement(), threads.size()));
  }

  public ServerConfig config() {
    return config;
  }

  /// What the settings are worth now.
  public LiveSettings live() {
    return live;
  }

  public CommandTable commands() {
    return commands;
  }

  /// The commands of the memcached protocol.
  public MemcacheTable memcacheTable() {
    return memcacheTable;
  }

  public MemoryLimit memoryLimit() {
    return memoryLimit;
  }

  public LoadMonitor load() {
    return load;
  }

  public ServerLife life() {
    return life;
  }

  /// Forgets the counters of the whole server that CONFIG RESETSTAT forgets; those of a shard are
  /// forgotten by [ShardThread#resetStats] on its thread.
  public void resetStats() {
    forgottenClients.set(nextClientId.get());
    rejectedClients.set(0);
  }

  /// Slow calls and spikes.
  public SlowWatch watch() {
    return watch;
  }

  TransactionIds transactionIds() {
    return transactionIds;
  }

  long beatMs() {
    return 1000L / live.hz();
  }

  public long nextClientId() {
    return nextClientId.incrementAndGet();
  }

  /// Connections at this moment.
  public int clients() {
    return clients.get() + adminClients.get();
  }

  /// Connections that were served since the start or the last [#resetStats].
  public long acceptedClients() {
    return nextClientId.get() - forgottenClients.get();
  }

  /// Connections that were sent away because there were too many.
  public long rejectedClients() {
    return rejectedClients.get();
  }

  /// Counts one more client unless there are as many as there may be; those of the admin port
  /// always may.
  public boolean admit(Entrance entrance) {
    if (!entrance.isCounted()) {
      adminClients.incrementAndGet();
      return true;
    }
    if (clients.incrementAndGet() > live.maxClients()) {
      clients.decrementAndGet();
      rejectedClients.incrementAndGet();
      return false;
    }
    return true;
  }

  /// One more of the stopping threads has nothing under way.
  void onSettled() {
    settled.incrementAndGet();
  }

  /// Whether all threads stop and nothing is under way between them.
  boolean areSettled() {
    return settled.get() == threads.size();
  }

  void onClosed(Entrance entrance) {
    (entrance.isCounted() ? clients : adminClients).decrementAndGet();
  }

  /// Ends all threads and gives all memory back.
  @Override
  public void close() {
    threads.forEach(ShardThread::shutdown);
    for (ShardThread thread : threads) {
      join(thread);
    }
    reserve.close();
  }

  private static void join(ShardThread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
