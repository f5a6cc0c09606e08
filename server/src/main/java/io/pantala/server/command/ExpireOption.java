package io.pantala.server.command;

import io.pantala.core.db.Database;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import java.util.Locale;

/// When a key ends, as EX, PX, EXAT or PXAT say it, as a deadline in ms since 1970. Errors are
/// deadlines below [Database#NO_DEADLINE].
final class ExpireOption {
  /// The time is no integer.
  static final long NOT_AN_INTEGER = -2;

  /// The time is not positive, or too far away for a deadline.
  static final long INVALID = -3;

  private static final long MS_PER_SECOND = 1000;

  private ExpireOption() {}

  /// The deadline that parsed options ask for, [Database#NO_DEADLINE] when they name none, or an
  /// error.
  static long deadline(Args args, long options, long nowMs) {
    if (!SetOptions.has(options, SetOptions.DEADLINE)) {
      return Database.NO_DEADLINE;
    }
    return deadline(
        args,
        SetOptions.timeArgument(options),
        SetOptions.has(options, SetOptions.EX | SetOptions.EXAT),
        SetOptions.has(options, SetOptions.EX | SetOptions.PX) ? nowMs : 0);
  }

  /// The deadline that argument `i` says, or an error.
  ///
  /// @param baseMs what the time counts from
  static long deadline(Args args, int i, boolean inSeconds, long baseMs) {
    long time = args.integer(i);
    if (!args.isInteger(i, time)) {
      return NOT_AN_INTEGER;
    }
    if (time <= 0 || (inSeconds && time > Long.MAX_VALUE / MS_PER_SECOND)) {
      return INVALID;
    }
    long ms = inSeconds ? time * MS_PER_SECOND : time;
    return ms > Long.MAX_VALUE - baseMs ? INVALID : ms + baseMs;
  }

  static boolean isError(long deadline) {
    return deadline < Database.NO_DEADLINE;
  }

  /// Answers with the error that `deadline` is.
  static void refuse(Args args, long deadline, Reply reply) {
    if (deadline == NOT_AN_INTEGER) {
      reply.error(ErrorText.NOT_AN_INTEGER);
    } else {
      reply.error(ErrorText.invalidExpire(args.string(0).toLowerCase(Locale.ROOT)));
    }
  }

  /// Whether a deadline that was asked for has passed, so that the key ends at once.
  static boolean isPast(long deadline, long nowMs) {
    return deadline != Database.NO_DEADLINE && deadline <= nowMs;
  }
}
