package io.pantala.server.shard;

import io.pantala.resp.Reply;
import io.pantala.server.command.CommandBody;
import io.pantala.txn.HopDecision;

/// Runs a [CommandBody.PerShard]: one hop on every shard, then the merge.
public final class PerShardSteps implements HopSteps {
  private final CommandBody.PerShard body;

  public PerShardSteps(CommandBody.PerShard body) {
    this.body = body;
  }

  @Override
  public void onShard(ShardContext cx, ShardCall call, int hop) {
    body.step().run(cx, call.args(), call.part(cx.shard().index()));
  }

  @Override
  public HopDecision afterHop(ShardCall call, int hop) {
    return HopDecision.CONCLUDE;
  }

  @Override
  public void answer(ShardCall call, Reply reply) {
    body.merge().run(call.client(), call.args(), call.parts(), reply);
  }

  @Override
  public boolean isSingleHop() {
    return true;
  }
}
