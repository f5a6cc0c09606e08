package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import org.jspecify.annotations.Nullable;

/// The options of INCREX: which were given, and at which arguments. Unlike SET's, none may be
/// repeated. The first error is kept and nothing is read after it.
final class IncrExOptions {
  private static final byte[] ENX_ALONE = Errors.text("ERR ENX flag requires an expiration");

  private static final long BYINT = Keyword.of("BYINT");
  private static final long BYFLOAT = Keyword.of("BYFLOAT");
  private static final long LBOUND = Keyword.of("LBOUND");
  private static final long UBOUND = Keyword.of("UBOUND");
  private static final long SATURATE = Keyword.of("SATURATE");
  private static final long ENX = Keyword.of("ENX");

  private final Args args;
  private int at = 2;
  private int increment;
  private boolean isFloat;
  private int lower;
  private int upper;
  private boolean saturates;
  private int expiry;
  private int time;
  private boolean onlyWithoutDeadline;
  private byte @Nullable [] error;

  private IncrExOptions(Args args) {
    this.args = args;
  }

  static IncrExOptions parse(Args args) {
    IncrExOptions options = new IncrExOptions(args);
    while (options.error == null && options.at < args.count()) {
      options.parseNext();
    }
    if (options.error == null && options.onlyWithoutDeadline && options.time == 0) {
      options.error = ENX_ALONE;
    }
    return options;
  }

  private void parseNext() {
    long word = args.keyword(at);
    at++;
    if (word == BYINT || word == BYFLOAT) {
      increment = operand(increment);
      isFloat = word == BYFLOAT;
    } else if (word == LBOUND) {
      lower = operand(lower);
    } else if (word == UBOUND) {
      upper = operand(upper);
    } else if (word == SATURATE) {
      require(!saturates);
      saturates = true;
    } else if (word == ENX) {
      require(!onlyWithoutDeadline && expiry != SetOptions.PERSIST);
      onlyWithoutDeadline = true;
    } else {
      parseExpiry(SetOptions.expiryOption(word));
    }
  }

  private void parseExpiry(int option) {
    require((option & SetOptions.OF_GETEX) != 0 && expiry == 0);
    require(option != SetOptions.PERSIST || !onlyWithoutDeadline);
    expiry = option;
    if (option != SetOptions.PERSIST) {
      time = operand(time);
    }
  }

  /// The index of the argument that follows an option which was not given before.
  private int operand(int before) {
    require(before == 0 && at < args.count());
    return at++;
  }

  private void require(boolean condition) {
    if (!condition) {
      error = ErrorText.SYNTAX;
    }
  }

  /// What is wrong, or null.
  byte @Nullable [] error() {
    return error;
  }

  /// Index of the increment's argument, 0 when there is none: the increment is 1.
  int increment() {
    return increment;
  }

  boolean isFloat() {
    return isFloat;
  }

  /// Index of the lower bound's argument, or 0.
  int lower() {
    return lower;
  }

  int upper() {
    return upper;
  }

  /// Whether a result out of bounds becomes the bound.
  boolean saturates() {
    return saturates;
  }

  boolean persists() {
    return expiry == SetOptions.PERSIST;
  }

  boolean hasTime() {
    return time != 0;
  }

  /// Whether a key that has a deadline keeps it.
  boolean onlyWithoutDeadline() {
    return onlyWithoutDeadline;
  }

  /// The deadline that is asked for, or an error, as [ExpireOption] has it.
  long deadline(long nowMs) {
    boolean inSeconds = expiry == SetOptions.EX || expiry == SetOptions.EXAT;
    boolean fromNow = expiry == SetOptions.EX || expiry == SetOptions.PX;
    return ExpireOption.deadline(args, time, inSeconds, fromNow ? nowMs : 0);
  }
}
