package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.DENYOOM;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.text.IntText;
import io.pantala.core.text.LongDouble;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.shard.ShardContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Strings that are numbers: counting up and down.
final class CounterCommands {
  private static final int COUNTER_KEY = KeySpec.RW | KeySpec.ACCESS | KeySpec.UPDATE;

  private CounterCommands() {}

  static void register(CommandTable table) {
    row(table, "INCR", 2)
        .syntax("key")
        .summary("Adds one to a key's integer; a missing key counts as 0.")
        .onShard(CounterCommands::incr);
    row(table, "DECR", 2)
        .syntax("key")
        .summary("Takes one from a key's integer; a missing key counts as 0.")
        .onShard(CounterCommands::decr);
    row(table, "INCRBY", 3)
        .syntax("key increment:integer")
        .summary("Adds a number to a key's integer; a missing key counts as 0.")
        .onShard(CounterCommands::incrBy);
    row(table, "DECRBY", 3)
        .syntax("key decrement:integer")
        .summary("Takes a number from a key's integer; a missing key counts as 0.")
        .onShard(CounterCommands::decrBy);
    row(table, "INCRBYFLOAT", 3)
        .syntax("key increment:double")
        .since("2.6.0")
        .summary("Adds a number with a fraction to a key's number; a missing key counts as 0.")
        .onShard(CounterCommands::incrByFloat);
    row(table, "INCREX", -2)
        .syntax(
            "key [increment=BYFLOAT float:double|BYINT integer:integer] [SATURATE]"
                + " [LBOUND lowerbound] [UBOUND upperbound]"
                + " [expiration=EX seconds|PX milliseconds|EXAT unix-time-seconds"
                + "|PXAT unix-time-milliseconds|PERSIST] [ENX]")
        .since("8.8.0")
        .summary("Adds to a key's number within bounds and may change when the key ends.")
        .onShard(IncrExCommand::run);
  }

  private static CommandRow row(CommandTable table, String name, int arity) {
    return table
        .row(name)
        .arity(arity)
        .flags(WRITE | DENYOOM | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, COUNTER_KEY))
        .complexity("O(1)");
  }

  private static void incr(ShardContext cx, Args args, Reply reply) {
    add(cx, args, 1, reply);
  }

  private static void decr(ShardContext cx, Args args, Reply reply) {
    add(cx, args, -1, reply);
  }

  private static void incrBy(ShardContext cx, Args args, Reply reply) {
    long by = args.integer(2);
    if (args.isInteger(2, by)) {
      add(cx, args, by, reply);
    } else {
      reply.error(ErrorText.NOT_AN_INTEGER);
    }
  }

  private static void decrBy(ShardContext cx, Args args, Reply reply) {
    long by = args.integer(2);
    if (!args.isInteger(2, by)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
    } else if (by == Long.MIN_VALUE) {
      reply.error(ErrorText.DECREMENT_OVERFLOW);
    } else {
      add(cx, args, -by, reply);
    }
  }

  private static void add(ShardContext cx, Args args, long by, Reply reply) {
    long slot = StringCommands.edit(cx, args, 1);
    long old = 0;
    if (slot != 0) {
      long record = DashTable.record(slot);
      old = integer(record);
      if (!isInteger(record, old)) {
        refuse(record, ErrorText.NOT_AN_INTEGER, reply);
        return;
      }
    }
    long sum = old + by;
    if (((old ^ sum) & (by ^ sum)) < 0) {
      reply.error(ErrorText.OVERFLOW);
      return;
    }
    if (slot != 0 && StringValue.isInteger(DashTable.record(slot))) {
      cx.db().items().setInteger(DashTable.record(slot), sum);
    } else {
      putInteger(cx, args, slot, sum, deadline(slot));
    }
    reply.integer(sum);
  }

  /// The integer that a record holds in whatever form; check with [#isInteger].
  static long integer(long record) {
    if (!StringValue.isString(record)) {
      return IntText.NOT_A_NUMBER;
    }
    return StringValue.isInteger(record)
        ? StringValue.integer(record)
        : IntText.parse(RecordLayout.valueAddress(record), RecordLayout.valueLength(record));
  }

  /// Whether `integer`, the answer of [#integer] for this record, is one.
  static boolean isInteger(long record, long integer) {
    if (integer != IntText.NOT_A_NUMBER) {
      return true;
    }
    return StringValue.isString(record)
        && (StringValue.isInteger(record)
            || IntText.isMinimum(
                RecordLayout.valueAddress(record), RecordLayout.valueLength(record)));
  }

  /// Says why a record can't be counted with.
  static void refuse(long record, byte[] notNumber, Reply reply) {
    reply.error(StringValue.isString(record) ? notNumber : ErrorText.WRONG_TYPE);
  }

  /// Stores a number under argument 1.
  static void putInteger(ShardContext cx, Args args, long slot, long value, long deadline) {
    cx.db().putInteger(cx.keyHash(), slot, args.address(1), (int) args.length(1), value, deadline);
  }

  /// Stores a text under argument 1, as it is.
  static void putText(ShardContext cx, Args args, long slot, byte[] text, long deadline) {
    long at =
        cx.db()
            .putBytes(
                cx.keyHash(),
                slot,
                args.address(1),
                (int) args.length(1),
                StringEncoding.ofLength(text.length),
                text.length,
                deadline);
    Mem.copyIn(text, 0, at, text.length);
  }

  /// The deadline of the key at a slot.
  static long deadline(long slot) {
    return slot == 0 ? Database.NO_DEADLINE : RecordLayout.deadline(DashTable.record(slot));
  }

  private static void incrByFloat(ShardContext cx, Args args, Reply reply) {
    long slot = StringCommands.edit(cx, args, 1);
    if (slot != 0 && !StringValue.isString(DashTable.record(slot))) {
      reply.error(ErrorText.WRONG_TYPE);
      return;
    }
    LongDouble old = number(slot, cx.scratch());
    LongDouble by = LongDouble.parse(args.address(2), args.length(2));
    if (old == null || by == null) {
      reply.error(ErrorText.NOT_A_FLOAT);
      return;
    }
    LongDouble sum = old.plus(by);
    if (sum == null || !sum.isFinite()) {
      reply.error(ErrorText.NAN_OR_INFINITY);
      return;
    }
    byte[] text = sum.toString().getBytes(StandardCharsets.ISO_8859_1);
    putText(cx, args, slot, text, deadline(slot));
    reply.bulk(text);
  }

  /// The number that the string at a slot is, 0 for slot 0; null when it is none.
  static @Nullable LongDouble number(long slot, NativeBuffer scratch) {
    if (slot == 0) {
      return LongDouble.ZERO;
    }
    long record = DashTable.record(slot);
    return LongDouble.parse(
        StringValue.text(record, scratch.address()), StringValue.length(record));
  }
}
