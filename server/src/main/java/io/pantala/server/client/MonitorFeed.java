package io.pantala.server.client;

import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.server.command.CommandFlag;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.config.Limits;
import io.pantala.server.shard.Shard;
import io.pantala.server.shard.ShardThread;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardMessage;
import java.util.ArrayList;
import java.util.List;

/// What the clients of one thread ask, told to those who watch by MONITOR. Owner: the thread.
///
/// ```text
///   requests of this thread ──► lines ──┬─► the monitors here
///                        (end of turn)  └─► a message to each thread with monitors
/// ```
///
/// Lines leave at the end of the loop's turn, so behind the replies of the requests. Those of one
/// thread keep their order; those of several meet as they come.
public final class MonitorFeed implements AutoCloseable {
  private static final int HIDDEN = CommandFlag.ADMIN | CommandFlag.SKIP_MONITOR;

  private final ShardThread thread;
  private final NativeBuffer lines = new NativeBuffer();
  private final NativeBuffer received = new NativeBuffer();
  private final List<Connection> here = new ArrayList<>();

  /// How many monitors each thread serves. A leave may overtake its join, so one may be below zero
  /// for a moment.
  private final int[] monitors;

  private int all;

  public MonitorFeed(ShardThread thread) {
    this.thread = thread;
    this.monitors = new int[thread.shards().config().threads()];
  }

  /// Some client of the server watches.
  boolean isOn() {
    return all > 0;
  }

  /// One monitor more (1) or less (-1) on a thread.
  public void count(int onThread, int change) {
    assert thread.isCurrent();
    monitors[onThread] += change;
    all += change;
  }

  /// Starts to send to a client of this thread that all threads have counted.
  public void join(Connection client) {
    here.add(client);
    client.state().monitor(true);
  }

  /// Sends to that client no more; nothing for one that does not watch.
  public void leave(Connection client) {
    if (here.remove(client)) {
      client.state().monitor(false);
      uncount();
    }
  }

  /// Takes back what all threads have counted for a client that is gone before it could join.
  public void uncount() {
    for (ShardThread each : thread.shards().threads()) {
      thread.shards().post(each.index(), new Leave(thread.index()));
    }
  }

  /// Notes a request that has run or is on its way.
  void add(Connection client, CommandSpec spec, Args args) {
    if (spec.has(HIDDEN)) {
      return;
    }
    long start = lines.position();
    try {
      MonitorLine.write(lines, client.state(), spec, args);
    } catch (MemoryExhausted e) {
      lines.position(start);
      thread.log().warn("no memory to show a request to monitors");
    }
  }

  /// Sends early in a turn with much to show; between the rounds of clients, as [#send].
  void relieve() {
    if (lines.position() > Limits.MONITOR_BYTES) {
      send();
    }
  }

  /// Sends what has been noted. It may close any client, so none must be in the middle of a round.
  public void send() {
    if (lines.isEmpty()) {
      return;
    }
    deliver(lines);
    byte[] copy = null;
    for (int i = 0; i < monitors.length; i++) {
      if (i != thread.index() && monitors[i] > 0) {
        copy = copy == null ? lines.toArray() : copy;
        thread.shards().post(i, new Lines(copy));
      }
    }
    lines.clear();
    lines.trim(Limits.KEPT_BUFFER_BYTES);
  }

  private void deliver(NativeBuffer text) {
    for (Connection client : List.copyOf(here)) {
      client.push(text.address(), text.position());
    }
  }

  /// Lines of another thread.
  private void receive(byte[] text) {
    received.append(text);
    deliver(received);
    received.clear();
    received.trim(Limits.KEPT_BUFFER_BYTES);
  }

  @Override
  public void close() {
    lines.close();
    received.close();
  }

  private static MonitorFeed of(ShardExecutor<Shard> at, ShardThread sender) {
    return sender.shards().threads().get(at.index()).monitorFeed();
  }

  private final class Lines extends ShardMessage<Shard> {
    private final byte[] text;

    Lines(byte[] text) {
      this.text = text;
    }

    @Override
    protected void onReceive(ShardExecutor<Shard> at) {
      of(at, thread).receive(text);
    }
  }

  private final class Leave extends ShardMessage<Shard> {
    private final int from;

    Leave(int from) {
      this.from = from;
    }

    @Override
    protected void onReceive(ShardExecutor<Shard> at) {
      of(at, thread).count(from, -1);
    }
  }
}
