package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.ClientLine;
import io.pantala.server.client.ClientState;
import io.pantala.server.client.Connection;
import io.pantala.server.client.ReplyMode;
import org.jspecify.annotations.Nullable;

/// CLIENT: what a connection knows of itself and chooses for itself.
final class ClientCommands {
  private static final byte[] BAD_NAME =
      ErrorText.of("ERR Client names cannot contain spaces, newlines or special characters.");

  private static final byte[] TEXT_FORMAT = Errors.text("txt");

  private static final String[] HELP = {
    "CACHING (YES|NO)",
    "    Say whether the keys of the next command are tracked.",
    "GETNAME",
    "    Return the name of this connection.",
    "GETREDIR",
    "    Return the id of the client that gets the invalidations of this one.",
    "ID",
    "    Return the unique id of this connection.",
    "INFO",
    "    Describe this connection as LIST does.",
    "KILL <ip:port>",
    "    Close the connection that comes from <ip:port>.",
    "KILL <option> <value> [<option> <value> [...]]",
    "    Close connections. Options are:",
    "    * ADDR <ip:port>: those that come from there",
    "    * ID <client-id>: the one with that id",
    "    * LADDR <ip:port>: those that came to that address of ours",
    "    * MAXAGE <seconds>: those that are at least as old",
    "    * SKIPME (YES|NO): whether to leave out this one (default: yes)",
    "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB): those of a type",
    "    * USER <username>: those of a user",
    "LIST [TYPE (NORMAL|MASTER|REPLICA|PUBSUB) | ID <client-id> [<client-id> ...]]",
    "    Describe all connections, those of a type, or those with these ids.",
    "NO-EVICT (ON|OFF)",
    "    Keep this connection from being evicted.",
    "NO-TOUCH (ON|OFF)",
    "    Leave the time of last access of keys as it is.",
    "PAUSE <timeout> [WRITE|ALL]",
    "    Let all commands, or those that write, wait for <timeout> milliseconds.",
    "REPLY (ON|OFF|SKIP)",
    "    Say whether this connection wants replies.",
    "SETINFO <LIB-NAME|LIB-VER> <value>",
    "    Tell which client library this connection uses.",
    "SETNAME <name>",
    "    Name this connection.",
    "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]",
    "         [OPTIN] [OPTOUT] [NOLOOP]",
    "    Control client-side caching; only OFF is supported.",
    "TRACKINGINFO",
    "    Tell how this connection is tracked.",
    "UNBLOCK <client-id> [TIMEOUT|ERROR]",
    "    Let a client that waits in a blocking command go on.",
    "UNPAUSE",
    "    End a pause.",
  };

  private static final int FLAGS = NOSCRIPT | LOADING | STALE;
  private static final long LIB_NAME = Keyword.of("LIB-NAME");
  private static final long LIB_VER = Keyword.of("LIB-VER");
  private static final long ON = Keyword.of("ON");
  private static final long OFF = Keyword.of("OFF");
  private static final long SKIP = Keyword.of("SKIP");

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
    registerModes(subcommands);
    ClientListCommands.register(subcommands);
    ClientPauseCommands.register(subcommands);
    ClientTrackingCommands.register(subcommands);
    registerHelp(subcommands);
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
        .row("INFO")
        .arity(2)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .tips("nondeterministic_output")
        .since("6.2.0")
        .complexity("O(1)")
        .summary("Describes this connection as CLIENT LIST does.")
        .local(ClientCommands::info);
  }

  private static void registerModes(CommandTable subcommands) {
    subcommands
        .row("REPLY")
        .arity(3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax("(on_off_skip=ON|OFF|SKIP)")
        .since("3.2.0")
        .complexity("O(1)")
        .summary("Says whether requests of this connection are answered.")
        .local(ClientCommands::reply);
    subcommands
        .row("NO-EVICT")
        .arity(3)
        .flags(ADMIN | FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax("(enabled=ON|OFF)")
        .since("7.0.0")
        .complexity("O(1)")
        .summary("Keeps this connection from being evicted.")
        .local(ClientCommands::noEvict);
    subcommands
        .row("NO-TOUCH")
        .arity(3)
        .flags(FLAGS)
        .acl(AclCategory.CONNECTION)
        .syntax("(enabled=ON|OFF)")
        .since("7.2.0")
        .complexity("O(1)")
        .summary("Lets requests of this connection leave a key's time of last access as it is.")
        .local(ClientCommands::noTouch);
  }

  private static void registerHelp(CommandTable subcommands) {
    subcommands
        .row("HELP")
        .arity(2)
        .flags(LOADING | STALE)
        .acl(AclCategory.CONNECTION)
        .since("5.0.0")
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(SubcommandHelp.of("CLIENT", HELP));
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

  private static void info(Connection client, Args args, Reply reply) {
    long nowMs = client.thread().shard().clock().nowMs();
    reply.verbatim(TEXT_FORMAT, Errors.text(ClientLine.of(client, nowMs) + "\n"));
  }

  /// OFF and SKIP have no reply of their own.
  private static void reply(Connection client, Args args, Reply reply) {
    ClientState state = client.state();
    long mode = args.keyword(2);
    if (mode == ON) {
      state.replyMode(ReplyMode.ON);
      reply.ok();
    } else if (mode == OFF) {
      state.replyMode(ReplyMode.OFF);
    } else if (mode != SKIP) {
      reply.error(ErrorText.SYNTAX);
    } else if (state.replyMode() != ReplyMode.OFF) {
      state.replyMode(ReplyMode.SKIP_NEXT);
    }
  }

  private static void noEvict(Connection client, Args args, Reply reply) {
    if (isSwitch(args, reply)) {
      client.state().evictionExempt(args.keyword(2) == ON);
    }
  }

  private static void noTouch(Connection client, Args args, Reply reply) {
    if (isSwitch(args, reply)) {
      client.state().marksAccess(args.keyword(2) == OFF);
    }
  }

  /// Whether argument 2 is ON or OFF; answers either way.
  private static boolean isSwitch(Args args, Reply reply) {
    long word = args.keyword(2);
    if (word != ON && word != OFF) {
      reply.error(ErrorText.SYNTAX);
      return false;
    }
    reply.ok();
    return true;
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
