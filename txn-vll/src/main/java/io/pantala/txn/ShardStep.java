package io.pantala.txn;

/// Work on one shard in one go, which met a conflict and waits for its turn:
/// [ShardExecutor#enqueue]. Reusable: claims may be changed while it does not wait. It needs no id
/// and no coordinator.
///
/// A batch of commands of a pipeline is one: it runs its commands until one conflicts, claims that
/// one's keys, enqueues itself and, when [#run] comes, goes on from there.
///
/// @param <S> the shard's data
public abstract class ShardStep<S> extends Scheduled<S> {
  public final void clearClaims() {
    assert !isQueued;
    claims.clear();
  }

  public final void claim(long lockKey, boolean exclusive) {
    assert !isQueued;
    claims.add(lockKey, exclusive);
  }

  public final void claimShard(boolean exclusive) {
    assert !isQueued;
    claims.addShard(exclusive);
  }

  public final boolean isWaiting() {
    return isQueued;
  }

  /// The work, on the shard's thread: nothing conflicts with the claims now, and nothing else runs
  /// on the shard until it returns. The step has left the queue already (later claims of the same
  /// keys may stand there): it may enqueue itself again with other claims, and must not ask
  /// [ShardExecutor#isFree] about the keys it had claimed.
  protected abstract void run(ShardExecutor<S> at);

  /// [#run] threw. This must not throw.
  protected abstract void failed(ShardExecutor<S> at, Throwable cause);

  @Override
  final void onDue(ShardExecutor<S> at) {
    at.leave(this);
    try {
      run(at);
    } catch (Throwable cause) {
      failed(at, cause);
    }
  }
}
