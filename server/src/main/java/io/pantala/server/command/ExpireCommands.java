package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.record.RecordLayout;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.shard.ShardContext;
import java.util.Locale;

/// Deadlines of keys: setting, asking, taking away.
final class ExpireCommands {
  private static final long NO_KEY = -2;
  private static final long NO_DEADLINE = -1;
  private static final long MS_PER_S = 1000;

  private static final long NX_WORD = Keyword.of("NX");
  private static final long XX_WORD = Keyword.of("XX");
  private static final long GT_WORD = Keyword.of("GT");
  private static final long LT_WORD = Keyword.of("LT");

  /// Conditions as bits; [#WRONG] when an error was answered.
  private static final int NX = 1;

  private static final int XX = 2;
  private static final int GT = 4;
  private static final int LT = 8;
  private static final int WRONG = -1;

  private static final byte[] NX_AND_OTHERS =
      Errors.text("ERR NX and XX, GT or LT options at the same time are not compatible");
  private static final byte[] GT_AND_LT =
      Errors.text("ERR GT and LT options at the same time are not compatible");

  private ExpireCommands() {}

  static void register(CommandTable table) {
    setter(table, "EXPIRE")
        .syntax("key seconds [condition@7.0.0=NX|XX|GT|LT]")
        .summary("Lets a key end after some seconds.")
        .onShard((cx, args, reply) -> expire(cx, args, reply, MS_PER_S, true));
    setter(table, "PEXPIRE")
        .syntax("key milliseconds [condition@7.0.0=NX|XX|GT|LT]")
        .since("2.6.0")
        .summary("Lets a key end after some milliseconds.")
        .onShard((cx, args, reply) -> expire(cx, args, reply, 1, true));
    setter(table, "EXPIREAT")
        .syntax("key unix-time-seconds [condition@7.0.0=NX|XX|GT|LT]")
        .since("1.2.0")
        .summary("Lets a key end at a Unix time in seconds.")
        .onShard((cx, args, reply) -> expire(cx, args, reply, MS_PER_S, false));
    setter(table, "PEXPIREAT")
        .syntax("key unix-time-milliseconds [condition@7.0.0=NX|XX|GT|LT]")
        .since("2.6.0")
        .summary("Lets a key end at a Unix time in milliseconds.")
        .onShard((cx, args, reply) -> expire(cx, args, reply, 1, false));
    getter(table, "TTL")
        .tips("nondeterministic_output")
        .changed("2.8.0", "Tells a missing key (-2) from one without a deadline (-1).")
        .summary("Tells how many seconds a key has left.")
        .onShard(ExpireCommands::ttl);
    getter(table, "PTTL")
        .tips("nondeterministic_output")
        .since("2.6.0")
        .changed("2.8.0", "Tells a missing key (-2) from one without a deadline (-1).")
        .summary("Tells how many milliseconds a key has left.")
        .onShard(ExpireCommands::pttl);
    getter(table, "EXPIRETIME")
        .since("7.0.0")
        .summary("Tells the Unix time in seconds at which a key ends.")
        .onShard(ExpireCommands::expireTime);
    getter(table, "PEXPIRETIME")
        .since("7.0.0")
        .summary("Tells the Unix time in milliseconds at which a key ends.")
        .onShard(ExpireCommands::pexpireTime);
    table
        .row("PERSIST")
        .arity(2)
        .flags(WRITE | FAST)
        .acl(AclCategory.KEYSPACE)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.UPDATE))
        .syntax("key")
        .since("2.2.0")
        .complexity("O(1)")
        .summary("Takes the deadline from a key.")
        .onShard(ExpireCommands::persist);
  }

  private static CommandRow setter(CommandTable table, String name) {
    return table
        .row(name)
        .arity(-3)
        .flags(WRITE | FAST)
        .acl(AclCategory.KEYSPACE)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.UPDATE))
        .complexity("O(1)")
        .changed("7.0.0", "Added the conditions NX, XX, GT and LT.");
  }

  private static CommandRow getter(CommandTable table, String name) {
    return table
        .row(name)
        .arity(2)
        .flags(READONLY | FAST)
        .acl(AclCategory.KEYSPACE)
        .keys(KeySpec.one(1, KeySpec.RO | KeySpec.ACCESS))
        .syntax("key")
        .complexity("O(1)");
  }

  /// @param unit milliseconds of the unit of the time given
  /// @param fromNow whether that time counts from now, not from 1970
  private static void expire(ShardContext cx, Args args, Reply reply, long unit, boolean fromNow) {
    int conditions = conditions(args, reply);
    if (conditions == WRONG) {
      return;
    }
    long time = args.integer(2);
    if (!args.isInteger(2, time)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
      return;
    }
    long base = fromNow ? cx.nowMs() : 0;
    long most = Long.MAX_VALUE / unit;
    if (time > most || time < Long.MIN_VALUE / unit || time * unit > Long.MAX_VALUE - base) {
      reply.error(ErrorText.invalidExpire(args.string(0).toLowerCase(Locale.ROOT)));
      return;
    }
    reply.integer(apply(cx, args, time * unit + base, conditions) ? 1 : 0);
  }

  private static int conditions(Args args, Reply reply) {
    int found = 0;
    for (int i = 3; i < args.count(); i++) {
      int condition = condition(args.keyword(i));
      if (condition == 0) {
        reply.error(ErrorText.of("ERR Unsupported option " + cString(args, i)));
        return WRONG;
      }
      found |= condition;
    }
    if ((found & NX) != 0 && found != NX) {
      reply.error(NX_AND_OTHERS);
      return WRONG;
    }
    if ((found & GT) != 0 && (found & LT) != 0) {
      reply.error(GT_AND_LT);
      return WRONG;
    }
    return found;
  }

  private static int condition(long word) {
    if (word == NX_WORD) {
      return NX;
    }
    if (word == XX_WORD) {
      return XX;
    }
    if (word == GT_WORD) {
      return GT;
    }
    return word == LT_WORD ? LT : 0;
  }

  /// The argument as C prints it: up to the first zero byte.
  private static String cString(Args args, int i) {
    String text = args.string(i);
    int zero = text.indexOf(0);
    return zero < 0 ? text : text.substring(0, zero);
  }

  private static boolean apply(ShardContext cx, Args args, long deadline, int conditions) {
    Database db = cx.db();
    long slot = db.edit(cx.keyHash(), args.address(1), (int) args.length(1));
    if (slot == 0 || !allows(conditions, RecordLayout.deadline(DashTable.record(slot)), deadline)) {
      return false;
    }
    if (deadline <= cx.nowMs()) {
      db.delete(cx.keyHash(), slot);
    } else {
      db.setDeadline(cx.keyHash(), slot, deadline);
    }
    return true;
  }

  /// No deadline counts as one that never comes.
  private static boolean allows(int conditions, long old, long deadline) {
    boolean had = old != Database.NO_DEADLINE;
    return ((conditions & NX) == 0 || !had)
        && ((conditions & XX) == 0 || had)
        && ((conditions & GT) == 0 || (had && deadline > old))
        && ((conditions & LT) == 0 || !had || deadline < old);
  }

  private static void ttl(ShardContext cx, Args args, Reply reply) {
    long deadline = deadline(cx, args);
    reply.integer(deadline < 0 ? deadline : seconds(Math.max(0, deadline - cx.nowMs())));
  }

  private static void pttl(ShardContext cx, Args args, Reply reply) {
    long deadline = deadline(cx, args);
    reply.integer(deadline < 0 ? deadline : Math.max(0, deadline - cx.nowMs()));
  }

  private static void expireTime(ShardContext cx, Args args, Reply reply) {
    long deadline = deadline(cx, args);
    reply.integer(deadline < 0 ? deadline : seconds(deadline));
  }

  private static void pexpireTime(ShardContext cx, Args args, Reply reply) {
    reply.integer(deadline(cx, args));
  }

  /// To the nearest second.
  private static long seconds(long ms) {
    return ms / MS_PER_S + (ms % MS_PER_S) * 2 / MS_PER_S;
  }

  private static long deadline(ShardContext cx, Args args) {
    long slot = cx.db().inspect(cx.keyHash(), args.address(1), (int) args.length(1));
    if (slot == 0) {
      return NO_KEY;
    }
    long deadline = RecordLayout.deadline(DashTable.record(slot));
    return deadline == Database.NO_DEADLINE ? NO_DEADLINE : deadline;
  }

  private static void persist(ShardContext cx, Args args, Reply reply) {
    Database db = cx.db();
    long slot = db.edit(cx.keyHash(), args.address(1), (int) args.length(1));
    if (slot == 0 || !RecordLayout.has(DashTable.record(slot), RecordLayout.EXPIRES)) {
      reply.integer(0);
      return;
    }
    db.setDeadline(cx.keyHash(), slot, Database.NO_DEADLINE);
    reply.integer(1);
  }
}
