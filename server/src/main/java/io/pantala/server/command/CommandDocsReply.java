package io.pantala.server.command;

import io.pantala.resp.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Writes rows as COMMAND DOCS describes them. What a row does not have is left out.
final class CommandDocsReply {
  private CommandDocsReply() {}

  /// The command's name and the map of its documentation.
  static void write(CommandSpec spec, Reply reply) {
    CommandRow row = spec.row();
    text(reply, spec.name());
    long mark = reply.lengthLater();
    int fields = 3;
    field(reply, "summary", row.summary());
    field(reply, "since", row.since());
    field(reply, "group", row.group());
    if (!row.complexity().isEmpty()) {
      fields += field(reply, "complexity", row.complexity());
    }
    fields += flags(row, reply);
    if (!row.history().isEmpty()) {
      fields += history(row.history(), reply);
    }
    if (!row.arguments().isEmpty()) {
      text(reply, "arguments");
      arguments(row.arguments(), new KeySpecs(spec), reply);
      fields++;
    }
    Collection<CommandSpec> subcommands = spec.subcommandRows();
    if (!subcommands.isEmpty()) {
      text(reply, "subcommands");
      reply.map(subcommands.size());
      subcommands.forEach(subcommand -> write(subcommand, reply));
      fields++;
    }
    reply.mapEnd(mark, fields);
  }

  private static int flags(CommandRow row, Reply reply) {
    boolean deprecated = !row.deprecatedSince().isEmpty();
    List<String> flags = new ArrayList<>();
    if (deprecated) {
      flags.add("deprecated");
    }
    if (row.isSystemOnly()) {
      flags.add("syscmd");
    }
    if (flags.isEmpty()) {
      return 0;
    }
    text(reply, "doc_flags");
    CommandInfoReply.statuses(flags, reply);
    return deprecated
        ? 1
            + field(reply, "deprecated_since", row.deprecatedSince())
            + field(reply, "replaced_by", row.replacedBy())
        : 1;
  }

  private static int history(List<String[]> history, Reply reply) {
    text(reply, "history");
    reply.set(history.size());
    for (String[] change : history) {
      reply.array(2);
      text(reply, change[0]);
      text(reply, change[1]);
    }
    return 1;
  }

  private static void arguments(List<SyntaxArgument> arguments, KeySpecs keys, Reply reply) {
    reply.array(arguments.size());
    for (SyntaxArgument argument : arguments) {
      argument(argument, keys, reply);
    }
  }

  private static void argument(SyntaxArgument argument, KeySpecs keys, Reply reply) {
    long mark = reply.lengthLater();
    int fields = 2;
    field(reply, "name", argument.name());
    field(reply, "type", argument.type());
    if (argument.isKey() && keys.exist()) {
      text(reply, "key_spec_index");
      reply.integer(keys.next());
      fields++;
    }
    if (!argument.token().isEmpty()) {
      fields += field(reply, "token", argument.token());
    }
    if (!argument.since().isEmpty()) {
      fields += field(reply, "since", argument.since());
    }
    List<String> flags = flagNames(argument);
    if (!flags.isEmpty()) {
      text(reply, "flags");
      CommandInfoReply.statuses(flags, reply);
      fields++;
    }
    if (!argument.arguments().isEmpty()) {
      text(reply, "arguments");
      arguments(argument.arguments(), keys, reply);
      fields++;
    }
    reply.mapEnd(mark, fields);
  }

  private static List<String> flagNames(SyntaxArgument argument) {
    List<String> names = new ArrayList<>();
    if (argument.is(SyntaxArgument.OPTIONAL)) {
      names.add("optional");
    }
    if (argument.is(SyntaxArgument.MULTIPLE)) {
      names.add("multiple");
    }
    if (argument.is(SyntaxArgument.MULTIPLE_TOKEN)) {
      names.add("multiple_token");
    }
    return names;
  }

  private static int field(Reply reply, String name, String value) {
    text(reply, name);
    text(reply, value);
    return 1;
  }

  private static void text(Reply reply, String text) {
    reply.bulk(Errors.text(text));
  }

  /// Which key specification each key argument belongs to: they come in the same order, and the
  /// last one takes the rest.
  private static final class KeySpecs {
    private final int count;
    private int next;

    KeySpecs(CommandSpec spec) {
      count = spec.keys().size();
    }

    boolean exist() {
      return count > 0;
    }

    int next() {
      return Math.min(next++, count - 1);
    }
  }
}
