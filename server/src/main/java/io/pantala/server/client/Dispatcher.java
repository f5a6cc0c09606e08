package io.pantala.server.client;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.command.CommandBody;
import io.pantala.server.command.CommandFlag;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.CommandTable;
import io.pantala.server.command.KeyRefs;
import io.pantala.server.config.Limits;
import io.pantala.server.shard.MemoryLimit;
import io.pantala.server.shard.Prefetch;
import io.pantala.server.shard.Shard;
import io.pantala.server.shard.ShardCall;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.StepRunner;
import io.pantala.server.stats.CommandTimer;
import io.pantala.txn.ShardExecutor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes a parsed request to where it runs: at once on the own shard, into the round's batch for
/// another, or as a transaction over several. One for each shard thread, owned by it.
public final class Dispatcher {
  /// What a client that watches may not do; redis-server treats it as a replica.
  private static final int KEYSPACE =
      CommandFlag.READONLY | CommandFlag.WRITE | CommandFlag.MAY_REPLICATE;

  private static final byte[] MONITOR_READS =
      ErrorText.of("ERR Replica can't interact with the keyspace");

  private final ShardThread thread;
  private final ShardExecutor<Shard> executor;
  private final ShardContext context;
  private final MemoryLimit memoryLimit;
  private final CommandTimer timer;
  private final Pause pause;
  private final MonitorFeed monitors;
  private final KeyRefs keys = new KeyRefs();
  private final int home;
  private final Lookahead lookahead = new Lookahead(this);
  private long lastWarningNanos;

  public Dispatcher(ShardThread thread, MemoryLimit memoryLimit) {
    this.thread = thread;
    this.executor = thread.executor();
    this.context = thread.context();
    this.memoryLimit = memoryLimit;
    this.timer = thread.timer();
    this.pause = thread.pause();
    this.monitors = thread.monitorFeed();
    this.home = thread.index();
  }

  Lookahead lookahead() {
    return lookahead;
  }

  /// Looks up the row and hashes the key of a request that has just been parsed.
  void prepare(Connection client, Request request) {
    Args args = request.args;
    CommandSpec spec = args.count() == 0 ? null : client.protocol().find(args);
    request.spec = spec;
    if (spec != null) {
      int key = spec.leadKey();
      if (key != 0 && key < args.count()) {
        request.keyHash = thread.hash(args.address(key), args.length(key));
      }
    }
  }

  /// Lets the look-ups of prepared requests overlap.
  void prefetch(Connection client, Request[] requests, int count) {
    Prefetch prefetch = context.prefetch();
    for (int i = 0; i < count; i++) {
      Request request = requests[i];
      CommandSpec spec = request.spec;
      if (spec != null && thread.shardOf(request.keyHash) == home) {
        int key = spec.leadKey();
        if (key != 0 && key < request.args.count()) {
          prefetch.add(request.keyHash, request.args.address(key), request.args.length(key));
        }
      }
    }
    context.select(client.state().selection());
    prefetch.run(context.db());
  }

  /// Runs a prepared request or starts it; false when it must wait until the round so far is over,
  /// or a pause: then nothing was done.
  boolean dispatch(Connection client, Request request) {
    return client.state().replyMode() == ReplyMode.ON
        ? start(client, request)
        : startUnanswered(client, request);
  }

  /// The same without the reply, if the client still does not want it when the request is done.
  private boolean startUnanswered(Connection client, Request request) {
    ClientState state = client.state();
    state.replyMode(state.replyMode().onRequest());
    NativeBuffer replies = thread.replyBuffer();
    long end = replies.position();
    int segments = client.round().segments();
    if (!start(client, request)) {
      return false;
    }
    if (state.replyMode().isSilent()) {
      replies.position(Math.min(end, replies.position()));
      client.round().silence(segments);
    }
    state.replyMode(state.replyMode().afterRequest());
    return true;
  }

