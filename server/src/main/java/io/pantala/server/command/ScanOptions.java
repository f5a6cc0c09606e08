package io.pantala.server.command;

import io.pantala.core.text.Glob;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The cursor and the options of a SCAN command. Immutable; good as long as the arguments are.
final class ScanOptions {
  /// What [#cursor] answers for an argument that is no cursor.
  static final long NO_CURSOR = -1;

  private static final long MATCH = Keyword.of("MATCH");
  private static final long COUNT = Keyword.of("COUNT");
  private static final long TYPE = Keyword.of("TYPE");
  private static final long DEFAULT_COUNT = 10;

  /// Steps of a scan for each element asked for, where most steps find none.
  private static final long STEPS_PER_ELEMENT = 10;

  private final Args args;
  private int pattern;
  private int type;
  private long count = DEFAULT_COUNT;

  private ScanOptions(Args args) {
    this.args = args;
  }

  /// Reads the options from argument `from` on; null when they are wrong and an error was answered.
  ///
  /// @param hasType whether the command knows TYPE
  static @Nullable ScanOptions parse(Args args, int from, boolean hasType, Reply reply) {
    ScanOptions options = new ScanOptions(args);
    for (int i = from; i < args.count(); i += 2) {
      byte @Nullable [] error = options.read(i, hasType);
      if (error != null) {
        reply.error(error);
        return null;
      }
    }
    return options;
  }

  private byte @Nullable [] read(int i, boolean hasType) {
    if (i + 1 == args.count()) {
      return ErrorText.SYNTAX;
    }
    long word = args.keyword(i);
    if (word == COUNT) {
      count = args.integer(i + 1);
      if (!args.isInteger(i + 1, count)) {
        return ErrorText.NOT_AN_INTEGER;
      }
      return count < 1 ? ErrorText.SYNTAX : null;
    }
    if (word == MATCH) {
      pattern = i + 1;
      return null;
    }
    if (word == TYPE && hasType) {
      type = i + 1;
      return null;
    }
    return ErrorText.SYNTAX;
  }

  /// The cursor at argument `i`, as C reads an unsigned number: there may be a sign, and no digit
  /// at all is 0. Numbers that no scan ever answered become the largest one.
  static long cursor(Args args, int i) {
    String text = cString(args.string(i));
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String digits = signed ? text.substring(1) : text;
    if (digits.isEmpty()) {
      return signed ? NO_CURSOR : 0;
    }
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return NO_CURSOR;
    }
    try {
      long value = Long.parseUnsignedLong(digits);
      return value < 0 || text.startsWith("-") ? Long.MAX_VALUE : value;
    } catch (NumberFormatException e) {
      return NO_CURSOR;
    }
  }

  private static String cString(String text) {
    int zero = text.indexOf(0);
    return zero < 0 ? text : text.substring(0, zero);
  }

  /// Elements after which a call ends.
  long count() {
    return count;
  }

  /// Steps after which a call ends however few elements it found.
  long steps() {
    return count > Long.MAX_VALUE / STEPS_PER_ELEMENT ? Long.MAX_VALUE : count * STEPS_PER_ELEMENT;
  }

  /// Whether the element of that name is wanted as far as MATCH goes.
  boolean matches(long name, long bytes) {
    return pattern == 0 || isMatch(args, pattern, name, bytes);
  }

  /// Whether a value of that type is wanted.
  boolean isOfType(byte[] name) {
    return type == 0 || isWord(type, name);
  }

  /// Whether a text matches the pattern at argument `i`; `*` alone matches the empty text too.
  static boolean isMatch(Args args, int i, long text, long bytes) {
    long pattern = args.address(i);
    long patternBytes = args.length(i);
    return Glob.isAll(pattern, patternBytes) || Glob.matches(pattern, patternBytes, text, bytes);
  }

  private boolean isWord(int i, byte[] lowerCase) {
    return args.string(i).equalsIgnoreCase(new String(lowerCase, StandardCharsets.US_ASCII));
  }
}
