package io.pantala.txn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Shards without threads: the caller plays all of them, one after the other.
final class InvokedShards<S> implements ShardSet<S> {
  final TransactionIds ids = new TransactionIds();
  private final List<Mailbox<S>> mailboxes = new ArrayList<>();
  private final List<ShardExecutor<S>> executors = new ArrayList<>();

  InvokedShards(int size, IntFunction<S> data) {
    for (int i = 0; i < size; i++) {
      mailboxes.add(new Mailbox<>());
      executors.add(new ShardExecutor<>(i, data.apply(i), this, () -> true));
    }
  }

  Coordinator<S> coordinator(int home) {
    return new Coordinator<>(this, home, ids);
  }

  /// Receives what is in the mailbox of one shard, and nothing else.
  void receive(int shard) {
    while (mailboxes.get(shard).drain(executors.get(shard), 64)) {}
  }

  /// Receives all messages, until there are none.
  void receiveAll() {
    boolean isQuiet;
    do {
      isQuiet = true;
      for (int i = 0; i < executors.size(); i++) {
        isQuiet &= mailboxes.get(i).isEmpty();
        receive(i);
      }
    } while (!isQuiet);
  }

  boolean areAtRest() {
    return executors.stream().allMatch(ShardExecutor::isAtRest);
  }

  @Override
  public int size() {
    return executors.size();
  }

  @Override
  public void post(int shard, ShardMessage<S> message) {
    boolean _ = mailboxes.get(shard).offer(message);
  }

  @Override
  public ShardExecutor<S> executor(int shard) {
    return executors.get(shard);
  }
}
