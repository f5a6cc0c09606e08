package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.info.MemoryFigures;
import io.pantala.server.info.MemoryReport;
import io.pantala.server.shard.ShardContext;

/// MEMORY: what a key costs, and where the memory of the server is.
final class MemoryCommands {
  private static final byte[] TEXT_FORMAT = Errors.text("txt");
  private static final long SAMPLES = Keyword.of("SAMPLES");

  private MemoryCommands() {}

  static void register(CommandTable table) {
    CommandTable subcommands =
        table
            .row("MEMORY")
            .arity(-2)
            .since("4.0.0")
            .complexity("Depends on the subcommand.")
            .summary("Container of commands about memory.")
            .container();
    subcommands
        .row("USAGE")
        .arity(-3)
        .flags(READONLY)
        .keys(KeySpec.one(2, KeySpec.RO))
        .syntax("key [SAMPLES count]")
        .since("4.0.0")
        .complexity("O(1)")
        .summary("Returns the bytes that a key and its value take.")
        .onShard(MemoryCommands::usage);
    asked(subcommands, "DOCTOR")
        .summary("Explains the use of memory in words.")
        .local((client, args, reply) -> text(MemoryReport.advice(figures(client)), reply));
    asked(subcommands, "MALLOC-STATS")
        .summary("Describes the memory of each shard.")
        .local(
            (client, args, reply) ->
                text(MemoryReport.allocators(client.thread().shards()), reply));
    asked(subcommands, "STATS")
        .summary("Returns figures about memory.")
        .local(MemoryStatsReply::write);
    subcommands
        .row("PURGE")
        .arity(2)
        .tips("request_policy:all_shards", "response_policy:all_succeeded")
        .since("4.0.0")
        .complexity("O(1); the memory goes back little by little")
        .summary("Starts to give back memory that is not in use.")
        .perShard(
            (cx, args, part) -> cx.shard().compactNow(),
            (client, args, parts, reply) -> reply.ok());
    subcommands
        .row("HELP")
        .arity(2)
        .flags(LOADING | STALE)
        .since("4.0.0")
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "MEMORY",
                "DOCTOR",
                "    Explain the use of memory in words.",
                "MALLOC-STATS",
                "    Describe the memory of each shard.",
                "PURGE",
                "    Start to give back memory that is not in use.",
                "STATS",
                "    Return figures about memory.",
                "USAGE <key> [SAMPLES <count>]",
                "    Return the bytes that a key and its value take. The figure is exact, so",
                "    SAMPLES changes nothing."));
  }

  private static CommandRow asked(CommandTable subcommands, String name) {
    return subcommands
        .row(name)
        .arity(2)
        .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
        .since("4.0.0")
        .complexity("O(N) where N is the number of shards");
  }

  private static MemoryFigures figures(Connection client) {
    return MemoryFigures.of(client.thread().shards());
  }

  private static void text(String text, Reply reply) {
    reply.verbatim(TEXT_FORMAT, Errors.text(text));
  }

  private static void usage(ShardContext cx, Args args, Reply reply) {
    if (!acceptsSamples(args, reply)) {
      return;
    }
    Database db = cx.db();
    long slot = db.find(cx.keyHash(), args.address(2), (int) args.length(2));
    if (slot == 0) {
      reply.nil();
    } else {
      reply.integer(bytes(db, DashTable.record(slot)));
    }
  }

  /// The blocks of the record and its value, and its share of the table.
  private static long bytes(Database db, long record) {
    return db.bytes(record) + db.table().bytes() / db.size();
  }

  private static boolean acceptsSamples(Args args, Reply reply) {
    for (int i = 3; i < args.count(); i += 2) {
      if (args.keyword(i) != SAMPLES || i + 1 == args.count()) {
        reply.error(ErrorText.SYNTAX);
        return false;
      }
      long samples = args.integer(i + 1);
      if (!args.isInteger(i + 1, samples)) {
        reply.error(ErrorText.NOT_AN_INTEGER);
        return false;
      }
      if (samples < 0) {
        reply.error(ErrorText.SYNTAX);
        return false;
      }
    }
    return true;
  }
}
