package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.FAST;

import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;

/// What a client says about its own connection.
final class ConnectionCommands {
  private static final byte[] PONG = Errors.text("PONG");

  private ConnectionCommands() {}

  static void register(CommandTable table) {
    table
        .row("PING")
        .arity(-1)
        .flags(FAST)
        .acl(AclCategory.CONNECTION)
        .complexity("O(1)")
        .summary("Answers that the server is alive.")
        .local(ConnectionCommands::ping);
  }

  private static void ping(Connection client, Args args, Reply reply) {
    if (args.count() == 1) {
      reply.simple(PONG);
    } else {
      reply.bulk(args.address(1), args.length(1));
    }
  }
}
