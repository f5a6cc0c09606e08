package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.Glob;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// COMMAND: the command table for clients.
final class CommandCommands {
  private static final int FLAGS = LOADING | STALE;
  private static final String UNORDERED = "nondeterministic_output_order";

  private static final long FILTERBY = Keyword.of("FILTERBY");
  private static final long ACLCAT = Keyword.of("ACLCAT");
  private static final long PATTERN = Keyword.of("PATTERN");
  private static final long MODULE = Keyword.of("MODULE");

  private static final byte[] INVALID_COMMAND = Errors.text("ERR Invalid command specified");
  private static final byte[] NO_KEYS = Errors.text("ERR The command has no key arguments");
  private static final byte[] INVALID_COUNT =
      Errors.text("ERR Invalid number of arguments specified for command");

  /// Where the described command begins in COMMAND GETKEYS.
  private static final int INNER = 2;

  private CommandCommands() {}

  static void register(CommandTable table) {
    CommandTable subcommands =
        table
            .row("COMMAND")
            .arity(-1)
            .flags(FLAGS)
            .acl(AclCategory.CONNECTION)
            .tips(UNORDERED)
            .since("2.8.13")
            .complexity("O(N) where N is the number of commands")
            .summary("Describes all commands.")
            .container((client, args, reply) -> infoOfAll(client, reply));
    sub(subcommands, "COUNT", 2, "2.8.13")
        .complexity("O(1)")
        .summary("Returns the number of commands.")
        .local((client, args, reply) -> reply.integer(table(client).all().size()));
    sub(subcommands, "INFO", -2, "2.8.13")
        .tips(UNORDERED)
        .syntax("[command-name ...]")
        .changed("7.0.0", "Without a name it describes all commands.")
        .complexity("O(N) where N is the number of commands asked for")
        .summary("Describes some commands, or all.")
        .local(CommandCommands::info);
    sub(subcommands, "DOCS", -2, "7.0.0")
        .tips(UNORDERED)
        .syntax("[command-name ...]")
        .complexity("O(N) where N is the number of commands asked for")
        .summary("Documents some commands, or all.")
        .local(CommandCommands::docs);
    sub(subcommands, "LIST", -2, "7.0.0")
        .tips(UNORDERED)
        .syntax("[FILTERBY (filterby=MODULE module-name|ACLCAT category|PATTERN pattern:pattern)]")
        .complexity("O(N) where N is the number of commands")
        .summary("Lists the names of commands.")
        .local(CommandCommands::list);
    registerKeys(subcommands);
  }

