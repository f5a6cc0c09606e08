package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.core.db.Database;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.IntText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.Shard;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.StepRunner;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardMessage;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A DEBUG POPULATE while it runs. Each shard goes through all numbers, in slices between other
/// requests, and sets the keys that are its own; the client waits until all shards are done. A key
/// that a transaction has claimed is waited for. As a whole it is not atomic.
final class Populate {
  /// Keys that one slice looks at, so that it stays well below a millisecond.
  private static final int SLICE_KEYS = 1024;

  private static final byte[] VALUE = "value:".getBytes(US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte FILL = 'x';

  private final Connection client;
  private final PopulateOptions options;
  private final byte[] prefix;
  private final int db;
  private int running;
  private @Nullable Throwable failure;

  Populate(Connection client, PopulateOptions options) {
    this.client = client;
    this.options = options;
    this.db = client.state().db();
    this.prefix = Errors.text(options.prefix() + ":");
  }

  /// On the client's thread; the client waits from here on.
  void start() {
    client.await();
    List<ShardThread> threads = client.thread().shards().threads();
    running = threads.size();
    for (ShardThread thread : threads) {
      client.thread().shards().post(thread.index(), new Worker(thread));
    }
  }

  /// On the client's thread, when a shard is done.
  private void onDone(Worker worker) {
    if (worker.failure != null) {
      failure = worker.failure;
    }
    if (--running > 0) {
      return;
    }
    if (!client.isClosed()) {
      answer();
    }
    client.resume();
  }

  private void answer() {
    Reply reply = client.reply();
    if (failure == null) {
      reply.ok();
    } else {
      StepRunner.answer(failure, reply.mark(), reply);
    }
  }

  /// One shard's part: travels to the shard, works there slice by slice, travels back.
  private final class Worker extends ShardMessage<Shard> implements Runnable {
    private final ShardThread thread;
    private final SplittableRandom random;
    private long next;
    private boolean done;
    private @Nullable Throwable failure;

    Worker(ShardThread thread) {
      this.thread = thread;
      this.random = new SplittableRandom(thread.index());
    }

    @Override
    protected void onReceive(ShardExecutor<Shard> at) {
      if (done) {
        onDone(this);
      } else {
        run();
      }
    }

    @Override
    public void run() {
      try {
        runSlice();
      } catch (Throwable cause) {
        failure = cause;
      }
      if (failure == null && next < options.count()) {
        thread.runNextTurn(this);
      } else {
        done = true;
        thread.shards().post(client.thread().index(), this);
      }
    }

    private void runSlice() {
      thread.refreshClock();
      if (thread.shards().memoryLimit().isReached(thread.shard())) {
        throw MemoryExhausted.INSTANCE;
      }
      NativeBuffer scratch = thread.context().scratch();
      long end = Math.min(options.count(), next + SLICE_KEYS);
      while (next < end && putOwn(scratch)) {
        next++;
      }
    }

    /// Sets the next key if it is this shard's; false when it must wait for a transaction.
    private boolean putOwn(NativeBuffer scratch) {
      scratch.clear();
      scratch.append(prefix);
      appendNumber(scratch);
      int keyLength = (int) scratch.position();
      long hash = thread.hash(scratch.address(), keyLength);
      if (thread.shardOf(hash) != thread.index()) {
        return true;
      }
      if (!thread.executor().isFree(hash, true)) {
        return false;
      }
      appendValue(scratch);
      put(hash, scratch.address(), keyLength, (int) scratch.position() - keyLength);
      return true;
    }

    private void put(long hash, long key, int keyLength, int valueLength) {
      Database data = thread.shard().database(db);
      long slot = data.find(hash, key, keyLength);
      data.putString(hash, slot, key, keyLength, key + keyLength, valueLength, deadline());
    }

    private long deadline() {
      if (!options.expires()) {
        return Database.NO_DEADLINE;
      }
      long ttlS = random.nextInt(options.leastTtlS(), options.mostTtlS() + 1);
      return thread.shard().clock().nowMs() + ttlS * 1000;
    }

    private void appendNumber(NativeBuffer out) {
      out.advance(IntText.write(out.reserve(IntText.MAX_BYTES), next));
    }

    private void appendValue(NativeBuffer out) {
      long start = out.position();
      if (!options.random()) {
        out.append(VALUE);
        appendNumber(out);
      }
      int left = options.valueBytes() - (int) (out.position() - start);
      if (left > 0) {
        fill(out.reserve(left), left);
        out.advance(left);
      }
    }

    private void fill(long address, int bytes) {
      for (long at = address; at < address + bytes; at++) {
        Mem.putByte(at, options.random() ? HEX[random.nextInt(HEX.length)] : FILL);
      }
    }
  }
}
