package io.pantala.server.command;

import io.pantala.resp.Reply;
import java.util.Collection;
import java.util.List;

/// Writes rows as COMMAND INFO describes them.
final class CommandInfoReply {
  private static final int FIELDS = 10;

  private CommandInfoReply() {}

  static void write(CommandSpec spec, Reply reply) {
    reply.array(FIELDS);
    text(reply, spec.name());
    reply.integer(spec.arity());
    statuses(CommandFlag.names(spec.flags()), reply);
    reply.integer(spec.firstKey());
    reply.integer(spec.lastKey());
    reply.integer(spec.keyStep());
    statuses(AclCategory.names(spec.categories()), reply);
    List<String> tips = spec.row().tips();
    reply.set(tips.size());
    for (String tip : tips) {
      text(reply, tip);
    }
    reply.set(spec.keys().size());
    for (KeySpec key : spec.keys()) {
      write(key, reply);
    }
    Collection<CommandSpec> subcommands = spec.subcommandRows();
    reply.set(subcommands.size());
    for (CommandSpec subcommand : subcommands) {
      write(subcommand, reply);
    }
  }

  /// A set of words as statuses.
  static void statuses(List<String> words, Reply reply) {
    reply.set(words.size());
    for (String word : words) {
      reply.simple(Errors.text(word));
    }
  }

  private static void write(KeySpec key, Reply reply) {
    boolean hasNotes = !key.notes().isEmpty();
    reply.map(hasNotes ? 4 : 3);
    if (hasNotes) {
      text(reply, "notes");
      text(reply, key.notes());
    }
    text(reply, "flags");
    statuses(key.flagNames(), reply);
    text(reply, "begin_search");
    typeAndSpec(reply, "index", 1);
    number(reply, "index", key.index());
    text(reply, "find_keys");
    if (key.isCounted()) {
      typeAndSpec(reply, "keynum", 3);
      number(reply, "keynumidx", 0);
      number(reply, "firstkey", 1);
      number(reply, "keystep", key.step());
    } else {
      typeAndSpec(reply, "range", 3);
      number(reply, "lastkey", key.last());
      number(reply, "keystep", key.step());
      number(reply, "limit", 0);
    }
  }

  private static void typeAndSpec(Reply reply, String type, int fields) {
    reply.map(2);
    text(reply, "type");
    text(reply, type);
    text(reply, "spec");
    reply.map(fields);
  }

  private static void number(Reply reply, String name, int value) {
    text(reply, name);
    reply.integer(value);
  }

  private static void text(Reply reply, String text) {
    reply.bulk(Errors.text(text));
  }
}