  private boolean start(Connection client, Request request) {
    Args args = request.args;
    CommandSpec spec = find(client, request.spec, args);
    if (spec == null) {
      return true;
    }
    if (pause.isOn() && pause.holds(client, spec)) {
      return false;
    }
    boolean taken =
        switch (spec.kind()) {
          case ON_SHARD -> onShard(client, spec, args, request.keyHash);
          case PER_KEY -> perKey(client, spec, args);
          case HOPS -> client.round().isLocal() && hops(client, spec, args);
          case PER_SHARD -> client.round().isLocal() && perShard(client, spec, args);
          case LOCAL -> client.round().isLocal() && local(client, spec, args);
          case CONTAINER -> throw new IllegalStateException("a container does not run");
        };
    if (taken && monitors.isOn()) {
      monitors.add(client, spec, args);
    }
    return taken;
  }

  /// The row of a request that may run; null when the client got an error instead.
  private @Nullable CommandSpec find(Connection client, @Nullable CommandSpec named, Args args) {
    CommandSpec spec = named;
    if (spec == null) {
      client.state().lastCommand(null);
      return refuseUnknown(client, args);
    }
    CommandTable subcommands = spec.subcommands();
    if (subcommands != null && args.count() > 1) {
      CommandSpec sub = subcommands.find(args, 1);
      if (sub == null) {
        client.state().lastCommand(null);
        return refuse(client, null, spec.row().unknownSubcommand(args));
      }
      spec = sub;
    }
    client.state().lastCommand(spec);
    if (!spec.acceptsCount(args.count())) {
      return refuse(client, spec, client.protocol().wrongArity(spec));
    }
    if (isStranger(client) && !spec.has(CommandFlag.NO_AUTH)) {
      return refuse(client, spec, client.protocol().notAuthenticated());
    }
    if (spec.has(CommandFlag.DENYOOM) && memoryLimit.isReached(thread.shard())) {
      return refuse(client, spec, ErrorText.OUT_OF_MEMORY);
    }
    if (client.state().isMonitor() && spec.has(KEYSPACE)) {
      return refuse(client, spec, MONITOR_READS);
    }
    return spec;
  }

  private @Nullable CommandSpec refuseUnknown(Connection client, Args args) {
    if (!client.protocol().isForeign(args)) {
      return refuse(client, null, client.protocol().unknownCommand(args));
    }
    long now = System.nanoTime();
    if (lastWarningNanos == 0 || now - lastWarningNanos > Limits.WARNING_PERIOD_NANOS) {
      lastWarningNanos = now;
      thread
          .log()
          .warn(
              "client {} at {} closed: it sends a request of HTTP as a command, perhaps made by a"
                  + " web page that attacks this server",
              client.state().id(),
              client.state().peer());
    }
    thread.replyBuffer().clear();
    client.close();
    return null;
  }

  /// Whether the client has still to say who it is; no longer when the password was taken away.
  private boolean isStranger(Connection client) {
    return !client.state().authenticated() && thread.shards().live().hasPassword();
  }

  private @Nullable CommandSpec refuse(
      Connection client, @Nullable CommandSpec spec, byte[] error) {
    client.reply().error(error);
    client.reply().takeError();
    thread.stats().byCommand().rejected(spec, error);
    return null;
  }

  private boolean onShard(Connection client, CommandSpec spec, Args args, long namedHash) {
    CommandBody.OnShard body = (CommandBody.OnShard) spec.body();
    int key = spec.soleKey();
    if (key == 0) {
      return onRoutedShard(client, spec, body, args);
    }
    long hash = spec.isSubcommand() ? thread.hash(args.address(key), args.length(key)) : namedHash;
    int shard = thread.shardOf(hash);
    Round round = client.round();
    if (shard == home && !round.hasBatch(home) && isFree(hash, spec.writesSoleKey())) {
      context.select(client.state().selection());
      context.keyHash(hash);
      timer.enter(spec, client.reply());
      StepRunner.run(body.step(), context, args, client.reply());
      timer.leave(args, client.state(), client.reply());
      return true;
    }
    return addToRound(round, shard, spec, args, hash);
  }

