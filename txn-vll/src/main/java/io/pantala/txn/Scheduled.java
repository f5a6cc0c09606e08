package io.pantala.txn;

import org.jspecify.annotations.Nullable;

/// Something that stands, or can stand, in a shard's [TxQueue] with its claims: a [Part] of a
/// transaction or a [ShardStep]. Owner: the shard's thread while it is queued.
///
/// @param <S> the shard's data
abstract class Scheduled<S> {
  /// Below every id of a transaction.
  static final long NO_ID = 0;

  final Claims claims = new Claims();

  /// The place in the queue; on one shard only ids of transactions over several shards are unique.
  long id = NO_ID;

  @Nullable Scheduled<S> previous;
  @Nullable Scheduled<S> next;
  boolean isQueued;

  /// It holds its claims: nothing that conflicts stands before it in the queue. Once true it stays
  /// true until it leaves.
  boolean isDue;

  /// It has just become due, because others left the queue.
  abstract void onDue(ShardExecutor<S> at);
}
