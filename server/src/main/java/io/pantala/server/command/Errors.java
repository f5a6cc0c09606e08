package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Error replies that are the server's own; Redis's standard ones are in
/// [io.pantala.resp.ErrorText]. Without the leading '-'.
public final class Errors {
  public static final byte[] INTERNAL = text("ERR internal error, see the server's log");
  public static final byte[] INVALID_KEYS = text("ERR Invalid arguments specified for command");

  private Errors() {}

  public static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
