package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Pause;
import io.pantala.server.shard.ThreadGather;

/// CLIENT PAUSE, UNPAUSE and UNBLOCK: letting clients wait, and go on.
final class ClientPauseCommands {
  private static final int FLAGS = ADMIN | NOSCRIPT | LOADING | STALE;
  private static final long WRITE = Keyword.of("WRITE");
  private static final long ALL = Keyword.of("ALL");
  private static final long TIMEOUT = Keyword.of("TIMEOUT");
  private static final long ERROR = Keyword.of("ERROR");
  private static final byte[] BAD_MODE = ErrorText.of("ERR CLIENT PAUSE mode must be WRITE or ALL");
  private static final byte[] NO_TIMEOUT =
      ErrorText.of("ERR timeout is not an integer or out of range");
  private static final byte[] BAD_REASON =
      ErrorText.of("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");

  private ClientPauseCommands() {}

  static void register(CommandTable subcommands) {
    subcommands
        .row("PAUSE")
        .arity(-3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax("timeout:integer [mode@6.2.0=WRITE|ALL]")
        .since("2.9.50")
        .changed("6.2.0", "Added the mode, WRITE or ALL.")
        .complexity("O(1)")
        .summary("Lets the requests of all clients wait for some time.")
        .local(ClientPauseCommands::pause);
    subcommands
        .row("UNPAUSE")
        .arity(2)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .since("6.2.0")
        .complexity("O(N) where N is the number of clients that wait")
        .summary("Ends a pause.")
        .local(ClientPauseCommands::unpause);
    subcommands
        .row("UNBLOCK")
        .arity(-3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax("client-id:integer [timeout_error=TIMEOUT|ERROR]")
        .since("5.0.0")
        .complexity("O(1)")
        .summary("Lets a client that waits in a blocking command go on.")
        .local(ClientPauseCommands::unblock);
  }

  private static void pause(Connection client, Args args, Reply reply) {
    long word = args.count() > 3 ? args.keyword(3) : ALL;
    long timeoutMs = args.integer(2);
    if (args.count() > 4) {
      reply.error(ErrorText.subcommandSyntax(args));
    } else if (word != WRITE && word != ALL) {
      reply.error(BAD_MODE);
    } else if (!args.isInteger(2, timeoutMs)) {
      reply.error(NO_TIMEOUT);
    } else if (timeoutMs < 0) {
      reply.error(ErrorText.TIMEOUT_NEGATIVE);
    } else {
      Pause.Mode mode = word == WRITE ? Pause.Mode.WRITE : Pause.Mode.ALL;
      long nowMs = client.thread().shard().clock().nowMs();
      long untilMs = timeoutMs > Long.MAX_VALUE - nowMs ? Long.MAX_VALUE : nowMs + timeoutMs;
      ThreadGather.start(
          client,
          thread -> {
            thread.pause().begin(mode, untilMs);
            return mode;
          },
          answers -> client.reply().ok());
    }
  }

  private static void unpause(Connection client, Args args, Reply reply) {
    ThreadGather.start(
        client,
        thread -> {
          thread.pause().end();
          return Pause.Mode.NONE;
        },
        answers -> client.reply().ok());
  }

  /// No command blocks, so there is never a client to let go on.
  private static void unblock(Connection client, Args args, Reply reply) {
    long reason = args.count() > 3 ? args.keyword(3) : TIMEOUT;
    long id = args.integer(2);
    if (args.count() > 4) {
      reply.error(ErrorText.subcommandSyntax(args));
    } else if (reason != TIMEOUT && reason != ERROR) {
      reply.error(BAD_REASON);
    } else if (!args.isInteger(2, id)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
    } else {
      reply.integer(0);
    }
  }
}
