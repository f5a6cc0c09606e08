package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.Version;
import io.pantala.server.client.Connection;

/// LOLWUT: a picture and the version.
final class LolwutCommand {
  private static final long VERSION = Keyword.of("VERSION");
  private static final byte[] TEXT_FORMAT = Errors.text("txt");

  /// Pantala flavescens, seen from above; there is one picture for all versions asked for.
  private static final String PICTURE =
      """
                        __
                       (oo)
       ___.-----------.(  ).-----------.___
      (____   .  .  .  '||'  .  .  .   ____)
           `'------.__. || .__.------'`
       ___.-----------' || '-----------.___
      (____   .  .  .  .||.  .  .  .   ____)
           `'--------'` || `'--------'`
                        ||
                        ||
                        ||
                        ||
                        ''
      Pantala flavescens, the wandering glider: it crosses oceans.

      """;

  private static final byte[] TEXT = Errors.text(PICTURE + "Pantala ver. " + Version.TEXT + "\n");

  private LolwutCommand() {}

  static void register(CommandTable table) {
    table
        .row("LOLWUT")
        .arity(-1)
        .flags(READONLY | FAST)
        .syntax("[VERSION version:integer]")
        .since("5.0.0")
        .complexity("O(1)")
        .summary("Shows a picture and the server's version.")
        .local(LolwutCommand::show);
  }

  private static void show(Connection client, Args args, Reply reply) {
    if (args.count() >= 3 && args.keyword(1) == VERSION && !isInteger(args, 2)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
      return;
    }
    reply.verbatim(TEXT_FORMAT, TEXT);
  }

  private static boolean isInteger(Args args, int i) {
    return args.isInteger(i, args.integer(i));
  }
}
