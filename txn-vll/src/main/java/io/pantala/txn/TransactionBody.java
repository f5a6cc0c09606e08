package io.pantala.txn;

/// What a transaction does. The first parameter shows the thread: [ShardExecutor] for a shard's,
/// [Coordinator] for the one that started it.
///
/// The order of calls: [#onShard] for hop 0 on each visited shard, [#afterHop] for hop 0, and so
/// on; no `afterHop` follows the last hop; [#failed] if something was thrown; [#concluded] always.
///
/// @param <S> a shard's data
public interface TransactionBody<S> {
  /// Whether hop 0 is the last one. Asked once, by [Transaction#start].
  boolean firstHopIsLast();

  /// Whether `hop` visits `shard`, one of the claimed. A hop must visit at least one. Asked on the
  /// coordinator's thread; must not throw.
  default boolean visits(int hop, int shard) {
    return true;
  }

  /// The work of a hop on one shard, once. All claims, on all shards, are held. What it throws ends
  /// the transaction after this hop; nothing is rolled back.
  void onShard(ShardExecutor<S> at, int hop);

  /// All visited shards have run `hop`, which was not the last one: what comes next. What it throws
  /// ends the transaction.
  HopDecision afterHop(Coordinator<S> at, int hop);

  /// Something was thrown (the first of it, if several shards did), and all is released.
  void failed(Coordinator<S> at, Throwable cause);

  /// All is released, the transaction object is free for its next use: the connection goes on.
  void concluded(Coordinator<S> at);
}
