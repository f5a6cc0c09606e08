package io.pantala.resp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The error texts of Redis 7.0 that more than one command uses, as [Reply#error] takes them: the
/// code and the text, on one line. Immutable; the arrays must not be written to.
public final class ErrorText {
  public static final byte[] WRONG_TYPE =
      of("WRONGTYPE Operation against a key holding the wrong kind of value");
  public static final byte[] SYNTAX = of("ERR syntax error");
  public static final byte[] NO_SUCH_KEY = of("ERR no such key");

  public static final byte[] NOT_AN_INTEGER = of("ERR value is not an integer or out of range");
  public static final byte[] NOT_A_FLOAT = of("ERR value is not a valid float");
  public static final byte[] NOT_POSITIVE = of("ERR value is out of range, must be positive");
  public static final byte[] OVERFLOW = of("ERR increment or decrement would overflow");
  public static final byte[] DECREMENT_OVERFLOW = of("ERR decrement would overflow");
  public static final byte[] NAN_OR_INFINITY = of("ERR increment would produce NaN or Infinity");
  public static final byte[] INDEX_OUT_OF_RANGE = of("ERR index out of range");
  public static final byte[] OFFSET_OUT_OF_RANGE = of("ERR offset is out of range");
  public static final byte[] STRING_TOO_LONG =
      of("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
  public static final byte[] BIT_OFFSET = of("ERR bit offset is not an integer or out of range");
  public static final byte[] BIT_VALUE = of("ERR bit is not an integer or out of range");
  public static final byte[] HASH_VALUE_NOT_AN_INTEGER = of("ERR hash value is not an integer");
  public static final byte[] HASH_VALUE_NOT_A_FLOAT = of("ERR hash value is not a float");
  public static final byte[] SCORE_RANGE = of("ERR min or max is not a float");
  public static final byte[] STRING_RANGE = of("ERR min or max not valid string range item");
  public static final byte[] NUMBER_OF_KEYS = of("ERR numkeys should be greater than 0");
  public static final byte[] INVALID_CURSOR = of("ERR invalid cursor");
  public static final byte[] DATABASE_INDEX = of("ERR DB index is out of range");
  public static final byte[] TIMEOUT_NOT_A_FLOAT = of("ERR timeout is not a float or out of range");
  public static final byte[] TIMEOUT_NEGATIVE = of("ERR timeout is negative");

  public static final byte[] NO_AUTH = of("NOAUTH Authentication required.");
  public static final byte[] NO_AUTH_HELLO =
      of(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the"
              + " HELLO AUTH <user> <pass> option can be used to authenticate the client and"
              + " select the RESP protocol version at the same time");
  public static final byte[] WRONG_PASS =
      of("WRONGPASS invalid username-password pair or user is disabled.");
  public static final byte[] NO_PASSWORD_SET =
      of(
          "ERR AUTH <password> called without any password configured for the default user."
              + " Are you sure your configuration is correct?");
  public static final byte[] NO_PERMISSION_KEY =
      of("NOPERM this user has no permissions to access one of the keys used as arguments");
  public static final byte[] NO_PROTO = of("NOPROTO unsupported protocol version");
  public static final byte[] PROTOCOL_VERSION =
      of("ERR Protocol version is not an integer or out of range");

  public static final byte[] EXEC_WITHOUT_MULTI = of("ERR EXEC without MULTI");
  public static final byte[] DISCARD_WITHOUT_MULTI = of("ERR DISCARD without MULTI");
  public static final byte[] NESTED_MULTI = of("ERR MULTI calls can not be nested");
  public static final byte[] WATCH_IN_MULTI = of("ERR WATCH inside MULTI is not allowed");
  public static final byte[] EXEC_ABORT =
      of("EXECABORT Transaction discarded because of previous errors.");
  public static final byte[] NO_SCRIPT = of("NOSCRIPT No matching script. Please use EVAL.");

  public static final byte[] OUT_OF_MEMORY =
      of("OOM command not allowed when used memory > 'maxmemory'.");

  /// How much of an unknown name, and of its arguments, an error shows.
  private static final int PREVIEW_BYTES = 128;

  private ErrorText() {}

  /// The bytes of a text (a character above 255 is no byte), line ends made spaces.
  public static byte[] of(String text) {
    return oneLine(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// @param command in lower case; a subcommand as `config|get`
  public static byte[] wrongArity(String command) {
    return of("ERR wrong number of arguments for '" + command + "' command");
  }

  /// @param command in lower case
  public static byte[] invalidExpire(String command) {
    return of("ERR invalid expire time in '" + command + "' command");
  }

  /// @param command in lower case; a subcommand as `config|get`
  public static byte[] noPermission(String command) {
    return of("NOPERM this user has no permissions to run the '" + command + "' command");
  }

  /// @param command in lower case; a subcommand as `config|get`
  public static byte[] notWhileSubscribed(String command) {
    return of(
        "ERR Can't execute '"
            + command
            + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in"
            + " this context");
  }

  /// For a request whose first argument names no command.
  public static byte[] unknownCommand(Args args) {
    StringBuilder preview = new StringBuilder();
    for (int i = 1; i < args.count() && preview.length() < PREVIEW_BYTES; i++) {
      String shown = preview(args, i, PREVIEW_BYTES - preview.length());
      preview.append('\'').append(shown).append("' ");
    }
    String name = preview(args, 0, PREVIEW_BYTES);
    return of("ERR unknown command '" + name + "', with args beginning with: " + preview);
  }

  /// For a request whose first argument has subcommands, but not its second.
  public static byte[] unknownSubcommand(Args args) {
    String command = preview(args, 0, PREVIEW_BYTES).toUpperCase(Locale.ROOT);
    String name = preview(args, 1, PREVIEW_BYTES);
    return of("ERR unknown subcommand '" + name + "'. Try " + command + " HELP.");
  }

  /// For a subcommand whose arguments are too many or too few for what it says.
  public static byte[] subcommandSyntax(Args args) {
    String command = preview(args, 0, PREVIEW_BYTES).toUpperCase(Locale.ROOT);
    String name = preview(args, 1, PREVIEW_BYTES);
    return of(
        "ERR unknown subcommand or wrong number of arguments for '"
            + name
            + "'. Try "
            + command
            + " HELP.");
  }

  /// The argument's first bytes, up to a zero byte: Redis prints them as a C string.
  private static String preview(Args args, int i, int limit) {
    String text = args.prefix(i, limit);
    int zero = text.indexOf(0);
    return zero < 0 ? text : text.substring(0, zero);
  }

  /// The bytes with each line end in them made a space, in place.
  private static byte[] oneLine(byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\r' || text[i] == '\n') {
        text[i] = ' ';
      }
    }
    return text;
  }
}
