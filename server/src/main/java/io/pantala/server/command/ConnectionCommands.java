package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ALLOW_BUSY;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.NO_AUTH;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.Version;
import io.pantala.server.client.ClientState;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Wire;
import io.pantala.server.config.LiveSettings;
import org.jspecify.annotations.Nullable;

/// What a client says about its own connection: who it is, which protocol it speaks, which database
/// it means.
final class ConnectionCommands {
  private static final int ANY_TIME = NOSCRIPT | LOADING | STALE | FAST | NO_AUTH | ALLOW_BUSY;

  private static final long AUTH = Keyword.of("AUTH");
  private static final long SETNAME = Keyword.of("SETNAME");

  private static final int RESP2 = 2;
  private static final int RESP3 = 3;

  private static final byte[] PONG = Errors.text("PONG");
  private static final byte[] RESET = Errors.text("RESET");
  private static final byte[] INT_RANGE =
      ErrorText.of(
          "ERR value is out of range, value must between "
              + Integer.MIN_VALUE
              + " and "
              + Integer.MAX_VALUE);

  private ConnectionCommands() {}

  static void register(CommandTable table) {
    table
        .row("PING")
        .arity(-1)
        .flags(FAST)
        .acl(AclCategory.CONNECTION)
        .tips("request_policy:all_shards", "response_policy:all_succeeded")
        .syntax("[message]")
        .complexity("O(1)")
        .summary("Answers that the server is alive.")
        .local(ConnectionCommands::ping);
    table
        .row("ECHO")
        .arity(2)
        .flags(LOADING | STALE | FAST)
        .acl(AclCategory.CONNECTION)
        .syntax("message")
        .complexity("O(1)")
        .summary("Returns the given string.")
        .local((client, args, reply) -> reply.bulk(args.address(1), args.length(1)));
    table
        .row("SELECT")
        .arity(2)
        .flags(LOADING | STALE | FAST)
        .acl(AclCategory.CONNECTION)
        .syntax("index")
        .complexity("O(1)")
        .summary("Changes the database of this connection.")
        .local(ConnectionCommands::select);
    table
        .row("QUIT")
        .arity(-1)
        .flags(ANY_TIME)
        .acl(AclCategory.CONNECTION)
        .complexity("O(1)")
        .summary("Closes this connection.")
        .local(ConnectionCommands::quit);
    registerHandshake(table);
  }

  private static void registerHandshake(CommandTable table) {
    table
        .row("HELLO")
        .arity(-1)
        .flags(ANY_TIME)
        .acl(AclCategory.CONNECTION)
        .syntax(
            "[arguments=protover:integer [AUTH (username_password=username password)]"
                + " [SETNAME clientname]]")
        .since("6.0.0")
        .changed("6.2.0", "`protover` may be left out; then the protocol stays as it is.")
        .complexity("O(1)")
        .summary("Agrees on the protocol, and says who the client is.")
        .secrets(ConnectionCommands::isPasswordOfHello)
        .local(ConnectionCommands::hello);
    table
        .row("AUTH")
        .arity(-2)
        .flags(ANY_TIME)
        .acl(AclCategory.CONNECTION)
        .syntax("[username@6.0.0] password")
        .changed("6.0.0", "Added the form with a user's name.")
        .complexity("O(N) where N is the number of passwords defined for the user")
        .summary("Authenticates this connection.")
        .secrets((args, i) -> i > 0)
        .local(ConnectionCommands::auth);
    table
        .row("RESET")
        .arity(1)
        .flags(ANY_TIME)
        .acl(AclCategory.CONNECTION)
        .since("6.2.0")
        .complexity("O(1)")
        .summary("Brings this connection back to what it was at its start.")
        .local(ConnectionCommands::reset);
  }

  private static void ping(Connection client, Args args, Reply reply) {
    if (args.count() > 2) {
      reply.error(ErrorText.wrongArity("ping"));
    } else if (args.count() == 1) {
      reply.simple(PONG);
    } else {
      reply.bulk(args.address(1), args.length(1));
    }
  }

  private static void select(Connection client, Args args, Reply reply) {
    long db = args.integer(1);
    if (!args.isInteger(1, db)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
    } else if (db != (int) db) {
      reply.error(INT_RANGE);
    } else if (db < 0 || db >= client.thread().shards().config().databases()) {
      reply.error(ErrorText.DATABASE_INDEX);
    } else {
      client.state().db((int) db);
      reply.ok();
    }
  }

