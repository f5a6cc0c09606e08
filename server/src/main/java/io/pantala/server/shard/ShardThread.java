package io.pantala.server.shard;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.util.concurrent.Future;
import io.pantala.core.dash.KeyHash;
import io.pantala.core.db.KeyspaceStats;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Dispatcher;
import io.pantala.server.client.MonitorFeed;
import io.pantala.server.client.Pause;
import io.pantala.server.client.ReplyWriter;
import io.pantala.server.client.SendQueue;
import io.pantala.server.client.Wire;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.KeyRefs;
import io.pantala.server.config.Limits;
import io.pantala.server.stats.CommandTimer;
import io.pantala.txn.Coordinator;
import io.pantala.txn.Mailbox;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardMessage;
import io.pantala.txn.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One core's thread: a Netty event loop that serves connections and owns one shard.
///
/// A turn of the loop: socket events and timers, then the mailbox, then the reads that were put off
/// and slices of long work. All fields but the mailbox are for the thread itself.
public final class ShardThread extends Thread {
  private static final Logger log = LoggerFactory.getLogger(ShardThread.class);

  private final ShardThreads shards;
  private final Shard shard;
  private final ShardExecutor<Shard> executor;
  private final Coordinator<Shard> coordinator;
  private final Mailbox<Shard> mailbox = new Mailbox<>();
  private final ThreadStats stats;
  private final CommandTimer timer;
  private final KeyHash keyHash;
  private final ManualIoEventLoop loop;
  private final Dispatcher dispatcher;
  private final ReplyWriter replies = new ReplyWriter();
  private final SendQueue sendQueue = new SendQueue();
  private final MonitorFeed monitorFeed;
  private final Pause pause = new Pause(this);
  private final NativeBuffer readBuffer = new NativeBuffer();
  private final Set<Connection> connections = new HashSet<>();
  private final ArrayDeque<Connection> readLater = new ArrayDeque<>();
  private final ArrayDeque<Runnable> slices = new ArrayDeque<>();
  private final List<ShardBatch> freeBatches = new ArrayList<>();
  private final List<ShardCall> freeCalls = new ArrayList<>();

  /// Batches, calls and gathers of this thread's clients that are not free.
  private int taken;

  private final SilentClients silentClients;
  private @Nullable Future<?> beats;
  private long beatMs;
  private boolean upkeepRests;
  private volatile boolean stopping;

  ShardThread(ShardThreads shards, Shard shard, KeyHash keyHash, IoHandlerFactory io) {
    super("shard-" + shard.index());
    this.shards = shards;
    this.shard = shard;
    this.keyHash = keyHash;
    this.stats = new ThreadStats(shards.commands().rows().size());
    this.timer = new CommandTimer(stats.byCommand(), shards.watch());
    this.executor = new ShardExecutor<>(shard.index(), shard, shards, this::isCurrent);
    this.coordinator = new Coordinator<>(shards, shard.index(), shards.transactionIds());
    this.loop = new Loop(this, io);
    this.monitorFeed = new MonitorFeed(this);
    this.dispatcher = new Dispatcher(this, shards.memoryLimit());
    this.silentClients = new SilentClients(connections, shards.live());
  }

  @Override
  public void run() {
    shard.adopt();
    scheduleBeats();
    boolean more = false;
    while (!stopping) {
      if (more) {
        loop.runNow();
      } else {
        loop.run(Long.MAX_VALUE);
      }
      more = turn();
    }
    stopBeats();
    end();
  }

  private void scheduleBeats() {
    beatMs = shards.beatMs();
    beats = loop.scheduleAtFixedRate(this::beat, beatMs, beatMs, TimeUnit.MILLISECONDS);
  }

  private void stopBeats() {
    if (beats != null) {
      beats.cancel(false);
    }
  }

  /// Asks the thread to end; any thread.
  void shutdown() {
    stopping = true;
    loop.wakeup();
  }

  /// Puts a message into the mailbox; any thread.
  void post(ShardMessage<Shard> message) {
    if (mailbox.offer(message) && !isCurrent()) {
      loop.wakeup();
    }
  }

  /// The shard thread that calls this.
  public static ShardThread current() {
    return (ShardThread) Thread.currentThread();
  }

  public boolean isCurrent() {
    return Thread.currentThread() == this;
  }

  public int index() {
    return shard.index();
  }

  public Shard shard() {
    return shard;
  }

  public ShardThreads shards() {
    return shards;
  }

  /// What this thread counts.
  public ThreadStats stats() {
    return stats;
  }

  /// Forgets what CONFIG RESETSTAT forgets. On this thread.
  public void resetStats() {
    assert isCurrent();
    stats.reset();
    KeyspaceStats keyspace = shard.stats();
    keyspace.hits = 0;
    keyspace.misses = 0;
    keyspace.expired = 0;
    keyspace.evicted = 0;
  }

  /// Measures the commands that run here.
  public CommandTimer timer() {
    return timer;
  }

  public ShardExecutor<Shard> executor() {
    return executor;
  }

