package io.pantala.server.client;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.config.Limits;
import io.pantala.server.shard.ShardBatch;
import io.pantala.server.shard.ShardThread;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The requests of one round that went to shards, and how their replies come back into order.
/// Owner: the connection's thread.
///
/// ```text
///  request   GET a    GET b    GET c    GET d
///  shard     own      1        own      1
///  replies   local ───┐        local ─┐
///  segments           (1, end)        (1, end)      end = where the local replies stop before it
/// ```
///
/// The shard of a request whose reply the client does not want is kept as its complement.
///
/// A batch of large replies may come back before its end ("cut"); what can be sent is sent, then it
/// travels again.
public final class Round {
  private static final int FIRST_SEGMENTS = 32;

  private final Connection connection;
  private final ShardThread thread;
  private final NativeBuffer local = new NativeBuffer();
  private @Nullable ShardBatch @Nullable [] batches;
  private int[] shards = new int[0];
  private long[] ends = new long[0];
  private int segments;
  private int next;
  private long localSent;
  private int travelling;
  private final NativeBuffer deferredBytes = new NativeBuffer();
  private final Request deferred = new Request();
  private boolean isDeferred;

  /// What the client waits for is not a batch, and not to be answered.
  private boolean dropsAnswer;

  Round(Connection connection, ShardThread thread) {
    this.connection = connection;
    this.thread = thread;
  }

  /// Whose requests these are. On another thread too, while a batch is there: the client waits
  /// then.
  public ClientState client() {
    return connection.state();
  }

  /// Whether all replies so far are in the thread's reply buffer.
  boolean isLocal() {
    return segments == 0;
  }

  /// Whether requests for that shard already travel: then later ones must follow them.
  boolean hasBatch(int shard) {
    return batches != null && batches[shard] != null;
  }

  boolean isFull() {
    return segments == Limits.BATCH_REQUESTS;
  }

  /// How many requests went into batches.
  int segments() {
    return segments;
  }

  /// Drops the replies of the requests from the `from`th on, and the answer that the client waits
  /// for.
  void silence(int from) {
    for (int i = from; i < segments; i++) {
      shards[i] = ~shards[i];
    }
    dropsAnswer = connection.isWaiting();
  }

  /// The client waits no more: drops the answer if it is to be.
  void dropAnswer() {
    if (dropsAnswer) {
      dropsAnswer = false;
      thread.replyBuffer().clear();
    }
  }

  /// Puts a request into the batch for `shard`.
  void add(int shard, CommandSpec spec, Args args, long keyHash) {
    batch(shard).add(spec, args, connection.state().selection(), keyHash);
    if (segments == shards.length) {
      int size = Math.max(FIRST_SEGMENTS, segments * 2);
      shards = Arrays.copyOf(shards, size);
      ends = Arrays.copyOf(ends, size);
    }
    shards[segments] = shard;
    ends[segments++] = thread.replyBuffer().position();
  }

  /// Keeps a copy of a request that must not run before this round is over.
  void defer(Request request) {
    assert !isDeferred;
    isDeferred = true;
    deferredBytes.clear();
    request.args.copyTo(deferredBytes, deferred.args);
    deferred.spec = request.spec;
    deferred.keyHash = request.keyHash;
  }

  /// Puts back the request that was just taken: it must wait on.
  void deferAgain() {
    isDeferred = true;
  }

  /// Bytes of the request that waits.
  long deferredBytes() {
    return isDeferred ? deferredBytes.position() : 0;
  }

  boolean isDeferring() {
    return isDeferred;
  }

  /// The request kept by [#defer], good until the next one; null when there is none.
  @Nullable Request takeDeferred() {
    if (!isDeferred) {
      return null;
    }
    isDeferred = false;
    return deferred;
  }

  /// Sends the batches off; the connection waits for them.
  void depart() {
    connection.await();
    NativeBuffer replies = thread.replyBuffer();
    local.append(replies.address(), replies.position());
    replies.clear();
    @Nullable ShardBatch[] all = batches();
    for (int i = 0; i < all.length; i++) {
      if (all[i] != null) {
        travelling++;
      }
    }
    for (int i = 0; i < all.length; i++) {
      ShardBatch batch = all[i];
      if (batch != null) {
        batch.depart();
      }
    }
  }

  /// A batch is back, whole or cut.
  public void onReturn() {
    assert thread.isCurrent();
    if (--travelling > 0) {
      return;
    }
    if (connection.isClosed()) {
      close();
      return;
    }
    assemble();
  }

  private void assemble() {
    NativeBuffer out = thread.replyBuffer();
    while (next < segments) {
      boolean isSilent = shards[next] < 0;
      ShardBatch batch = batch(isSilent ? ~shards[next] : shards[next]);
      if (!batch.hasReply()) {
        sendOn(batch);
        return;
      }
      copyLocal(out, ends[next]);
      if (isSilent) {
        batch.dropReply();
      } else {
        batch.takeReply(out);
      }
      next++;
    }
    copyLocal(out, local.position());
    release();
    connection.resume();
  }

  /// The replies so far leave, and the batch that was cut goes back to its shard.
  private void sendOn(ShardBatch cut) {
    connection.flush();
    if (connection.isClosed()) {
      close();
      return;
    }
    travelling++;
    cut.depart();
  }

  private void copyLocal(NativeBuffer out, long end) {
    if (end > localSent) {
      out.append(local.address() + localSent, end - localSent);
      localSent = end;
    }
  }

  private ShardBatch batch(int shard) {
    @Nullable ShardBatch[] all = batches();
    ShardBatch batch = all[shard];
    if (batch == null) {
      batch = thread.takeBatch();
      batch.begin(this, shard, connection.state().wire());
      all[shard] = batch;
    }
    return batch;
  }

  private @Nullable ShardBatch[] batches() {
    @Nullable ShardBatch[] all = batches;
    if (all == null) {
      all = new ShardBatch[thread.shards().size()];
      batches = all;
    }
    return all;
  }

  /// Gives the batches back for the next round.
  private void release() {
    @Nullable ShardBatch[] all = batches();
    for (int i = 0; i < all.length; i++) {
      ShardBatch batch = all[i];
      if (batch != null) {
        thread.giveBatch(batch);
        all[i] = null;
      }
    }
    segments = 0;
    next = 0;
    localSent = 0;
    local.clear();
    local.close();
  }

  /// After the connection's end, when nothing travels any more.
  void close() {
    if (travelling == 0) {
      if (batches != null) {
        release();
      }
      local.close();
      deferredBytes.close();
    }
  }
}
