package io.pantala.server.shard;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.ReplyWriter;
import io.pantala.server.client.Round;
import io.pantala.server.client.Selection;
import io.pantala.server.client.Wire;
import io.pantala.server.command.CommandBody;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.KeyRefs;
import io.pantala.server.config.Limits;
import io.pantala.server.stats.CommandTimer;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardMessage;
import io.pantala.txn.ShardStep;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The requests of one round for one shard, as one message there and back: their bytes are copied
/// once, their replies come back encoded. Reused; belongs to the client's thread, while it travels
/// to the shard's.
///
/// A request that meets a transaction's claim waits in the shard's queue as a [ShardStep]; those
/// behind it wait with it, so that a client's requests to a shard keep their order.
public final class ShardBatch extends ShardMessage<Shard> implements AutoCloseable {
  private static final int FIRST_REQUESTS = 16;

  private final ShardThread home;
  private final NativeBuffer requests = new NativeBuffer();
  private final ReplyWriter writer = new ReplyWriter();
  private final NativeBuffer replies = writer.buffer();
  private final Waiter waiter = new Waiter();

  /// Of the next request, when it has to look at them.
  private final KeyRefs keys = new KeyRefs();

  private @Nullable CommandSpec[] specs = new CommandSpec[FIRST_REQUESTS];
  private Args[] args = newArgs(new Args[0], FIRST_REQUESTS);
  private long[] offsets = new long[FIRST_REQUESTS];
  private long[] ends = new long[FIRST_REQUESTS];

  /// What the client had selected, as [Selection] has it.
  private int[] selections = new int[FIRST_REQUESTS];

  private long[] hashes = new long[FIRST_REQUESTS];
  private @Nullable Round round;
  private Wire wire = Wire.RESP2;
  private int target;
  private int count;
  private int done;
  private int taken;
  private int tripStart;
  private boolean returning;

  ShardBatch(ShardThread home) {
    this.home = home;
  }

  /// Starts a batch for the shard `to`. Client's thread, as all public methods.
  public void begin(Round owner, int to, Wire spoken) {
    round = owner;
    target = to;
    wire = spoken;
    count = 0;
    done = 0;
    taken = 0;
    tripStart = 0;
    returning = false;
  }

  public void add(CommandSpec spec, Args request, int selection, long keyHash) {
    if (count == offsets.length) {
      grow();
    }
    specs[count] = spec;
    selections[count] = selection;
    hashes[count] = keyHash;
    offsets[count] = requests.position();
    request.copyTo(requests, args[count]);
    count++;
  }

  public void depart() {
    replies.clear();
    taken = done;
    tripStart = done;
    returning = false;
    home.shards().post(target, this);
  }

  public boolean hasReply() {
    return taken < done;
  }

  /// Appends the next reply to `out`.
  public void takeReply(NativeBuffer out) {
    int i = taken++;
    long start = i == tripStart ? 0 : ends[i - 1];
    out.append(replies.address() + start, ends[i] - start);
  }

  /// Passes over the next reply.
  public void dropReply() {
    taken++;
  }

  void clear() {
    round = null;
    requests.clear();
    requests.trim(Limits.KEPT_BATCH_BYTES);
    replies.clear();
    replies.trim(Limits.KEPT_BATCH_BYTES);
    Arrays.fill(specs, 0, count, null);
  }

  @Override
  public void close() {
    requests.close();
    writer.close();
  }

  @Override
  protected void onReceive(ShardExecutor<Shard> at) {
    if (returning) {
      Objects.requireNonNull(round).onReturn();
    } else {
      run(at);
    }
  }

  /// Shard's thread: runs what may run, then turns back.
  private void run(ShardExecutor<Shard> at) {
    CommandTimer timer = timer();
    timer.begin();
    while (done < count && replies.position() < Limits.BATCH_REPLY_BYTES) {
      if (done % Prefetch.GROUP == 0) {
        prepareGroup(at.shard());
      }
      if (!at.isIdle() && waiter.mustWait(at)) {
        timer.end();
        at.enqueue(waiter);
        return;
      }
      runNext(at.shard(), timer);
    }
    timer.end();
    turnBack();
  }

  /// That of the shard's thread.
  private CommandTimer timer() {
    return home.shards().threads().get(target).timer();
  }

  /// Points the next requests to where their bytes are now, and lets their look-ups overlap.
  private void prepareGroup(Shard shard) {
    Prefetch prefetch = shard.context().prefetch();
    int end = Math.min(count, done + Prefetch.GROUP);
    for (int i = done; i < end; i++) {
      args[i].rebase(requests.address() + offsets[i]);
      int key = Objects.requireNonNull(specs[i]).leadKey();
      if (key != 0 && selections[i] == selections[done]) {
        prefetch.add(hashes[i], args[i].address(key), args[i].length(key));
      }
    }
    prefetch.run(shard.database(Selection.db(selections[done])));
  }

  private void runNext(Shard shard, CommandTimer timer) {
    CommandSpec spec = nextSpec();
    Reply reply = writer.to(wire);
    timer.enter(spec, reply);
    ShardContext cx = shard.context();
    cx.select(selections[done]);
    cx.keyHash(hashes[done]);
    if (spec.body() instanceof CommandBody.PerKey perKey) {
      home.locate(spec, args[done], keys);
      StepRunner.run(perKey, cx, args[done], keys, reply);
    } else {
      StepRunner.run(((CommandBody.OnShard) spec.body()).step(), cx, args[done], reply);
    }
    timer.leave(args[done], Objects.requireNonNull(round).client(), reply);
    ends[done++] = replies.position();
  }

  private CommandSpec nextSpec() {
    return Objects.requireNonNull(specs[done]);
  }

  private void turnBack() {
    returning = true;
    home.shards().post(home.index(), this);
  }

  private void grow() {
    int size = count * 2;
    specs = Arrays.copyOf(specs, size);
    args = newArgs(args, size);
    offsets = Arrays.copyOf(offsets, size);
    ends = Arrays.copyOf(ends, size);
    selections = Arrays.copyOf(selections, size);
    hashes = Arrays.copyOf(hashes, size);
  }

  /// The place of the batch in the shard's queue while its next request waits for a claim.
  private final class Waiter extends ShardStep<Shard> {
    /// Whether the next request meets a claim; then it has declared its own.
    boolean mustWait(ShardExecutor<Shard> at) {
      home.locate(nextSpec(), args[done], keys);
      boolean free = true;
      for (int i = 0; i < keys.count(); i++) {
        free &= at.isFree(keys.hash(i), keys.writes(i));
      }
      if (free) {
        return false;
      }
      clearClaims();
      for (int i = 0; i < keys.count(); i++) {
        claim(keys.hash(i), keys.writes(i));
      }
      return true;
    }

    @Override
    protected void run(ShardExecutor<Shard> at) {
      CommandTimer timer = timer();
      timer.begin();
      runNext(at.shard(), timer);
      timer.end();
      ShardBatch.this.run(at);
    }

    @Override
    protected void failed(ShardExecutor<Shard> at, Throwable cause) {
      home.log().error("a batch failed on shard {}", at.shard().index(), cause);
      turnBack();
    }
  }

  private static Args[] newArgs(Args[] old, int size) {
    Args[] all = Arrays.copyOf(old, size);
    for (int i = old.length; i < size; i++) {
      all[i] = new Args();
    }
    return all;
  }
}
