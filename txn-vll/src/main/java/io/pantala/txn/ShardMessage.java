package io.pantala.txn;

/// A message to the thread of one shard. It is reusable, and stands in one mailbox at a time: who
/// posts it must not touch it again before it was received.
///
/// @param <S> the shard's data
public abstract class ShardMessage<S> {
  /// Runs on the thread that owns `at`.
  protected abstract void onReceive(ShardExecutor<S> at);
}
