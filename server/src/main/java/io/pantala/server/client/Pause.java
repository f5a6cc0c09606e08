package io.pantala.server.client;

import io.pantala.server.command.CommandFlag;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.shard.Shard;
import io.pantala.server.shard.ShardThread;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardMessage;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// A CLIENT PAUSE as one thread sees it: which requests are held back until when, and whose they
/// are. Owner: the thread; all threads get the same pauses in the same order.
///
/// A held request is deferred by its connection, which waits until the pause is over.
public final class Pause {
  /// What is held back; a later one holds more.
  public enum Mode {
    NONE,
    WRITE,
    ALL
  }

  private static final int MAY_WRITE = CommandFlag.WRITE | CommandFlag.MAY_REPLICATE;

  private final ShardThread thread;
  private final SequencedSet<Connection> held = new LinkedHashSet<>();
  private final Release release = new Release();
  private Mode mode = Mode.NONE;
  private long untilMs;

  public Pause(ShardThread thread) {
    this.thread = thread;
  }

  /// Pauses until a time of the server's clock. While there is a pause, the longer one and the one
  /// that holds more win.
  public void begin(Mode what, long until) {
    untilMs = isOn() ? Math.max(untilMs, until) : until;
    mode = mode.compareTo(what) < 0 ? what : mode;
    thread.pauseExpiry(true);
    onBeat();
  }

  /// Ends the pause; those held go on one after the other in the thread's next turn.
  public void end() {
    mode = Mode.NONE;
    thread.pauseExpiry(false);
    release.post();
  }

  /// Looks whether the time is over.
  public void onBeat() {
    if (isOn() && isOver()) {
      end();
    }
  }

  boolean isOn() {
    return mode != Mode.NONE;
  }

  /// Whether the client's next request must wait.
  boolean holds(Connection client, CommandSpec spec) {
    boolean concerned = mode == Mode.ALL || spec.has(MAY_WRITE);
    return concerned && !client.state().isMonitor() && !isOver();
  }

  void hold(Connection client) {
    client.await();
    held.add(client);
  }

  boolean isHolding(Connection client) {
    return held.contains(client);
  }

  /// Forgets a client that has ended; whether it was held.
  boolean drop(Connection client) {
    return held.remove(client);
  }

  private boolean isOver() {
    return thread.shard().clock().nowMs() >= untilMs;
  }

  /// Lets the held clients go on, by a message so that no other client's request is in hand.
  private final class Release extends ShardMessage<Shard> {
    private boolean isPosted;

    void post() {
      if (!isPosted && !held.isEmpty()) {
        isPosted = true;
        thread.shards().post(thread.index(), this);
      }
    }

    @Override
    protected void onReceive(ShardExecutor<Shard> at) {
      isPosted = false;
      try {
        while (!isOn() && !held.isEmpty()) {
          held.removeFirst().resume();
        }
      } finally {
        if (!isOn()) {
          post();
        }
      }
    }
  }
}