  private static void quit(Connection client, Args args, Reply reply) {
    reply.ok();
    client.closeAfterReplies();
  }

  private static void reset(Connection client, Args args, Reply reply) {
    ClientState state = client.state();
    state.reset(!live(client).hasPassword());
    client.protocol().authenticated(state.authenticated());
    client.thread().monitorFeed().leave(client);
    reply.simple(RESET);
  }

  private static void auth(Connection client, Args args, Reply reply) {
    LiveSettings live = live(client);
    if (args.count() > 3) {
      reply.error(ErrorText.SYNTAX);
    } else if (args.count() == 2 && !live.hasPassword()) {
      reply.error(ErrorText.NO_PASSWORD_SET);
    } else if (args.count() == 2
        ? Credentials.matchPassword(live, args, 1)
        : Credentials.match(live, args, 1, 2)) {
      authenticate(client);
      reply.ok();
    } else {
      reply.error(ErrorText.WRONG_PASS);
    }
  }

  private static void hello(Connection client, Args args, Reply reply) {
    long version = client.state().wire() == Wire.RESP3 ? RESP3 : RESP2;
    if (args.count() > 1) {
      version = args.integer(1);
      if (!args.isInteger(1, version)) {
        reply.error(ErrorText.PROTOCOL_VERSION);
        return;
      }
      if (version != RESP2 && version != RESP3) {
        reply.error(ErrorText.NO_PROTO);
        return;
      }
    }
    if (takeOptions(client, args, reply)) {
      client.state().wire(version == RESP3 ? Wire.RESP3 : Wire.RESP2);
      greet(client, version, client.reply());
    }
  }

  /// The user's name and the password behind AUTH.
  private static boolean isPasswordOfHello(Args args, int i) {
    int option = 2;
    while (option < i) {
      long word = args.keyword(option);
      if (word == AUTH && i <= option + 2) {
        return true;
      }
      if (word == AUTH) {
        option += 3;
      } else {
        option += word == SETNAME ? 2 : 1;
      }
    }
    return false;
  }

  /// Does what the options of HELLO ask, one after the other, and stays with what is done when one
  /// is wrong, as redis-server does; false when the client got an error.
  private static boolean takeOptions(Connection client, Args args, Reply reply) {
    byte[] error = null;
    for (int i = 2; i < args.count() && error == null; i++) {
      long option = args.keyword(i);
      int more = args.count() - 1 - i;
      if (option == AUTH && more >= 2) {
        error = authenticateAs(client, args, i + 1);
        i += 2;
      } else if (option == SETNAME && more >= 1) {
        error = ClientCommands.rename(client, args, ++i);
      } else {
        error = ErrorText.of("ERR Syntax error in HELLO option '" + args.string(i) + "'");
      }
    }
    if (error == null && !client.state().authenticated() && live(client).hasPassword()) {
      error = ErrorText.NO_AUTH_HELLO;
    }
    if (error != null) {
      reply.error(error);
    }
    return error == null;
  }

  /// Takes the user's name and the password behind it; returns an error or null.
  private static byte @Nullable [] authenticateAs(Connection client, Args args, int user) {
    if (!Credentials.match(live(client), args, user, user + 1)) {
      return ErrorText.WRONG_PASS;
    }
    authenticate(client);
    return null;
  }

  /// For compatibility it says `redis` and Redis's version: clients choose their features by them.
  /// INFO tells what it really is.
  private static void greet(Connection client, long version, Reply reply) {
    reply.map(7);
    text(reply, "server");
    text(reply, "redis");
    text(reply, "version");
    text(reply, Version.REDIS);
    text(reply, "proto");
    reply.integer(version);
    text(reply, "id");
    reply.integer(client.state().id());
    text(reply, "mode");
    text(reply, "standalone");
    text(reply, "role");
    text(reply, "master");
    text(reply, "modules");
    reply.emptyArray();
  }

  private static void authenticate(Connection client) {
    client.state().authenticated(true);
    client.protocol().authenticated(true);
  }

  private static LiveSettings live(Connection client) {
    return client.thread().shards().live();
  }

  private static void text(Reply reply, String text) {
    reply.bulk(Errors.text(text));
  }
}
