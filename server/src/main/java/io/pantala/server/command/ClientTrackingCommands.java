package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;

/// CLIENT TRACKING and what belongs to it. Client-side caching is off for every client: that is
/// what these answer, and switching it on is an error.
final class ClientTrackingCommands {
  private static final int FLAGS = NOSCRIPT | LOADING | STALE;
  private static final long ON = Keyword.of("ON");
  private static final long OFF = Keyword.of("OFF");
  private static final long REDIRECT = Keyword.of("REDIRECT");
  private static final long PREFIX = Keyword.of("PREFIX");
  private static final long BCAST = Keyword.of("BCAST");
  private static final long OPTIN = Keyword.of("OPTIN");
  private static final long OPTOUT = Keyword.of("OPTOUT");
  private static final long NOLOOP = Keyword.of("NOLOOP");

  private static final byte[] NO_TRACKING =
      ErrorText.of("ERR CLIENT TRACKING ON is not supported: there is no client-side caching");
  private static final byte[] NOT_TRACKED =
      ErrorText.of(
          "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
              + " OPTOUT mode enabled");

  /// Answers where a client that gets this one's invalidations would be named.
  private static final int NOBODY = -1;

  private ClientTrackingCommands() {}

  static void register(CommandTable subcommands) {
    subcommands
        .row("TRACKING")
        .arity(-3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax(
            "(status=ON|OFF) [REDIRECT client-id:integer] [PREFIX prefix [PREFIX prefix ...]]"
                + " [BCAST] [OPTIN] [OPTOUT] [NOLOOP]")
        .since("6.0.0")
        .complexity("O(1)")
        .summary("Switches client-side caching off; ON is an error.")
        .local(ClientTrackingCommands::tracking);
    subcommands
        .row("CACHING")
        .arity(3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax("(mode=YES|NO)")
        .since("6.0.0")
        .complexity("O(1)")
        .summary("Says whether the keys of the next request are tracked.")
        .local((client, args, reply) -> reply.error(NOT_TRACKED));
    subcommands
        .row("GETREDIR")
        .arity(2)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .since("6.0.0")
        .complexity("O(1)")
        .summary("Returns the id of the client that gets the invalidations of this one.")
        .local((client, args, reply) -> reply.integer(NOBODY));
    subcommands
        .row("TRACKINGINFO")
        .arity(2)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .since("6.2.0")
        .complexity("O(1)")
        .summary("Tells how this connection is tracked.")
        .local(ClientTrackingCommands::trackingInfo);
  }

  private static void tracking(Connection client, Args args, Reply reply) {
    for (int i = 3; i < args.count(); i++) {
      long option = args.keyword(i);
      if ((option == REDIRECT || option == PREFIX) && i + 1 < args.count()) {
        i++;
        if (option == REDIRECT && !args.isInteger(i, args.integer(i))) {
          reply.error(ErrorText.NOT_AN_INTEGER);
          return;
        }
      } else if (option != BCAST && option != OPTIN && option != OPTOUT && option != NOLOOP) {
        reply.error(ErrorText.SYNTAX);
        return;
      }
    }
    if (args.keyword(2) == ON) {
      reply.error(NO_TRACKING);
    } else if (args.keyword(2) == OFF) {
      reply.ok();
    } else {
      reply.error(ErrorText.SYNTAX);
    }
  }

  private static void trackingInfo(Connection client, Args args, Reply reply) {
    reply.map(3);
    reply.bulk(Errors.text("flags"));
    reply.set(1);
    reply.bulk(Errors.text("off"));
    reply.bulk(Errors.text("redirect"));
    reply.integer(NOBODY);
    reply.bulk(Errors.text("prefixes"));
    reply.emptyArray();
  }
}
