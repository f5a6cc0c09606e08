package io.pantala.server.shard;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Selection;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.KeyRefs;
import io.pantala.server.config.Limits;
import io.pantala.txn.Coordinator;
import io.pantala.txn.HopDecision;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.Transaction;
import io.pantala.txn.TransactionBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One command that needs more than one shard, more than one hop, or a claim on everything, while
/// it runs as a transaction. Reused; belongs to the client's thread, its parts to their shards
/// while a hop runs.
public final class ShardCall implements TransactionBody<Shard>, AutoCloseable {
  private final ShardThread home;
  private final Transaction<Shard> transaction;
  private final NativeBuffer request = new NativeBuffer();
  private final Args ownArgs = new Args();
  private final KeyRefs ownKeys = new KeyRefs();
  private final ShardPart[] parts;
  private Args args = ownArgs;
  private KeyRefs keys = ownKeys;
  private @Nullable Connection client;
  private @Nullable CommandSpec spec;
  private @Nullable HopSteps steps;
  private @Nullable Throwable failure;
  private int selection;
  private long startNanos;

  ShardCall(ShardThread home, Transaction<Shard> transaction) {
    this.home = home;
    this.transaction = transaction;
    this.parts = new ShardPart[home.shards().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new ShardPart();
    }
  }

  public Args args() {
    return args;
  }

  public KeyRefs keys() {
    return keys;
  }

  /// The client that called; only for steps on its thread.
  public Connection client() {
    return Objects.requireNonNull(client);
  }

  /// The database that the client had selected.
  public int db() {
    return Selection.db(selection);
  }

  public ShardPart[] parts() {
    return parts;
  }

  public ShardPart part(int shard) {
    return parts[shard];
  }

  /// Whether the i-th key lives on the shard of `cx`.
  public boolean isHere(ShardContext cx, int i) {
    return keys.shard(i) == cx.shard().index();
  }

  /// Runs the command here and now, when this thread's shard is the only one and nothing conflicts.
  public void runInline(
      Connection caller, CommandSpec called, Args callArgs, KeyRefs callKeys, Reply reply) {
    begin(caller, called);
    HopSteps what = steps();
    args = callArgs;
    keys = callKeys;
    long start = reply.mark();
    try {
      ShardContext cx = home.context();
      cx.select(selection);
      int hop = 0;
      what.onShard(cx, this, hop);
      HopDecision next = what.isSingleHop() ? HopDecision.CONCLUDE : what.afterHop(this, hop);
      while (next != HopDecision.CONCLUDE) {
        what.onShard(cx, this, ++hop);
        next = next == HopDecision.LAST_HOP ? HopDecision.CONCLUDE : what.afterHop(this, hop);
      }
      what.answer(this, reply);
    } catch (Throwable cause) {
      StepRunner.answer(cause, start, reply);
    }
    end();
  }

  /// Runs the command as a transaction over the shards of its keys; the client waits. A claim is on
  /// the key's hash, so on the key in all databases: MOVE and COPY, which use two, hold both.
  public void startOnKeys(Connection caller, CommandSpec called, KeyRefs callKeys) {
    begin(caller, called);
    ownKeys.copyFrom(callKeys);
    transaction.begin();
    for (int i = 0; i < ownKeys.count(); i++) {
      transaction.claim(ownKeys.shard(i), ownKeys.hash(i), ownKeys.writes(i));
    }
    start();
  }

  /// Runs the command as a transaction over all data; the client waits.
  public void startOnAll(Connection caller, CommandSpec called, boolean exclusive) {
    begin(caller, called);
    ownKeys.clear();
    transaction.begin();
    transaction.claimAll(exclusive);
    start();
  }

  /// Copies the request, which must outlive the buffer it was read into; before a start.
  public void keep(Args callArgs) {
    request.clear();
    callArgs.copyTo(request, ownArgs);
  }

  private void begin(Connection caller, CommandSpec called) {
    client = caller;
    spec = called;
    steps = called.hopSteps();
    selection = caller.state().selection();
    args = ownArgs;
    keys = ownKeys;
    for (ShardPart part : parts) {
      part.begin(caller.state().wire());
    }
  }

  private void start() {
    startNanos = System.nanoTime();
    client().await();
    transaction.start(this);
  }

  private void end() {
    client = null;
    spec = null;
    steps = null;
    request.clear();
    request.trim(Limits.KEPT_CALL_BYTES);
    for (ShardPart part : parts) {
      part.end();
    }
    home.giveCall(this);
  }

  private HopSteps steps() {
    return Objects.requireNonNull(steps);
  }

  @Override
  public boolean firstHopIsLast() {
    return steps().isSingleHop();
  }

  @Override
  public void onShard(ShardExecutor<Shard> at, int hop) {
    ShardContext cx = at.shard().context();
    cx.select(selection);
    steps().onShard(cx, this, hop);
  }

  @Override
  public HopDecision afterHop(Coordinator<Shard> at, int hop) {
    return steps().afterHop(this, hop);
  }

  @Override
  public void failed(Coordinator<Shard> at, Throwable cause) {
    failure = cause;
  }

  @Override
  public void concluded(Coordinator<Shard> at) {
    Connection caller = client();
    if (!caller.isClosed()) {
      answer(caller);
      long nanos = System.nanoTime() - startNanos;
      home.timer().ran(Objects.requireNonNull(spec), nanos, args, caller.state(), caller.reply());
    }
    end();
    caller.resume();
  }

  private void answer(Connection caller) {
    Reply reply = caller.reply();
    long start = reply.mark();
    Throwable cause = failure;
    if (cause != null) {
      failure = null;
      StepRunner.answer(cause, start, reply);
      return;
    }
    try {
      steps().answer(this, reply);
    } catch (Throwable thrown) {
      StepRunner.answer(thrown, start, reply);
    }
  }

  @Override
  public void close() {
    request.close();
    for (ShardPart part : parts) {
      part.close();
    }
  }
}
