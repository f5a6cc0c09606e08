package io.pantala.txn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/// Shards with a thread each, as the server has them; the threads sleep when they have nothing.
final class ThreadedShards<S> implements ShardSet<S> {
  private static final int DRAIN_LIMIT = 64;

  private final List<Mailbox<S>> mailboxes = new ArrayList<>();
  private final List<ShardExecutor<S>> executors = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isClosed;
  private volatile boolean hasFailed;

  ThreadedShards(int size, IntFunction<S> data) {
    for (int i = 0; i < size; i++) {
      int index = i;
      mailboxes.add(new Mailbox<>());
      threads.add(Thread.ofPlatform().unstarted(() -> run(index)));
      executors.add(
          new ShardExecutor<>(
              i, data.apply(i), this, () -> Thread.currentThread().equals(threads.get(index))));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  boolean hasFailed() {
    return hasFailed;
  }

  boolean areAtRest() {
    return executors.stream().allMatch(ShardExecutor::isAtRest)
        && mailboxes.stream().allMatch(Mailbox::isEmpty);
  }

  @Override
  public int size() {
    return executors.size();
  }

  @Override
  public void post(int shard, ShardMessage<S> message) {
    if (mailboxes.get(shard).offer(message)) {
      LockSupport.unpark(threads.get(shard));
    }
  }

  @Override
  public ShardExecutor<S> executor(int shard) {
    return executors.get(shard);
  }

  void stop() throws InterruptedException {
    isClosed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
      thread.join();
    }
  }

  private void run(int index) {
    try {
      while (!isClosed) {
        if (!mailboxes.get(index).drain(executors.get(index), DRAIN_LIMIT)) {
          LockSupport.park();
        }
      }
    } catch (Throwable e) {
      e.printStackTrace(System.out);
      hasFailed = true;
    }
  }
}
