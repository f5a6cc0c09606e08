package io.pantala.server.command;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.text.LongDouble;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.resp.RespReply;
import io.pantala.server.shard.ShardContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One call of INCREX: adds to a number within bounds and sets when the key ends, as one step. On
/// the shard's thread.
///
/// A result out of bounds leaves the key as it is, or becomes the bound itself with SATURATE. The
/// reply is the number and what was really added.
final class IncrExCommand {
  private static final byte[] CROSSED_BOUNDS =
      Errors.text("ERR LBOUND can't be greater than UBOUND");
  private static final byte[] APPLIED_OVERFLOW =
      Errors.text("ERR applied increment would overflow");
  private static final byte[] APPLIED_INFINITY =
      Errors.text("ERR applied increment would be Infinity");

  private final ShardContext cx;
  private final Args args;
  private final IncrExOptions options;
  private final Reply reply;
  private long deadline = Database.NO_DEADLINE;
  private long slot;

  private IncrExCommand(ShardContext cx, Args args, IncrExOptions options, Reply reply) {
    this.cx = cx;
    this.args = args;
    this.options = options;
    this.reply = reply;
  }

  static void run(ShardContext cx, Args args, Reply reply) {
    IncrExOptions options = IncrExOptions.parse(args);
    byte[] error = options.error();
    if (error != null) {
      reply.error(error);
      return;
    }
    IncrExCommand call = new IncrExCommand(cx, args, options, reply);
    if (options.isFloat()) {
      call.addFloat();
    } else {
      call.addInteger();
    }
  }

  private void addInteger() {
    byte[] error = integerError();
    if (error != null) {
      reply.error(error);
      return;
    }
    long by = integer(options.increment(), 1);
    long lower = integer(options.lower(), Long.MIN_VALUE);
    long upper = integer(options.upper(), Long.MAX_VALUE);
    if (lower > upper) {
      reply.error(CROSSED_BOUNDS);
    } else if (readDeadline() && findNumber()) {
      addInteger(by, lower, upper);
    }
  }

  /// What is wrong with the arguments that are to be integers.
  private byte @Nullable [] integerError() {
    if (!isInteger(options.increment())) {
      return notInteger("Increment");
    }
    if (!isInteger(options.lower())) {
      return notInteger("LBOUND");
    }
    return isInteger(options.upper()) ? null : notInteger("UBOUND");
  }

  private boolean isInteger(int i) {
    return i == 0 || args.isInteger(i, args.integer(i));
  }

  private long integer(int i, long otherwise) {
    return i == 0 ? otherwise : args.integer(i);
  }

  private void addInteger(long by, long lower, long upper) {
    long old = slot == 0 ? 0 : CounterCommands.integer(DashTable.record(slot));
    if (slot != 0 && !CounterCommands.isInteger(DashTable.record(slot), old)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
      return;
    }
    long sum = old + by;
    boolean overflows = ((old ^ sum) & (by ^ sum)) < 0;
    if (overflows) {
      sum = by > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    long result = Math.max(lower, Math.min(upper, sum));
    if ((overflows || result != sum) && !options.saturates()) {
      replyIntegers(old, 0);
      return;
    }
    long applied = result - old;
    if (((result ^ old) & (result ^ applied)) < 0) {
      reply.error(APPLIED_OVERFLOW);
      return;
    }
    if (!endsNow()) {
      CounterCommands.putInteger(cx, args, slot, result, newDeadline());
    }
    replyIntegers(result, applied);
  }

  private void replyIntegers(long value, long applied) {
    reply.array(2);
    reply.integer(value);
    reply.integer(applied);
  }

  private void addFloat() {
    LongDouble by = number(options.increment(), LongDouble.ZERO);
    LongDouble lower = number(options.lower(), LongDouble.MIN);
    LongDouble upper = number(options.upper(), LongDouble.MAX);
    if (by == null) {
      reply.error(notFloat("Increment"));
    } else if (lower == null) {
      reply.error(notFloat("LBOUND"));
    } else if (upper == null) {
      reply.error(notFloat("UBOUND"));
    } else if (lower.compareTo(upper) > 0) {
      reply.error(CROSSED_BOUNDS);
    } else if (readDeadline() && findNumber()) {
      addFloat(by, lower, upper);
    }
  }

  private @Nullable LongDouble number(int i, LongDouble otherwise) {
    return i == 0 ? otherwise : LongDouble.parse(args.address(i), args.length(i));
  }

  private void addFloat(LongDouble by, LongDouble lower, LongDouble upper) {
    LongDouble old = CounterCommands.number(slot, cx.scratch());
    if (old == null) {
      reply.error(ErrorText.NOT_A_FLOAT);
      return;
    }
    LongDouble sum = old.plus(by);
    if (sum == null || !old.isFinite() || !by.isFinite()) {
      reply.error(ErrorText.NAN_OR_INFINITY);
      return;
    }
    LongDouble result = sum.compareTo(lower) < 0 ? lower : sum.compareTo(upper) > 0 ? upper : sum;
    boolean fits = result == sum && sum.isFinite();
    if (!fits && !options.saturates()) {
      replyFloats(old, LongDouble.ZERO);
      return;
    }
    LongDouble applied = fits ? by : result.minus(old);
    if (applied == null || !applied.isFinite()) {
      reply.error(APPLIED_INFINITY);
      return;
    }
    if (!endsNow()) {
      CounterCommands.putText(cx, args, slot, text(result), newDeadline());
    }
    replyFloats(result, applied);
  }

  private void replyFloats(LongDouble value, LongDouble applied) {
    reply.array(2);
    replyFloat(value);
    replyFloat(applied);
  }

  /// Before RESP3 a number is the text that GET answers.
  private void replyFloat(LongDouble value) {
    if (reply instanceof RespReply resp && resp.resp3()) {
      reply.doubleValue(Double.parseDouble(value.toString()));
    } else {
      reply.bulk(text(value));
    }
  }

  private static byte[] text(LongDouble value) {
    return value.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Reads the deadline that is asked for; false when it is wrong and the reply is given.
  private boolean readDeadline() {
    if (options.hasTime()) {
      deadline = options.deadline(cx.nowMs());
      if (ExpireOption.isError(deadline)) {
        ExpireOption.refuse(args, deadline, reply);
        return false;
      }
    }
    return true;
  }

  /// Finds the key; false when it is no string and the reply is given.
  private boolean findNumber() {
    slot = StringCommands.edit(cx, args, 1);
    if (slot != 0 && !StringValue.isString(DashTable.record(slot))) {
      reply.error(ErrorText.WRONG_TYPE);
      return false;
    }
    return true;
  }

  /// Whether the deadline that is asked for counts and has passed; then the key is deleted.
  private boolean endsNow() {
    if (!setsDeadline() || !ExpireOption.isPast(deadline, cx.nowMs())) {
      return false;
    }
    if (slot != 0) {
      cx.db().delete(cx.keyHash(), slot);
    }
    return true;
  }

  private boolean setsDeadline() {
    boolean kept = options.onlyWithoutDeadline() && oldDeadline() != Database.NO_DEADLINE;
    return options.hasTime() && !kept;
  }

  private long newDeadline() {
    if (options.persists()) {
      return Database.NO_DEADLINE;
    }
    return setsDeadline() ? deadline : oldDeadline();
  }

  private long oldDeadline() {
    return CounterCommands.deadline(slot);
  }

  private static byte[] notInteger(String what) {
    return Errors.text("ERR " + what + " is not an integer or out of range");
  }

  private static byte[] notFloat(String what) {
    return Errors.text("ERR " + what + " is not a valid float");
  }
}
