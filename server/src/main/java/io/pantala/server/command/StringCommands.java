package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.DENYOOM;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.record.RecordLayout;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.shard.ShardContext;

/// Strings: reading and setting whole values of one key.
final class StringCommands {
  private static final int RW_ACCESS = KeySpec.RW | KeySpec.ACCESS;

  private static final long GET_WORD = Keyword.of("GET");

  private StringCommands() {}

  static void register(CommandTable table) {
    table
        .row("GET")
        .arity(2)
        .flags(READONLY | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RO | KeySpec.ACCESS))
        .syntax("key")
        .complexity("O(1)")
        .summary("Returns the string value of a key.")
        .onShard(StringCommands::get);
    table
        .row("SET")
        .arity(-3)
        .flags(WRITE | DENYOOM)
        .brief()
        .acl(AclCategory.STRING)
        .keys(
            KeySpec.one(1, RW_ACCESS | KeySpec.UPDATE | KeySpec.VARIABLE_FLAGS)
                .note("RW and ACCESS due to the optional `GET` argument"))
        .keyFlags(StringCommands::keyFlagsOfSet)
        .syntax(
            "key value [condition@2.6.12=NX|XX|IFEQ ifeq-value@8.4.0|IFNE ifne-value@8.4.0"
                + "|IFDEQ ifdeq-digest@8.4.0|IFDNE ifdne-digest@8.4.0] [GET@6.2.0]"
                + " [expiration=EX seconds@2.6.12|PX milliseconds@2.6.12"
                + "|EXAT unix-time-seconds@6.2.0|PXAT unix-time-milliseconds@6.2.0|KEEPTTL@6.0.0]")
        .complexity("O(1); O(N) with IFDEQ or IFDNE where N is the length of the old value")
        .summary("Sets the string value of a key, whatever it held before.")
        .changed("2.6.12", "Added the options EX, PX, NX and XX.")
        .changed("6.0.0", "Added the option KEEPTTL.")
        .changed("6.2.0", "Added the options GET, EXAT and PXAT.")
        .changed("7.0.0", "NX and GET may be used together.")
        .changed("8.4.0", "Added the options IFEQ, IFNE, IFDEQ and IFDNE.")
        .onShard(StringCommands::set);
    registerOldSetters(table);
    table
        .row("GETDEL")
        .arity(2)
        .flags(WRITE | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, RW_ACCESS | KeySpec.DELETE))
        .syntax("key")
        .since("6.2.0")
        .complexity("O(1)")
        .summary("Returns the string value of a key and deletes the key.")
        .onShard(StringCommands::getDel);
    table
        .row("GETEX")
        .arity(-2)
        .flags(WRITE | FAST)
        .acl(AclCategory.STRING)
        .keys(
            KeySpec.one(1, RW_ACCESS | KeySpec.UPDATE)
                .note("RW and UPDATE because it changes the TTL"))
        .syntax(
            "key [expiration=EX seconds|PX milliseconds|EXAT unix-time-seconds"
                + "|PXAT unix-time-milliseconds|PERSIST]")
        .since("6.2.0")
        .complexity("O(1)")
        .summary("Returns the string value of a key and may change when the key ends.")
        .onShard(StringCommands::getEx);
  }

  private static void registerOldSetters(CommandTable table) {
    table
        .row("SETNX")
        .arity(3)
        .flags(WRITE | DENYOOM | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.OW | KeySpec.INSERT))
        .syntax("key value")
        .complexity("O(1)")
        .summary("Sets the string value of a key that does not exist.")
        .onShard(StringCommands::setNx);
    table
        .row("SETEX")
        .arity(4)
        .flags(WRITE | DENYOOM)
        .brief()
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.OW | KeySpec.UPDATE))
        .syntax("key seconds value")
        .since("2.0.0")
        .complexity("O(1)")
        .summary("Sets the string value of a key and the seconds that it lives.")
        .onShard(StringCommands::setEx);
    table
        .row("PSETEX")
        .arity(4)
        .flags(WRITE | DENYOOM)
        .brief()
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.OW | KeySpec.UPDATE))
        .syntax("key milliseconds value")
        .since("2.6.0")
        .complexity("O(1)")
        .summary("Sets the string value of a key and the milliseconds that it lives.")
        .onShard(StringCommands::pSetEx);
    table
        .row("GETSET")
        .arity(3)
        .flags(WRITE | DENYOOM | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, RW_ACCESS | KeySpec.UPDATE))
        .syntax("key value")
        .deprecated("6.2.0", "`SET` with the `!GET` argument")
        .complexity("O(1)")
        .summary("Sets the string value of a key and returns the old one.")
        .onShard(StringCommands::getSet);
  }

  /// Finds a key for reading; its slot, or 0.
  static long read(ShardContext cx, Args args, int key) {
    return cx.db().read(cx.keyHash(), args.address(key), (int) args.length(key));
  }

  /// Finds a key whose value changes; its slot, or 0.
  static long edit(ShardContext cx, Args args, int key) {
    return cx.db().edit(cx.keyHash(), args.address(key), (int) args.length(key));
  }

  /// Stores argument `value` under argument `key`, over whatever `slot` (0: the key is absent)
  /// holds.
  static void put(ShardContext cx, Args args, int key, int value, long slot, long deadline) {
    cx.db()
        .putString(
            cx.keyHash(),
            slot,
            args.address(key),
            (int) args.length(key),
            args.address(value),
            (int) args.length(value),
            deadline);
  }

  /// Stores the argument after argument `key` as [#put] does, or deletes the key at once when its
  /// deadline has passed.
  static void putUntil(ShardContext cx, Args args, int key, long slot, long deadline) {
    if (!ExpireOption.isPast(deadline, cx.nowMs())) {
      put(cx, args, key, key + 1, slot, deadline);
    } else if (slot != 0) {
      cx.db().delete(cx.keyHash(), slot);
    }
  }

  /// Finds a key for [#put]; its slot, or 0.
  static long find(ShardContext cx, Args args, int key) {
    return cx.db().find(cx.keyHash(), args.address(key), (int) args.length(key));
  }

  static void replyValue(long record, Reply reply) {
    if (!StringValue.isString(record)) {
      reply.error(ErrorText.WRONG_TYPE);
    } else if (StringValue.isInteger(record)) {
      reply.bulkInteger(StringValue.integer(record));
    } else {
      reply.bulk(RecordLayout.valueAddress(record), RecordLayout.valueLength(record));
    }
  }

  /// Answers with the value at a slot, with nil for slot 0, or with the error that it is no string;
  /// false only for the last.
  private static boolean replySlot(long slot, Reply reply) {
    if (slot == 0) {
      reply.nil();
      return true;
    }
    long record = DashTable.record(slot);
    replyValue(record, reply);
    return StringValue.isString(record);
  }

  /// SET only reads what was there when it has the option GET.
  private static int keyFlagsOfSet(Args args) {
    for (int i = 3; i < args.count(); i++) {
      if (args.keyword(i) == GET_WORD) {
        return RW_ACCESS | KeySpec.UPDATE;
      }
    }
    return KeySpec.OW | KeySpec.UPDATE;
  }

  private static void get(ShardContext cx, Args args, Reply reply) {
    replySlot(read(cx, args, 1), reply);
  }

  private static void set(ShardContext cx, Args args, Reply reply) {
    if (args.count() == 3) {
      put(cx, args, 1, 2, find(cx, args, 1), Database.NO_DEADLINE);
      reply.ok();
      return;
    }
    long options = SetOptions.parse(args, 3, SetOptions.OF_SET);
    if (options == SetOptions.SYNTAX_ERROR) {
      reply.error(ErrorText.SYNTAX);
      return;
    }
    long deadline = ExpireOption.deadline(args, options, cx.nowMs());
    if (ExpireOption.isError(deadline)) {
      ExpireOption.refuse(args, deadline, reply);
    } else {
      setWith(cx, args, options, deadline, reply);
    }
  }

  private static void setWith(
      ShardContext cx, Args args, long options, long deadline, Reply reply) {
    boolean get = SetOptions.has(options, SetOptions.GET);
    long slot = get ? read(cx, args, 1) : find(cx, args, 1);
    int verdict = test(cx, args, options, slot);
    if (verdict == StringConditions.BAD_DIGEST) {
      reply.error(StringConditions.BAD_DIGEST_TEXT);
      return;
    }
    boolean typed = get || SetOptions.has(options, SetOptions.COMPARISON);
    if (typed && slot != 0 && !StringValue.isString(DashTable.record(slot))) {
      reply.error(ErrorText.WRONG_TYPE);
      return;
    }
    if (get) {
      replySlot(slot, reply);
    }
    if (verdict == StringConditions.MET) {
      long until = deadline;
      if (slot != 0 && SetOptions.has(options, SetOptions.KEEPTTL)) {
        until = RecordLayout.deadline(DashTable.record(slot));
      }
      putUntil(cx, args, 1, slot, until);
    }
    if (!get) {
      replyDone(verdict, reply);
    }
  }

  private static void replyDone(int verdict, Reply reply) {
    if (verdict == StringConditions.MET) {
      reply.ok();
    } else {
      reply.nil();
    }
  }

  /// Whether SET's conditions hold, as [StringConditions] has it.
  private static int test(ShardContext cx, Args args, long options, long slot) {
    if (SetOptions.has(options, SetOptions.NX)) {
      return slot == 0 ? StringConditions.MET : StringConditions.NOT_MET;
    }
    if (SetOptions.has(options, SetOptions.XX)) {
      return slot != 0 ? StringConditions.MET : StringConditions.NOT_MET;
    }
    int comparison = (int) options & SetOptions.COMPARISON;
    if (comparison == 0) {
      return StringConditions.MET;
    }
    if (slot == 0) {
      return StringConditions.testAbsent(comparison);
    }
    long record = DashTable.record(slot);
    if (!StringValue.isString(record)) {
      return StringConditions.NOT_MET;
    }
    int operand = SetOptions.operand(options);
    return StringConditions.test(comparison, args, operand, record, cx.scratch().address());
  }

  private static void setNx(ShardContext cx, Args args, Reply reply) {
    if (edit(cx, args, 1) != 0) {
      reply.integer(0);
      return;
    }
    put(cx, args, 1, 2, 0, Database.NO_DEADLINE);
    reply.integer(1);
  }

  private static void setEx(ShardContext cx, Args args, Reply reply) {
    setUntil(cx, args, ExpireOption.deadline(args, 2, true, cx.nowMs()), reply);
  }

  private static void pSetEx(ShardContext cx, Args args, Reply reply) {
    setUntil(cx, args, ExpireOption.deadline(args, 2, false, cx.nowMs()), reply);
  }

  private static void setUntil(ShardContext cx, Args args, long deadline, Reply reply) {
    if (ExpireOption.isError(deadline)) {
      ExpireOption.refuse(args, deadline, reply);
      return;
    }
    put(cx, args, 1, 3, find(cx, args, 1), deadline);
    reply.ok();
  }

  private static void getSet(ShardContext cx, Args args, Reply reply) {
    long slot = read(cx, args, 1);
    if (replySlot(slot, reply)) {
      put(cx, args, 1, 2, slot, Database.NO_DEADLINE);
    }
  }

  private static void getDel(ShardContext cx, Args args, Reply reply) {
    long slot = read(cx, args, 1);
    if (replySlot(slot, reply) && slot != 0) {
      cx.db().delete(cx.keyHash(), slot);
    }
  }

  private static void getEx(ShardContext cx, Args args, Reply reply) {
    long options = SetOptions.parse(args, 2, SetOptions.OF_GETEX);
    if (options == SetOptions.SYNTAX_ERROR) {
      reply.error(ErrorText.SYNTAX);
      return;
    }
    long slot = read(cx, args, 1);
    if (slot == 0 || !StringValue.isString(DashTable.record(slot))) {
      replySlot(slot, reply);
      return;
    }
    long deadline = ExpireOption.deadline(args, options, cx.nowMs());
    if (ExpireOption.isError(deadline)) {
      ExpireOption.refuse(args, deadline, reply);
      return;
    }
    replySlot(slot, reply);
    if (SetOptions.has(options, SetOptions.OF_GETEX)) {
      endAt(cx, slot, deadline);
    }
  }

  /// Gives a key another deadline, or none; a deadline that has passed deletes it.
  static void endAt(ShardContext cx, long slot, long deadline) {
    if (ExpireOption.isPast(deadline, cx.nowMs())) {
      cx.db().delete(cx.keyHash(), slot);
    } else {
      cx.db().setDeadline(cx.keyHash(), slot, deadline);
    }
  }
}
