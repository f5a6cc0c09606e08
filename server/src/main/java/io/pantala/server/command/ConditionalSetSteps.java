package io.pantala.server.command;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.record.RecordLayout;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.shard.HopSteps;
import io.pantala.server.shard.ShardCall;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import io.pantala.txn.HopDecision;

/// Sets keys on several shards if all of them, or none, exist: MSETNX and MSETEX.
///
/// ```text
///   hop 0   each shard looks at its keys and leaves its verdict in its part's number
///   hop 1   only if no shard objects: each sets its keys, with the deadline all agreed on
/// ```
///
/// A verdict is the deadline (ms, or [Database#NO_DEADLINE]), or below that why nothing is set; 0
/// is the number of a shard that does not take part.
final class ConditionalSetSteps implements HopSteps {
  static final HopSteps MSETNX = new ConditionalSetSteps(false);
  static final HopSteps MSETEX = new ConditionalSetSteps(true);

  /// Verdicts beside the errors of [ExpireOption]; the least one wins.
  private static final long SYNTAX = ExpireOption.INVALID - 1;

  private static final long CONDITION_FAILED = ExpireOption.INVALID - 2;
  private static final long NO_VERDICT = 0;

  private final boolean hasOptions;

  private ConditionalSetSteps(boolean hasOptions) {
    this.hasOptions = hasOptions;
  }

  @Override
  public void onShard(ShardContext cx, ShardCall call, int hop) {
    long options = options(call);
    if (hop == 0) {
      call.part(cx.shard().index()).number(verdict(cx, call, options));
    } else {
      setAll(cx, call, options);
    }
  }

  private long options(ShardCall call) {
    if (!hasOptions) {
      return SetOptions.NX;
    }
    int firstOption = 2 + 2 * call.keys().count();
    return SetOptions.parse(call.args(), firstOption, SetOptions.OF_MSETEX);
  }

  private static long verdict(ShardContext cx, ShardCall call, long options) {
    if (options == SetOptions.SYNTAX_ERROR) {
      return SYNTAX;
    }
    long deadline = ExpireOption.deadline(call.args(), options, cx.nowMs());
    if (ExpireOption.isError(deadline)) {
      return deadline;
    }
    return mayBeSet(cx, call, options) ? deadline : CONDITION_FAILED;
  }

  private static boolean mayBeSet(ShardContext cx, ShardCall call, long options) {
    if (!SetOptions.has(options, SetOptions.NX | SetOptions.XX)) {
      return true;
    }
    for (int i = 0; i < call.keys().count(); i++) {
      if (call.isHere(cx, i)) {
        cx.keyHash(call.keys().hash(i));
        boolean exists = StringCommands.find(cx, call.args(), call.keys().argument(i)) != 0;
        if (exists == SetOptions.has(options, SetOptions.NX)) {
          return false;
        }
      }
    }
    return true;
  }

  private static void setAll(ShardContext cx, ShardCall call, long options) {
    Args args = call.args();
    long deadline = verdict(call);
    for (int i = 0; i < call.keys().count(); i++) {
      if (call.isHere(cx, i)) {
        int key = call.keys().argument(i);
        cx.keyHash(call.keys().hash(i));
        long slot = StringCommands.find(cx, args, key);
        boolean keeps = slot != 0 && SetOptions.has(options, SetOptions.KEEPTTL);
        long until = keeps ? RecordLayout.deadline(DashTable.record(slot)) : deadline;
        StringCommands.putUntil(cx, args, key, slot, until);
      }
    }
  }

  /// The verdict of all shards. Their clocks may differ by a little: the least deadline counts.
  private static long verdict(ShardCall call) {
    long least = Long.MAX_VALUE;
    for (ShardPart part : call.parts()) {
      if (part.number() != NO_VERDICT) {
        least = Math.min(least, part.number());
      }
    }
    return least;
  }

  @Override
  public HopDecision afterHop(ShardCall call, int hop) {
    return verdict(call) < Database.NO_DEADLINE ? HopDecision.CONCLUDE : HopDecision.LAST_HOP;
  }

  @Override
  public void answer(ShardCall call, Reply reply) {
    long verdict = verdict(call);
    if (verdict == SYNTAX) {
      reply.error(ErrorText.SYNTAX);
    } else if (verdict == CONDITION_FAILED) {
      reply.integer(0);
    } else if (ExpireOption.isError(verdict)) {
      ExpireOption.refuse(call.args(), verdict, reply);
    } else {
      reply.integer(1);
    }
  }

  @Override
  public boolean isSingleHop() {
    return false;
  }
}
