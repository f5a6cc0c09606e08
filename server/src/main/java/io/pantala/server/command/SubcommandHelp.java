package io.pantala.server.command;

import io.pantala.server.command.CommandBody.LocalStep;

/// The reply of a container's HELP subcommand, in the form that redis-server gives it.
final class SubcommandHelp {
  private static final byte[] LAST = Errors.text("HELP");
  private static final byte[] LAST_TEXT = Errors.text("    Prints this help.");

  private SubcommandHelp() {}

  /// @param container in upper case
  /// @param lines a subcommand's form, then its text indented by four spaces, and so on
  static LocalStep of(String container, String... lines) {
    byte[][] texts = new byte[lines.length + 3][];
    texts[0] = Errors.text(container + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    for (int i = 0; i < lines.length; i++) {
      texts[i + 1] = Errors.text(lines[i]);
    }
    texts[lines.length + 1] = LAST;
    texts[lines.length + 2] = LAST_TEXT;
    return (client, args, reply) -> {
      reply.array(texts.length);
      for (byte[] text : texts) {
        reply.simple(text);
      }
    };
  }
}
