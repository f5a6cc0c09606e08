package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.SystemRandom;
import java.util.HexFormat;
import java.util.List;

/// ACL as far as one user needs it: `default`, who may do everything. What would make other users
/// is refused.
final class AclCommands {
  private static final int ANYBODY = NOSCRIPT | LOADING | STALE;
  private static final int FLAGS = ADMIN | ANYBODY;

  private static final String USER = "default";
  private static final int COMMAND = 3;

  private static final int GENPASS_BITS = 256;
  private static final int GENPASS_MAX_BITS = 4096;
  private static final byte[] GENPASS_RANGE =
      ErrorText.of(
          "ERR ACL GENPASS argument must be the number of bits for the output password, a positive"
              + " number up to 4096");
  private static final byte[] NO_FILE =
      ErrorText.of(
          "ERR This Redis instance is not configured to use an ACL file. You may want to specify"
              + " users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you"
              + " have a Redis configuration file set) in order to store users in the Redis"
              + " configuration.");
  private static final byte[] ONE_USER =
      ErrorText.of(
          "ERR ACL SETUSER is not supported: there is one user, 'default', whose password is"
              + " requirepass");
  private static final byte[] KEEP_DEFAULT =
      ErrorText.of("ERR The 'default' user cannot be removed");

  private AclCommands() {}

  static void register(CommandTable table) {
    CommandTable acl =
        table
            .row("ACL")
            .arity(-2)
            .since("6.0.0")
            .complexity("Depends on the subcommand.")
            .summary("Container of commands about users and what they may do.")
            .container();
    sub(acl, "CAT", -2, ANYBODY)
        .syntax("[categoryname]")
        .summary("Lists the categories of commands, or the commands of one.")
        .local(AclCommands::categories);
    sub(acl, "WHOAMI", 2, ANYBODY)
        .summary("Returns the user of this connection.")
        .local((client, args, reply) -> reply.bulk(Errors.text(USER)));
    sub(acl, "GENPASS", -2, ANYBODY)
        .syntax("[bits:integer]")
        .summary("Makes a random password.")
        .local(AclCommands::generate);
    sub(acl, "LIST", 2, FLAGS)
        .summary("Describes all users, a line each.")
        .local(AclCommands::list);
    sub(acl, "USERS", 2, FLAGS).summary("Lists the names of all users.").local(AclCommands::users);
    sub(acl, "GETUSER", 3, FLAGS)
        .syntax("username")
        .changed("6.2.0", "Tells channel patterns.")
        .changed("7.0.0", "Tells selectors, and patterns as rules.")
        .summary("Describes a user.")
        .local(AclCommands::getUser);
    sub(acl, "DRYRUN", -4, FLAGS)
        .syntax("username command [arg ...]")
        .since("7.0.0")
        .summary("Tells whether a user may run a command.")
        .local(AclCommands::dryRun);
    registerRefused(acl);
  }