  private static void registerKeys(CommandTable subcommands) {
    sub(subcommands, "GETKEYS", -4, "2.8.13")
        .complexity("O(N) where N is the number of arguments")
        .summary("Finds the keys in a whole command.")
        .local(
            (client, args, reply) ->
                keys(client, args, reply, (spec, key) -> bulk(args, key, reply)));
    sub(subcommands, "GETKEYSANDFLAGS", -4, "7.0.0")
        .complexity("O(N) where N is the number of arguments")
        .summary("Finds the keys in a whole command, and what it does to them.")
        .local(
            (client, args, reply) ->
                keys(client, args, reply, (spec, key) -> keyAndFlags(args, key, spec, reply)));
    sub(subcommands, "HELP", 2, "5.0.0")
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "COMMAND",
                "(no subcommand)",
                "    Describe all commands.",
                "COUNT",
                "    Return the number of commands.",
                "LIST [FILTERBY MODULE|ACLCAT|PATTERN <value>]",
                "    List the names of commands.",
                "INFO [<command-name> ...]",
                "    Describe some commands, or all.",
                "DOCS [<command-name> ...]",
                "    Document some commands, or all.",
                "GETKEYS <full-command>",
                "    Find the keys in a whole command.",
                "GETKEYSANDFLAGS <full-command>",
                "    Find the keys in a whole command, and what it does to them."));
  }

  private static CommandRow sub(CommandTable table, String name, int arity, String since) {
    return table.row(name).arity(arity).flags(FLAGS).acl(AclCategory.CONNECTION).since(since);
  }

  private static void infoOfAll(Connection client, Reply reply) {
    Collection<CommandSpec> all = table(client).all();
    reply.array(all.size());
    all.forEach(spec -> CommandInfoReply.write(spec, reply));
  }

  private static void info(Connection client, Args args, Reply reply) {
    if (args.count() == 2) {
      infoOfAll(client, reply);
      return;
    }
    reply.array(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      CommandSpec spec = table(client).find(args.string(i));
      if (spec == null) {
        reply.nil();
      } else {
        CommandInfoReply.write(spec, reply);
      }
    }
  }

  private static void docs(Connection client, Args args, Reply reply) {
    List<CommandSpec> found = new ArrayList<>();
    if (args.count() == 2) {
      found.addAll(table(client).all());
    }
    for (int i = 2; i < args.count(); i++) {
      CommandSpec spec = table(client).find(args.string(i));
      if (spec != null) {
        found.add(spec);
      }
    }
    reply.map(found.size());
    found.forEach(spec -> CommandDocsReply.write(spec, reply));
  }

  private static void list(Connection client, Args args, Reply reply) {
    Predicate<CommandSpec> filter = args.count() == 2 ? spec -> true : filter(args);
    if (filter == null) {
      reply.error(ErrorText.SYNTAX);
      return;
    }
    long mark = reply.lengthLater();
    reply.arrayEnd(mark, list(table(client).all(), filter, reply));
  }

  private static long list(
      Collection<CommandSpec> specs, Predicate<CommandSpec> filter, Reply reply) {
    long listed = 0;
    for (CommandSpec spec : specs) {
      if (filter.test(spec)) {
        reply.bulk(Errors.text(spec.name()));
        listed++;
      }
      listed += list(spec.subcommandRows(), filter, reply);
    }
    return listed;
  }

  private static @Nullable Predicate<CommandSpec> filter(Args args) {
    if (args.count() != 5 || args.keyword(2) != FILTERBY) {
      return null;
    }
    String value = args.string(4);
    long kind = args.keyword(3);
    if (kind == ACLCAT) {
      int category = AclCategory.of(value);
      return spec -> (spec.categories() & category) != 0;
    }
    if (kind == PATTERN) {
      return spec -> matches(args, spec.name());
    }
    // There are no modules, so no command is of one.
    return kind == MODULE ? spec -> false : null;
  }

  private static boolean matches(Args args, String name) {
    try (NativeBuffer text = new NativeBuffer()) {
      text.append(Errors.text(name));
      return Glob.matches(args.address(4), args.length(4), text.address(), text.position(), true);
    }
  }

  private static void keys(Connection client, Args args, Reply reply, KeyReply each) {
    CommandSpec spec = table(client).resolve(args, INNER);
    if (spec == null) {
      reply.error(INVALID_COMMAND);
      return;
    }
    if (spec.keys().isEmpty()) {
      reply.error(NO_KEYS);
      return;
    }
    if (!spec.acceptsCount(args.count() - INNER)) {
      reply.error(INVALID_COUNT);
      return;
    }
    KeyRefs keys = new KeyRefs();
    if (!spec.findKeys(inner(args), keys)) {
      reply.error(Errors.INVALID_KEYS);
      return;
    }
    reply.array(keys.count());
    for (int i = 0; i < keys.count(); i++) {
      each.write(spec, keys.argument(i) + INNER);
    }
  }

  /// The described command as a request of its own.
  private static Args inner(Args args) {
    Args inner = new Args();
    inner.begin(args.address(INNER));
    for (int i = INNER; i < args.count(); i++) {
      inner.add(args.address(i) - args.address(INNER), args.length(i));
    }
    return inner;
  }

  private static void bulk(Args args, int i, Reply reply) {
    reply.bulk(args.address(i), args.length(i));
  }

  private static void keyAndFlags(Args args, int key, CommandSpec spec, Reply reply) {
    reply.array(2);
    bulk(args, key, reply);
    ToIntFunction<Args> varying = spec.row().keyFlags();
    List<String> flags =
        varying == null
            ? specOf(args, key, spec).flagNames()
            : KeySpec.flagNames(varying.applyAsInt(inner(args)));
    CommandInfoReply.statuses(flags, reply);
  }

  /// The key specification that found the key at an argument.
  private static KeySpec specOf(Args args, int key, CommandSpec spec) {
    Args inner = inner(args);
    KeyRefs found = new KeyRefs();
    for (KeySpec keySpec : spec.keys()) {
      found.clear();
      keySpec.find(inner, found);
      for (int i = 0; i < found.count(); i++) {
        if (found.argument(i) + INNER == key) {
          return keySpec;
        }
      }
    }
    throw new IllegalStateException("no specification finds the key " + key);
  }

  private static CommandTable table(Connection client) {
    return client.thread().shards().commands();
  }

  /// Writes one key.
  private interface KeyReply {
    void write(CommandSpec spec, int argument);
  }
}
