package io.pantala.server.command;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.shard.HopSteps;
import io.pantala.server.shard.ShardCall;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import io.pantala.txn.HopDecision;

/// RENAME and RENAMENX: key 0 gets the name of key 1.
///
/// On one shard the first hop does it. Over two shards it takes three: read the value and look at
/// the target; write the target; delete the source. The last two are not one hop, because the write
/// may fail for want of memory, and nothing may be lost then.
final class RenameSteps implements HopSteps {
  private static final int READ_HOP = 0;
  private static final int WRITE_HOP = 1;

  /// What a part's number says after the first hop: of its key when there are two shards, of the
  /// whole command when there is one.
  private static final int ABSENT = 0;

  private static final int PRESENT = 1;
  private static final int KEPT = 2;
  private static final int DONE = 3;

  private final boolean keepsTarget;

  /// @param keepsTarget whether nothing is done when key 1 is there
  RenameSteps(boolean keepsTarget) {
    this.keepsTarget = keepsTarget;
  }

  @Override
  public void onShard(ShardContext cx, ShardCall call, int hop) {
    switch (hop) {
      case READ_HOP -> read(cx, call);
      case WRITE_HOP -> write(cx, call);
      default -> deleteSource(cx, call);
    }
  }

  private void read(ShardContext cx, ShardCall call) {
    ShardPart part = call.part(cx.shard().index());
    if (call.isHere(cx, 0) && call.isHere(cx, 1)) {
      part.number(renameHere(cx.db(), call));
    } else if (call.isHere(cx, 0)) {
      long slot = edit(cx.db(), call, 0);
      part.number(slot == 0 ? ABSENT : PRESENT);
      if (slot != 0) {
        cx.db().writeImage(DashTable.record(slot), part.bytes());
      }
    } else {
      part.number(edit(cx.db(), call, 1) == 0 ? ABSENT : PRESENT);
    }
  }

  private int renameHere(Database db, ShardCall call) {
    if (edit(db, call, 0) == 0) {
      return ABSENT;
    }
    if (isSameKey(call)) {
      return keepsTarget ? KEPT : DONE;
    }
    if (edit(db, call, 1) != 0 && keepsTarget) {
      return KEPT;
    }
    Args args = call.args();
    db.rename(
        call.keys().hash(0),
        args.address(1),
        (int) args.length(1),
        call.keys().hash(1),
        args.address(2),
        (int) args.length(2));
    return DONE;
  }

  private static void write(ShardContext cx, ShardCall call) {
    if (call.isHere(cx, 1)) {
      long image = call.part(call.keys().shard(0)).bytes().address();
      Args args = call.args();
      cx.db().putCopy(image, call.keys().hash(1), args.address(2), (int) args.length(2));
    }
  }

  private static void deleteSource(ShardContext cx, ShardCall call) {
    if (call.isHere(cx, 0)) {
      long slot = edit(cx.db(), call, 0);
      if (slot != 0) {
        cx.db().delete(call.keys().hash(0), slot);
      }
    }
  }

  private static long edit(Database db, ShardCall call, int key) {
    Args args = call.args();
    int argument = call.keys().argument(key);
    return db.edit(call.keys().hash(key), args.address(argument), (int) args.length(argument));
  }

  private static boolean isSameKey(ShardCall call) {
    Args args = call.args();
    return args.length(1) == args.length(2)
        && Mem.equal(args.address(1), args.address(2), args.length(1));
  }

  @Override
  public HopDecision afterHop(ShardCall call, int hop) {
    if (hop == WRITE_HOP) {
      return HopDecision.LAST_HOP;
    }
    return isOnOneShard(call) || outcome(call) != DONE
        ? HopDecision.CONCLUDE
        : HopDecision.NEXT_HOP;
  }

  private static boolean isOnOneShard(ShardCall call) {
    return call.keys().shard(0) == call.keys().shard(1);
  }

  private int outcome(ShardCall call) {
    int source = (int) call.part(call.keys().shard(0)).number();
    if (isOnOneShard(call) || source == ABSENT) {
      return source;
    }
    boolean isTaken = call.part(call.keys().shard(1)).number() == PRESENT;
    return isTaken && keepsTarget ? KEPT : DONE;
  }

  @Override
  public void answer(ShardCall call, Reply reply) {
    int outcome = outcome(call);
    if (outcome == ABSENT) {
      reply.error(ErrorText.NO_SUCH_KEY);
    } else if (keepsTarget) {
      reply.integer(outcome == DONE ? 1 : 0);
    } else {
      reply.ok();
    }
  }

  @Override
  public boolean isSingleHop() {
    return false;
  }
}
