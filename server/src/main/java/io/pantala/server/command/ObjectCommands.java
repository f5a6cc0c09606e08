package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.StringValue;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.ValueType;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.ShardContext;

/// OBJECT: how a value is held.
final class ObjectCommands {
  /// Redis keeps the integers below this once for all keys.
  private static final long SHARED_INTEGERS = 10_000;

  private static final long SHARED_REFERENCES = Integer.MAX_VALUE;

  private static final byte[] NOT_LFU =
      Errors.text(
          "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note"
              + " that when switching between policies at runtime LRU and LFU data will take some"
              + " time to adjust.");

  private static final byte[][] HELP = {
    Errors.text("OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"),
    Errors.text("ENCODING <key>"),
    Errors.text("    Return the kind of internal representation used in order to store the value"),
    Errors.text("    associated with a <key>."),
    Errors.text("FREQ <key>"),
    Errors.text("    Return the access frequency index of the <key>. The returned integer is"),
    Errors.text("    proportional to the logarithm of the recent access frequency of the key."),
    Errors.text("IDLETIME <key>"),
    Errors.text("    Return the idle time of the <key>, that is the approximated number of"),
    Errors.text("    seconds elapsed since the last access to the key."),
    Errors.text("REFCOUNT <key>"),
    Errors.text("    Return the number of references of the value associated with the specified"),
    Errors.text("    <key>."),
    Errors.text("HELP"),
    Errors.text("    Prints this help."),
  };

  private ObjectCommands() {}

  static void register(CommandTable table) {
    CommandTable object =
        table
            .row("OBJECT")
            .arity(-2)
            .since("2.2.3")
            .complexity("Depends on subcommand.")
            .summary("A container for commands that look into values.")
            .container();
    asked(object, "ENCODING", "2.2.3")
        .summary("Names the form in which a value is held.")
        .onShard((cx, args, reply) -> ask(cx, args, reply, ObjectCommands::encoding));
    asked(object, "FREQ", "4.0.0")
        .summary("Tells how often a key is used, on a logarithmic scale.")
        .onShard((cx, args, reply) -> ask(cx, args, reply, ObjectCommands::frequency));
    asked(object, "IDLETIME", "2.2.3")
        .summary("Tells how many seconds ago a key was last used.")
        .onShard((cx, args, reply) -> ask(cx, args, reply, ObjectCommands::idleTime));
    asked(object, "REFCOUNT", "2.2.3")
        .summary("Tells how many keys share a value's object.")
        .onShard((cx, args, reply) -> ask(cx, args, reply, ObjectCommands::references));
    object
        .row("HELP")
        .arity(2)
        .flags(LOADING | STALE)
        .acl(AclCategory.KEYSPACE)
        .since("6.2.0")
        .complexity("O(1)")
        .summary("Describes the subcommands.")
        .local(ObjectCommands::help);
  }

  private static CommandRow asked(CommandTable object, String name, String since) {
    return object
        .row(name)
        .arity(3)
        .flags(READONLY)
        .acl(AclCategory.KEYSPACE)
        .keys(KeySpec.one(2, KeySpec.RO))
        .tips("nondeterministic_output")
        .syntax("key")
        .since(since)
        .complexity("O(1)");
  }

  /// What is asked about a record that is there.
  private interface Question {
    void answer(ShardContext cx, long record, Reply reply);
  }

  private static void ask(ShardContext cx, Args args, Reply reply, Question question) {
    long slot = cx.db().inspect(cx.keyHash(), args.address(2), (int) args.length(2));
    if (slot == 0) {
      reply.nil();
    } else {
      question.answer(cx, DashTable.record(slot), reply);
    }
  }

  private static void encoding(ShardContext cx, long record, Reply reply) {
    reply.bulk(ValueType.encodingName(record));
  }

  private static void frequency(ShardContext cx, long record, Reply reply) {
    reply.error(NOT_LFU);
  }

  private static void idleTime(ShardContext cx, long record, Reply reply) {
    reply.integer(RecordLayout.idleSeconds(record, cx.nowMs()));
  }

  private static void references(ShardContext cx, long record, Reply reply) {
    reply.integer(references(record));
  }

  /// Values are not shared here; this is what Redis says of a value that was set.
  static long references(long record) {
    boolean shared =
        StringValue.isString(record)
            && StringValue.isInteger(record)
            && StringValue.integer(record) >= 0
            && StringValue.integer(record) < SHARED_INTEGERS;
    return shared ? SHARED_REFERENCES : 1;
  }

  private static void help(Connection client, Args args, Reply reply) {
    reply.array(HELP.length);
    for (byte[] line : HELP) {
      reply.simple(line);
    }
  }
}
