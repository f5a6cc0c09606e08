package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;

/// The number of a database as an argument.
final class DatabaseIndex {
  /// What [#parse] answers for a wrong argument; [#error] has the texts.
  private static final int NOT_AN_INTEGER = -1;

  private static final int NOT_AN_INT = -2;
  private static final int NO_SUCH_DATABASE = -3;

  private static final byte[] INT_RANGE =
      Errors.text("ERR value is out of range, value must between -2147483648 and 2147483647");

  private DatabaseIndex() {}

  /// The index at argument `i`, or a negative number that stands for an error.
  static int parse(Args args, int i, int databases) {
    long index = args.integer(i);
    if (!args.isInteger(i, index)) {
      return NOT_AN_INTEGER;
    }
    if (index != (int) index) {
      return NOT_AN_INT;
    }
    return index >= 0 && index < databases ? (int) index : NO_SUCH_DATABASE;
  }

  /// Whether the argument was a number at all, of 32 bits.
  static boolean isInt(int parsed) {
    return parsed != NOT_AN_INTEGER && parsed != NOT_AN_INT;
  }

  /// The text for a negative answer of [#parse].
  static byte[] error(int parsed) {
    return switch (parsed) {
      case NOT_AN_INTEGER -> ErrorText.NOT_AN_INTEGER;
      case NOT_AN_INT -> INT_RANGE;
      default -> ErrorText.DATABASE_INDEX;
    };
  }
}
