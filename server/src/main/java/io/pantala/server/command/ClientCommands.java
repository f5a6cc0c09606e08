package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import org.jspecify.annotations.Nullable;

/// CLIENT: what a connection knows of itself.
final class ClientCommands {
  private static final byte[] BAD_NAME =
      ErrorText.of("ERR Client names cannot contain spaces, newlines or special characters.");

  private static final int FLAGS = NOSCRIPT | LOADING | STALE;
  private static final long LIB_NAME = Keyword.of("LIB-NAME");
  private static final long LIB_VER = Keyword.of("LIB-VER");

  private ClientCommands() {}

  static void register(CommandTable table) {
    CommandTable subcommands =
        table
            .row("CLIENT")
            .arity(-2)
            .since("2.4.0")
            .complexity("Depends on the subcommand.")
            .summary("Container of commands about connections.")
            .container();
    subcommands
        .row("ID")
        .arity(2)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .since("5.0.0")
        .complexity("O(1)")
        .summary("Returns the unique id of this connection.")
        .local((client, args, reply) -> reply.integer(client.state().id()));
    subcommands
        .row("GETNAME")
        .arity(2)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .since("2.6.9")
        .complexity("O(1)")
        .summary("Returns the name of this connection.")
        .local(ClientCommands::getName);
    subcommands
        .row("SETNAME")
        .arity(3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax("connection-name")
        .since("2.6.9")
        .complexity("O(1)")
        .summary("Names this connection.")
        .local(ClientCommands::setName);
    registerInfo(subcommands);
  }

  private static void registerInfo(CommandTable subcommands) {
    subcommands
        .row("SETINFO")
        .arity(4)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .tips("request_policy:all_nodes", "response_policy:all_succeeded")
        .syntax("(attr=LIB-NAME libname|LIB-VER libver)")
        .since("7.2.0")
        .complexity("O(1)")
        .summary("Tells which client library this connection uses.")
        .local(ClientCommands::setInfo);
    subcommands
        .row("HELP")
        .arity(2)
        .flags(LOADING | STALE)
        .acl(AclCategory.CONNECTION)
        .since("5.0.0")
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "CLIENT",
                "GETNAME",
                "    Return the name of this connection.",
                "ID",
                "    Return the unique id of this connection.",
                "SETINFO <LIB-NAME|LIB-VER> <value>",
                "    Tell which client library this connection uses.",
                "SETNAME <name>",
                "    Name this connection."));
  }

  private static void getName(Connection client, Args args, Reply reply) {
    String name = client.state().name();
    if (name.isEmpty()) {
      reply.nil();
    } else {
      reply.bulk(Errors.text(name));
    }
  }

  private static void setName(Connection client, Args args, Reply reply) {
    byte[] error = rename(client, args, 2);
    if (error == null) {
      reply.ok();
    } else {
      reply.error(error);
    }
  }

  /// Gives the connection the name at argument `i`; returns an error or null.
  static byte @Nullable [] rename(Connection client, Args args, int i) {
    if (!isPrintable(args, i)) {
      return BAD_NAME;
    }
    client.state().name(args.string(i));
    return null;
  }

  private static void setInfo(Connection client, Args args, Reply reply) {
    long attribute = args.keyword(2);
    if (attribute != LIB_NAME && attribute != LIB_VER) {
      reply.error(ErrorText.of("ERR Unrecognized option '" + args.string(2) + "'"));
      return;
    }
    if (!isPrintable(args, 3)) {
      reply.error(
          ErrorText.of(
              "ERR " + args.string(2) + " cannot contain spaces, newlines or special characters."));
      return;
    }
    if (attribute == LIB_NAME) {
      client.state().libraryName(args.string(3));
    } else {
      client.state().libraryVersion(args.string(3));
    }
    reply.ok();
  }

  /// Whether every byte is a visible ASCII character, so that it can stand in CLIENT LIST.
  private static boolean isPrintable(Args args, int i) {
    long at = args.address(i);
    for (long end = at + args.length(i); at < end; at++) {
      int c = Mem.getUByte(at);
      if (c < '!' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
