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
import io.pantala.server.shard.ShardContext;

/// MEMORY: what a key costs.
final class MemoryCommands {
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
                "USAGE <key> [SAMPLES <count>]",
                "    Return the bytes that a key and its value take. The figure is exact, so",
                "    SAMPLES changes nothing."));
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