  private boolean onRoutedShard(
      Connection client, CommandSpec spec, CommandBody.OnShard body, Args args) {
    CommandBody.Route route = Objects.requireNonNull(body.route());
    int picked = route.shard(args, thread.shards().size());
    int shard = picked < 0 ? home : picked;
    Round round = client.round();
    if (shard == home && !round.hasBatch(home)) {
      context.select(client.state().selection());
      timer.enter(spec, client.reply());
      StepRunner.run(body.step(), context, args, client.reply());
      timer.leave(args, client.state(), client.reply());
      return true;
    }
    return addToRound(round, shard, spec, args, 0);
  }

  private static boolean addToRound(
      Round round, int shard, CommandSpec spec, Args args, long hash) {
    if (round.isFull()) {
      return false;
    }
    round.add(shard, spec, args, hash);
    return true;
  }

  private boolean perKey(Connection client, CommandSpec spec, Args args) {
    if (!locate(client, spec, args)) {
      return true;
    }
    Round round = client.round();
    if (isAllHere() && !round.hasBatch(home)) {
      context.select(client.state().selection());
      timer.enter(spec, client.reply());
      StepRunner.run((CommandBody.PerKey) spec.body(), context, args, keys, client.reply());
      timer.leave(args, client.state(), client.reply());
      return true;
    }
    int shard = keys.soleShard();
    if (shard >= 0) {
      return addToRound(round, shard, spec, args, keys.hash(0));
    }
    if (!round.isLocal()) {
      return false;
    }
    ShardCall call = thread.takeCall();
    call.keep(args);
    call.startOnKeys(client, spec, keys);
    return true;
  }

  private boolean hops(Connection client, CommandSpec spec, Args args) {
    if (!locate(client, spec, args)) {
      return true;
    }
    ShardCall call = thread.takeCall();
    if (isAllHere()) {
      timer.enter(spec, client.reply());
      call.runInline(client, spec, args, keys, client.reply());
      timer.leave(args, client.state(), client.reply());
      return true;
    }
    call.keep(args);
    call.startOnKeys(client, spec, keys);
    return true;
  }

  private boolean perShard(Connection client, CommandSpec spec, Args args) {
    ShardCall call = thread.takeCall();
    if (thread.shards().size() == 1 && executor.isIdle()) {
      keys.clear();
      timer.enter(spec, client.reply());
      call.runInline(client, spec, args, keys, client.reply());
      timer.leave(args, client.state(), client.reply());
      return true;
    }
    call.keep(args);
    call.startOnAll(client, spec, ((CommandBody.PerShard) spec.body()).exclusive());
    return true;
  }

  private boolean local(Connection client, CommandSpec spec, Args args) {
    Reply reply = client.reply();
    long start = reply.mark();
    timer.enter(spec, reply);
    try {
      ((CommandBody.Local) spec.body()).step().run(client, args, reply);
    } catch (Throwable cause) {
      StepRunner.answer(cause, start, reply);
    }
    timer.leave(args, client.state(), reply);
    return true;
  }

  /// Finds and hashes the keys; false when the client got an error instead.
  private boolean locate(Connection client, CommandSpec spec, Args args) {
    if (thread.locate(spec, args, keys)) {
      return true;
    }
    timer.enter(spec, client.reply());
    client.reply().error(spec.row().badKeys());
    timer.leave(args, client.state(), client.reply());
    return false;
  }

  private boolean isAllHere() {
    for (int i = 0; i < keys.count(); i++) {
      if (keys.shard(i) != home || !isFree(keys.hash(i), keys.writes(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isFree(long hash, boolean write) {
    return executor.isIdle() || executor.isFree(hash, write);
  }
}
