package io.pantala.server.command;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.shard.HopSteps;
import io.pantala.server.shard.ShardCall;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import io.pantala.txn.HopDecision;
import org.jspecify.annotations.Nullable;

/// COPY: key 1, maybe of another database, gets the value of key 0. On one shard the first hop does
/// it; over two shards the first hop reads the value and looks at the target, the second writes it.
final class CopySteps implements HopSteps {
  private static final int FIRST_OPTION = 3;
  private static final long DB = Keyword.of("DB");
  private static final long REPLACE = Keyword.of("REPLACE");

  static final byte[] SAME_OBJECT = Errors.text("ERR source and destination objects are the same");

  /// What a part's number says after the first hop: of its key when there are two shards, of the
  /// whole command when there is one.
  private static final int ABSENT = 0;

  private static final int PRESENT = 1;
  private static final int DONE = 2;

  /// In place of a database: the arguments are wrong, in a way that [DatabaseIndex] does not know.
  private static final int SYNTAX_ERROR = Integer.MIN_VALUE;

  private static final int SAME_KEY = Integer.MIN_VALUE + 1;

  /// What the arguments after the keys ask for.
  ///
  /// @param db the target's database, negative when the arguments are wrong
  private record Options(int db, boolean replaces) {
    byte @Nullable [] error() {
      if (db >= 0) {
        return null;
      }
      return switch (db) {
        case SYNTAX_ERROR -> ErrorText.SYNTAX;
        case SAME_KEY -> SAME_OBJECT;
        default -> DatabaseIndex.error(db);
      };
    }
  }

  private static Options options(Args args, int sourceDb, int databases) {
    int db = sourceDb;
    boolean replaces = false;
    for (int i = FIRST_OPTION; i < args.count() && db >= 0; i++) {
      if (args.keyword(i) == REPLACE) {
        replaces = true;
      } else if (args.keyword(i) == DB && i + 1 < args.count()) {
        db = DatabaseIndex.parse(args, ++i, databases);
      } else {
        db = SYNTAX_ERROR;
      }
    }
    return new Options(db == sourceDb && isSameKey(args) ? SAME_KEY : db, replaces);
  }

  private static boolean isSameKey(Args args) {
    return args.length(1) == args.length(2)
        && Mem.equal(args.address(1), args.address(2), args.length(1));
  }

  @Override
  public void onShard(ShardContext cx, ShardCall call, int hop) {
    Options options = options(call.args(), call.db(), cx.shard().databaseCount());
    if (options.error() != null) {
      return;
    }
    Database target = cx.shard().database(options.db());
    if (hop == 0) {
      read(cx, call, target, options.replaces());
    } else if (call.isHere(cx, 1)) {
      put(call, target, call.part(call.keys().shard(0)).bytes().address());
    }
  }

  private static void read(ShardContext cx, ShardCall call, Database target, boolean replaces) {
    ShardPart part = call.part(cx.shard().index());
    if (!call.isHere(cx, 0)) {
      part.number(targetSlot(call, target) == 0 || replaces ? ABSENT : PRESENT);
      return;
    }
    boolean isBlocked = call.isHere(cx, 1) && !replaces && targetSlot(call, target) != 0;
    Args args = call.args();
    long slot = cx.db().read(call.keys().hash(0), args.address(1), (int) args.length(1));
    if (slot == 0 || isBlocked) {
      part.number(ABSENT);
    } else if (call.isHere(cx, 1)) {
      put(call, target, DashTable.record(slot));
      part.number(DONE);
    } else {
      cx.db().writeImage(DashTable.record(slot), part.bytes());
      part.number(PRESENT);
    }
  }

  private static long targetSlot(ShardCall call, Database target) {
    Args args = call.args();
    return target.edit(call.keys().hash(1), args.address(2), (int) args.length(2));
  }

  private static void put(ShardCall call, Database target, long record) {
    Args args = call.args();
    target.putCopy(record, call.keys().hash(1), args.address(2), (int) args.length(2));
  }

  @Override
  public HopDecision afterHop(ShardCall call, int hop) {
    return isOnOneShard(call) || !isDone(call) ? HopDecision.CONCLUDE : HopDecision.LAST_HOP;
  }

  private static boolean isOnOneShard(ShardCall call) {
    return call.keys().shard(0) == call.keys().shard(1);
  }

  private static boolean isDone(ShardCall call) {
    long source = call.part(call.keys().shard(0)).number();
    if (isOnOneShard(call)) {
      return source == DONE;
    }
    return source == PRESENT && call.part(call.keys().shard(1)).number() == ABSENT;
  }

  @Override
  public void answer(ShardCall call, Reply reply) {
    int databases = call.client().thread().shard().databaseCount();
    byte[] error = options(call.args(), call.db(), databases).error();
    if (error != null) {
      reply.error(error);
    } else {
      reply.integer(isDone(call) ? 1 : 0);
    }
  }

  @Override
  public boolean isSingleHop() {
    return false;
  }
}