  private static void registerRefused(CommandTable acl) {
    sub(acl, "SETUSER", -3, FLAGS)
        .syntax("username [rule ...]")
        .changed("6.2.0", "Added channel patterns.")
        .changed("7.0.0", "Added selectors and permissions on keys.")
        .summary("Answers that there are no further users.")
        .secrets((args, i) -> i > 1)
        .local((client, args, reply) -> reply.error(ONE_USER));
    sub(acl, "DELUSER", -3, FLAGS)
        .syntax("username [username ...]")
        .summary("Removes users; there is one, and it stays.")
        .local(AclCommands::deleteUsers);
    sub(acl, "LOAD", 2, FLAGS)
        .summary("Answers that there is no file of users.")
        .local((client, args, reply) -> reply.error(NO_FILE));
    sub(acl, "SAVE", 2, FLAGS)
        .summary("Answers that there is no file of users.")
        .local((client, args, reply) -> reply.error(NO_FILE));
    sub(acl, "HELP", 2, LOADING | STALE)
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "ACL",
                "CAT [<category>]",
                "    List the categories of commands, or the commands of <category>.",
                "DRYRUN <username> <command> [<arg> ...]",
                "    Tell whether the user may run the command, without running it.",
                "GENPASS [<bits>]",
                "    Make a random password of 256 or <bits> bits.",
                "GETUSER <username>",
                "    Describe a user.",
                "LIST",
                "    Describe all users, a line each.",
                "USERS",
                "    List the names of all users.",
                "WHOAMI",
                "    Return the user of this connection."));
  }

  private static CommandRow sub(CommandTable acl, String name, int arity, int flags) {
    return acl.row(name).arity(arity).flags(flags).since("6.0.0").complexity("O(1)");
  }

  private static void categories(Connection client, Args args, Reply reply) {
    if (args.count() == 2) {
      List<String> names = AclCategory.names(-1);
      reply.array(names.size());
      names.forEach(name -> reply.bulk(Errors.text(name.substring(1))));
      return;
    }
    if (args.count() > 3) {
      reply.error(
          ErrorText.of(
              "ERR unknown subcommand or wrong number of arguments for '"
                  + args.string(1)
                  + "'. Try ACL HELP."));
      return;
    }
    int category = AclCategory.of(args.string(2));
    if (category == 0) {
      reply.error(ErrorText.of("ERR Unknown category '" + args.string(2) + "'"));
      return;
    }
    List<CommandSpec> found =
        client.thread().shards().commands().rows().stream()
            .filter(spec -> (spec.categories() & category) != 0)
            .toList();
    reply.array(found.size());
    found.forEach(spec -> reply.bulk(Errors.text(spec.name())));
  }

  private static void generate(Connection client, Args args, Reply reply) {
    long bits = args.count() > 2 ? args.integer(2) : GENPASS_BITS;
    if (args.count() > 2 && !args.isInteger(2, bits)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
      return;
    }
    if (bits < 1 || bits > GENPASS_MAX_BITS) {
      reply.error(GENPASS_RANGE);
      return;
    }
    byte[] random = SystemRandom.bytes(GENPASS_MAX_BITS / Byte.SIZE);
    int digits = (int) (bits + 3) / 4;
    reply.bulk(Errors.text(HexFormat.of().formatHex(random).substring(0, digits)));
  }

  private static void list(Connection client, Args args, Reply reply) {
    String digest = digest(client);
    reply.array(1);
    String password = digest.isEmpty() ? "nopass" : "#" + digest;
    reply.bulk(Errors.text("user " + USER + " on " + password + " ~* &* +@all"));
  }

  private static void users(Connection client, Args args, Reply reply) {
    reply.array(1);
    reply.bulk(Errors.text(USER));
  }

  private static void getUser(Connection client, Args args, Reply reply) {
    if (!isUser(args, 2)) {
      reply.nil();
      return;
    }
    String digest = digest(client);
    reply.map(6);
    text(reply, "flags");
    reply.set(digest.isEmpty() ? 2 : 1);
    text(reply, "on");
    if (digest.isEmpty()) {
      text(reply, "nopass");
    }
    text(reply, "passwords");
    reply.array(digest.isEmpty() ? 0 : 1);
    if (!digest.isEmpty()) {
      text(reply, digest);
    }
    text(reply, "commands");
    text(reply, "+@all");
    text(reply, "keys");
    text(reply, "~*");
    text(reply, "channels");
    text(reply, "&*");
    text(reply, "selectors");
    reply.emptyArray();
  }

  private static void dryRun(Connection client, Args args, Reply reply) {
    if (!isUser(args, 2)) {
      reply.error(ErrorText.of("ERR User '" + args.string(2) + "' not found"));
      return;
    }
    CommandSpec spec = client.thread().shards().commands().resolve(args, COMMAND);
    if (spec == null) {
      reply.error(ErrorText.of("ERR Command '" + args.string(COMMAND) + "' not found"));
    } else if (!spec.acceptsCount(args.count() - COMMAND)) {
      reply.error(ErrorText.wrongArity(spec.name()));
    } else {
      reply.ok();
    }
  }

  private static void deleteUsers(Connection client, Args args, Reply reply) {
    for (int i = 2; i < args.count(); i++) {
      if (isUser(args, i)) {
        reply.error(KEEP_DEFAULT);
        return;
      }
    }
    reply.integer(0);
  }

  private static boolean isUser(Args args, int i) {
    return args.string(i).equals(USER);
  }

  private static String digest(Connection client) {
    return Credentials.passwordDigest(client.thread().shards().live());
  }

  private static void text(Reply reply, String text) {
    reply.bulk(Errors.text(text));
  }
}
