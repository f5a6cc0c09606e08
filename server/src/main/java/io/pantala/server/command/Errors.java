package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.resp.Args;

/// The server's own error replies, in Redis's words, without the leading '-'.
public final class Errors {
  public static final byte[] OUT_OF_MEMORY =
      text("OOM command not allowed when used memory > 'maxmemory'.");
  public static final byte[] INTERNAL = text("ERR internal error, see the server's log");
  public static final byte[] NO_AUTH = text("NOAUTH Authentication required.");
  public static final byte[] SYNTAX = text("ERR syntax error");
  public static final byte[] WRONG_TYPE =
      text("WRONGTYPE Operation against a key holding the wrong kind of value");
  public static final byte[] NOT_AN_INTEGER = text("ERR value is not an integer or out of range");
  public static final byte[] NO_SUCH_KEY = text("ERR no such key");
  public static final byte[] INVALID_KEYS = text("ERR Invalid arguments specified for command");
  public static final byte[] DB_OUT_OF_RANGE = text("ERR DB index is out of range");

  /// Bytes of arguments that an unknown command's error shows.
  private static final int PREVIEW_BYTES = 128;

  private Errors() {}

  public static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  public static byte[] wrongArity(CommandSpec spec) {
    return text("ERR wrong number of arguments for '" + spec.name() + "' command");
  }

  public static byte[] unknownCommand(Args args) {
    StringBuilder shown = new StringBuilder();
    for (int i = 1; i < args.count() && shown.length() < PREVIEW_BYTES; i++) {
      shown.append('\'').append(cut(args.string(i), PREVIEW_BYTES - shown.length())).append("' ");
    }
    return oneLine(
        "ERR unknown command '"
            + cut(args.string(0), PREVIEW_BYTES)
            + "', with args beginning with: "
            + shown);
  }

  public static byte[] unknownSubcommand(CommandSpec container, Args args) {
    return oneLine(
        "ERR unknown subcommand '"
            + cut(args.string(1), PREVIEW_BYTES)
            + "'. Try "
            + container.name().toUpperCase(java.util.Locale.ROOT)
            + " HELP.");
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static byte[] oneLine(String text) {
    return text(text.replace('\r', ' ').replace('\n', ' '));
  }
}
