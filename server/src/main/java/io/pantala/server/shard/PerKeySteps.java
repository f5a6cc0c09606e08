package io.pantala.server.shard;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.command.CommandBody;
import io.pantala.server.command.CommandBody.Merge;
import io.pantala.server.command.KeyRefs;
import io.pantala.txn.HopDecision;

/// Runs a [CommandBody.PerKey] over several shards: each runs the step for its keys, then the
/// results are merged in the order of the keys.
public final class PerKeySteps implements HopSteps {
  private final CommandBody.PerKey body;

  public PerKeySteps(CommandBody.PerKey body) {
    this.body = body;
  }

  /// Runs the command on one shard that has all the keys, straight into the reply.
  public static void runHere(
      CommandBody.PerKey body, ShardContext cx, Args args, KeyRefs keys, Reply reply) {
    Prefetch prefetch = cx.prefetch();
    Merge merge = body.merge();
    if (merge == Merge.EACH) {
      reply.array(keys.count());
    }
    long sum = 0;
    for (int from = 0; from < keys.count(); from += Prefetch.GROUP) {
      int end = Math.min(from + Prefetch.GROUP, keys.count());
      for (int i = from; i < end; i++) {
        int key = keys.argument(i);
        prefetch.add(keys.hash(i), args.address(key), args.length(key));
      }
      prefetch.run(cx.db());
      for (int i = from; i < end; i++) {
        cx.keyHash(keys.hash(i));
        sum += body.step().run(cx, args, keys.argument(i), reply);
      }
    }
    finish(merge, sum, reply);
  }

  @Override
  public void onShard(ShardContext cx, ShardCall call, int hop) {
    ShardPart part = call.part(cx.shard().index());
    KeyRefs keys = call.keys();
    long sum = 0;
    for (int i = 0; i < keys.count(); i++) {
      if (call.isHere(cx, i)) {
        cx.keyHash(keys.hash(i));
        sum += body.step().run(cx, call.args(), keys.argument(i), part.reply());
        part.endPiece();
      }
    }
    part.number(sum);
  }

  @Override
  public HopDecision afterHop(ShardCall call, int hop) {
    return HopDecision.CONCLUDE;
  }

  @Override
  public void answer(ShardCall call, Reply reply) {
    if (body.merge() == Merge.EACH) {
      reply.array(call.keys().count());
    }
    if (body.merge() == Merge.EACH || body.merge() == Merge.HITS) {
      takePieces(call, reply);
    }
    long sum = 0;
    for (ShardPart part : call.parts()) {
      sum += part.number();
    }
    finish(body.merge(), sum, reply);
  }

  @Override
  public boolean isSingleHop() {
    return true;
  }

  private static void takePieces(ShardCall call, Reply reply) {
    KeyRefs keys = call.keys();
    for (int i = 0; i < keys.count(); i++) {
      ShardPart part = call.part(keys.shard(i));
      NativeBuffer bytes = part.bytes();
      long start = part.nextPieceStart();
      reply.raw(bytes.address() + start, part.takePieceEnd() - start);
    }
  }

  private static void finish(Merge merge, long sum, Reply reply) {
    switch (merge) {
      case EACH -> {}
      case HITS -> reply.emptyArray();
      case SUM -> reply.integer(sum);
      case OK -> reply.ok();
    }
  }
}
