package io.pantala.server.stats;

import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.ClientState;
import io.pantala.server.command.CommandSpec;
import org.jspecify.annotations.Nullable;

/// Measures the commands that one shard thread runs. Owner: that thread.
///
/// A reading of the clock costs as much as a tenth of a GET in a pipeline, so readings are shared:
/// the end of one command is the start of the next, and small calls of one
/// [brief][CommandSpec#isBrief] row that follow each other are one *run*, whose time is divided
/// evenly.
///
/// ```text
///  begin    GET GET GET GET   SET   SET(1 MB)  MGET    end
///    │                     │     │          │      │
///    └─ clock              └─────┴── clock ─┴──────┘
/// ```
///
/// A run ends at a request of another row, at a large one, after [#RUN_MAX] requests, and when
/// nothing more was read. What watches for slow calls sees the time of a whole run; where it wants
/// to see times below [#RUN_WATCHED_NANOS], every call is a run of its own.
public final class CommandTimer {
  private static final int RUN_MAX = 16;

  /// Bytes of a request or its reply that end a run.
  private static final long LARGE_BYTES = 4 << 10;

  /// A run takes less, unless one of its calls is slow or the thread had to wait for its core.
  private static final long RUN_WATCHED_NANOS = 1_000_000;

  private final CommandStats stats;
  private final SlowWatch watch;
  private long mark;
  private long leastNanos;
  private boolean tracking;
  private long replyStart;
  private int length;
  private @Nullable CommandSpec run;
  private @Nullable Args lastArgs;
  private @Nullable ClientState lastClient;

  public CommandTimer(CommandStats stats, SlowWatch watch) {
    this.stats = stats;
    this.watch = watch;
  }

  /// Requests follow; a run that is not over ends here: a transaction that concludes may let
  /// waiting requests of others run in the midst of a client's. Looks at the clock and at the
  /// settings.
  public void begin() {
    end();
    mark = System.nanoTime();
    leastNanos = watch.leastNanos();
    tracking = watch.isTracking();
  }

  /// A request is about to run.
  public void enter(CommandSpec spec, Reply reply) {
    if (spec != run) {
      end();
      run = spec;
    }
    reply.takeError();
    replyStart = reply.mark();
  }

  /// The request that entered last has run, and its reply is written. Its arguments must stay where
  /// they are until [#end].
  public void leave(Args args, ClientState client, Reply reply) {
    CommandSpec spec = run;
    if (spec == null) {
      return;
    }
    byte[] error = reply.takeError();
    if (error != null) {
      stats.failed(spec, error);
    }
    length++;
    lastArgs = args;
    lastClient = client;
    if (!mayGoOn(spec, args.bytes(), reply.mark() - replyStart)) {
      end();
    }
  }

  private boolean mayGoOn(CommandSpec spec, long requestBytes, long replyBytes) {
    return spec.isBrief()
        && length < RUN_MAX
        && requestBytes < LARGE_BYTES
        && replyBytes < LARGE_BYTES
        && leastNanos >= RUN_WATCHED_NANOS;
  }

  /// Ends the run in hand: nothing more was read, or another row comes.
  public void end() {
    CommandSpec spec = run;
    if (length == 0 || spec == null || lastArgs == null || lastClient == null) {
      run = null;
      return;
    }
    long now = System.nanoTime();
    long nanos = now - mark;
    mark = now;
    stats.ran(spec, length, nanos, tracking);
    if (nanos >= leastNanos) {
      watch.onSlow(spec, nanos, lastArgs, lastClient);
    }
    length = 0;
    run = null;
    lastArgs = null;
    lastClient = null;
  }

  /// A call that did not run in one go is over, as one over several shards. Its time is that from
  /// its start to its reply, the ways between the shards and waiting included.
  public void ran(CommandSpec spec, long nanos, Args args, ClientState client, Reply reply) {
    byte[] error = reply.takeError();
    if (error != null) {
      stats.failed(spec, error);
    }
    stats.ran(spec, 1, nanos, watch.isTracking());
    if (nanos >= watch.leastNanos()) {
      watch.onSlow(spec, nanos, args, client);
    }
  }
}
