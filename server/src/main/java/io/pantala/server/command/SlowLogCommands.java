package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.stats.SlowEntry;
import io.pantala.server.stats.SlowLog;
import java.util.List;

/// SLOWLOG: the calls that took long.
final class SlowLogCommands {
  private static final int FLAGS = ADMIN | LOADING | STALE;
  private static final int DEFAULT_COUNT = 10;

  private static final byte[] BAD_COUNT =
      ErrorText.of("ERR count should be greater than or equal to -1");

  private SlowLogCommands() {}

  static void register(CommandTable table) {
    CommandTable subcommands =
        table
            .row("SLOWLOG")
            .arity(-2)
            .since("2.2.12")
            .complexity("Depends on the subcommand.")
            .summary("Container of commands about slow calls.")
            .container();
    sub(subcommands, "GET", -2)
        .tips("request_policy:all_nodes", "nondeterministic_output")
        .syntax("[count]")
        .changed("4.0.0", "Entries tell the client's address and name.")
        .complexity("O(N) where N is the number of entries returned")
        .summary("Returns the latest slow calls, the last one first.")
        .local(SlowLogCommands::get);
    sub(subcommands, "LEN", 2)
        .tips("request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output")
        .complexity("O(1)")
        .summary("Counts the slow calls that are kept.")
        .local((client, args, reply) -> reply.integer(log(client).size()));
    sub(subcommands, "RESET", 2)
        .tips("request_policy:all_nodes", "response_policy:all_succeeded")
        .complexity("O(N) where N is the number of entries")
        .summary("Forgets the slow calls.")
        .local(SlowLogCommands::reset);
    subcommands
        .row("HELP")
        .arity(2)
        .flags(LOADING | STALE)
        .since("6.2.0")
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "SLOWLOG",
                "GET [<count>]",
                "    Return the latest <count> slow calls (default: 10, -1 for all), each as: id,",
                "    time, microseconds it took, arguments, address of the client, its name.",
                "LEN",
                "    Return how many slow calls are kept.",
                "RESET",
                "    Forget the slow calls."));
  }

  private static CommandRow sub(CommandTable subcommands, String name, int arity) {
    return subcommands.row(name).arity(arity).flags(FLAGS).since("2.2.12");
  }

  private static void get(Connection client, Args args, Reply reply) {
    if (args.count() > 3) {
      reply.error(
          ErrorText.of(
              "ERR unknown subcommand or wrong number of arguments for '"
                  + args.string(1)
                  + "'. Try SLOWLOG HELP."));
      return;
    }
    long count = DEFAULT_COUNT;
    if (args.count() == 3) {
      count = args.integer(2);
      if (!args.isInteger(2, count) || count < -1) {
        reply.error(BAD_COUNT);
        return;
      }
    }
    List<SlowEntry> entries = log(client).latest(count < 0 ? Long.MAX_VALUE : count);
    reply.array(entries.size());
    entries.forEach(entry -> write(entry, reply));
  }

  private static void write(SlowEntry entry, Reply reply) {
    reply.array(6);
    reply.integer(entry.id());
    reply.integer(entry.timeS());
    reply.integer(entry.micros());
    reply.array(entry.arguments().size());
    for (String argument : entry.arguments()) {
      reply.bulk(Errors.text(argument));
    }
    reply.bulk(Errors.text(entry.peer()));
    reply.bulk(Errors.text(entry.clientName()));
  }

  private static void reset(Connection client, Args args, Reply reply) {
    log(client).reset();
    reply.ok();
  }

  private static SlowLog log(Connection client) {
    return client.thread().shards().watch().slowLog();
  }
}
