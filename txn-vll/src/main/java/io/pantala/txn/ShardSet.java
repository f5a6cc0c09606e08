package io.pantala.txn;

/// All shards of the process: the only door between their threads.
///
/// @param <S> a shard's data
public interface ShardSet<S> {
  /// The number of shards; it never changes.
  int size();

  /// Puts `message` into the mailbox of `shard` and wakes its thread if need be. Any thread may
  /// call it. Messages from one thread to one shard arrive in the order of the calls.
  void post(int shard, ShardMessage<S> message);

  /// The executor of `shard`, for the thread that owns it and no other.
  ShardExecutor<S> executor(int shard);
}
