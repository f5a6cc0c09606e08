package io.pantala.server.shard;

import io.pantala.resp.Reply;
import io.pantala.txn.HopDecision;

/// A command of one or more hops over the shards that hold its keys, atomic as a whole.
///
/// Stateless: what must pass from hop to hop stands in the call's parts.
public interface HopSteps {
  /// Runs on the thread of each shard that takes part, once for each hop.
  void onShard(ShardContext cx, ShardCall call, int hop);

  /// Runs on the client's thread when all shards have run `hop`, which was not the last one: says
  /// what comes next.
  HopDecision afterHop(ShardCall call, int hop);

  /// Runs on the client's thread when all is done and every key is free again.
  void answer(ShardCall call, Reply reply);

  /// Whether hop 0 is all there is; then the shards let the keys go at its end.
  boolean isSingleHop();
}