  public ShardContext context() {
    return shard.context();
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public ManualIoEventLoop loop() {
    return loop;
  }

  public Logger log() {
    return log;
  }

  public long hash(long key, long length) {
    return keyHash.of(key, length);
  }

  /// The shard of a key: the hash's top 16 bits spread over the shards; the table uses the others.
  public int shardOf(long hash) {
    return (int) (((hash >>> 48) * shards.size()) >>> 16);
  }

  /// Finds, hashes and places the keys of a request; false when its arguments contradict the row.
  /// Any thread.
  public boolean locate(CommandSpec spec, Args args, KeyRefs keys) {
    if (!spec.findKeys(args, keys)) {
      return false;
    }
    for (int i = 0; i < keys.count(); i++) {
      int argument = keys.argument(i);
      long hash = hash(args.address(argument), args.length(argument));
      keys.locate(i, hash, shardOf(hash));
    }
    return true;
  }

  public void refreshClock() {
    shard.clock().refresh();
  }

  /// The replies of the round in hand; empty between rounds.
  public NativeBuffer replyBuffer() {
    return replies.buffer();
  }

  public SendQueue sendQueue() {
    return sendQueue;
  }

  /// Tells those who watch by MONITOR what this thread's clients ask.
  public MonitorFeed monitorFeed() {
    return monitorFeed;
  }

  /// Whose requests wait for the end of a CLIENT PAUSE.
  public Pause pause() {
    return pause;
  }

  /// Stops active expiry for the time of a pause, or lets it go on.
  public void pauseExpiry(boolean on) {
    shard.upkeep().pauseExpiry(on);
  }

  /// Writes to [#replyBuffer] what a client of that protocol understands.
  public Reply reply(Wire wire) {
    return replies.to(wire);
  }

  /// Address of the buffer that all connections read into, of [Limits#READ_BYTES].
  public long readBuffer() {
    return readBuffer.reserve(Limits.READ_BYTES);
  }

  public void register(Connection connection) {
    connections.add(connection);
  }

  public void forget(Connection connection) {
    connections.remove(connection);
    monitorFeed.leave(connection);
    shards.onClosed(connection.state().entrance());
  }

  /// The connections served here.
  public Set<Connection> connections() {
    return connections;
  }

  /// Lets others have their turn before this connection reads again.
  public void readLater(Connection connection) {
    readLater.add(connection);
  }

  /// Runs a slice of long work once in the next turn, after the sockets had theirs.
  public void runNextTurn(Runnable slice) {
    assert isCurrent();
    slices.add(slice);
  }

  public ShardBatch takeBatch() {
    taken++;
    return freeBatches.isEmpty() ? new ShardBatch(this) : freeBatches.removeLast();
  }

  public void giveBatch(ShardBatch batch) {
    batch.clear();
    freeBatches.add(batch);
    taken--;
  }

  public ShardCall takeCall() {
    taken++;
    return freeCalls.isEmpty()
        ? new ShardCall(this, new Transaction<>(coordinator))
        : freeCalls.removeLast();
  }

  /// A gather of one of this thread's clients is on its way.
  void onDeparture() {
    taken++;
  }

  /// It is back.
  void onReturn() {
    taken--;
  }

  void giveCall(ShardCall call) {
    freeCalls.add(call);
    taken--;
  }

  /// After the socket events of a turn; whether there is more to do at once.
  private boolean turn() {
    boolean more = false;
    try {
      if (!mailbox.isEmpty()) {
        refreshClock();
      }
      more = mailbox.drain(executor, Limits.MESSAGES_PER_TURN);
    } catch (Throwable t) {
      log.error("a message failed", t);
      more = true;
    }
    for (int n = readLater.size(); n > 0; n--) {
      readLater.removeFirst().onReadAgain();
    }
    for (int n = slices.size(); n > 0; n--) {
      slices.removeFirst().run();
    }
    monitorFeed.send();
    sendQueue.send();
    return more || !readLater.isEmpty() || !slices.isEmpty();
  }

  private void beat() {
    shard.upkeep().beat();
    silentClients.beat(shard.clock().nowMs());
    pause.onBeat();
    shard.flushLater().beat(executor);
    shards.memoryLimit().publish(shard);
    stats.publish(shard.memory(), shard.upkeep());
    if (index() == 0) {
      shards.load().beat();
    }
    if (!upkeepRests) {
      workOn();
    }
    if (shards.beatMs() != beatMs) {
      stopBeats();
      scheduleBeats();
    }
  }

  /// Runs a slice of the upkeep, and another one after a rest as long as something is left.
  private void workOn() {
    upkeepRests = false;
    try {
      upkeepRests = shard.upkeep().slice();
    } catch (RuntimeException | Error e) {
      log.error("upkeep failed", e);
    }
    if (upkeepRests) {
      loop.schedule(this::workOn, Upkeep.REST_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  /// Closes the clients, then goes on with the mailbox until nothing travels for any of them: what
  /// travels belongs to its home thread, which frees it. Gives up on what was lost by a failure.
  private void settle() {
    boolean settled = false;
    long startNanos = System.nanoTime();
    while (!shards.areSettled() && System.nanoTime() - startNanos < Limits.SETTLE_MAX_NANOS) {
      for (Connection connection : List.copyOf(connections)) {
        connection.close();
      }
      loop.runNow();
      turn();
      if (!settled && taken == 0) {
        settled = true;
        shards.onSettled();
      }
      Thread.onSpinWait();
    }
  }

  private void end() {
    settle();
    Future<?> ended = loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    while (!ended.isDone()) {
      loop.runNow();
    }
    freeBatches.forEach(ShardBatch::close);
    freeCalls.forEach(ShardCall::close);
    replies.close();
    sendQueue.close();
    monitorFeed.close();
    readBuffer.close();
    shard.close();
  }

  /// The event loop does not sleep while the mailbox holds something.
  private static final class Loop extends ManualIoEventLoop {
    private final ShardThread owner;

    Loop(ShardThread owner, IoHandlerFactory io) {
      super(owner, io);
      this.owner = owner;
    }

    @Override
    protected boolean canBlock() {
      return owner.mailbox.isEmpty() && !owner.stopping && super.canBlock();
    }
  }
}
