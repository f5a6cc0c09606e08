package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.core.text.DoubleText;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// DEBUG: tools for tests and benchmarks. redis-server has them as one command; here they are a
/// container, so that each is a row with a body of its kind.
final class DebugCommands {
  private static final int FLAGS = ADMIN | NOSCRIPT | LOADING | STALE;

  /// Longest sleep that is accepted; the end of the server waits for it.
  private static final double SLEEP_MAX_SECONDS = 86_400;

  /// How much of a wrong subcommand an error shows.
  private static final int SHOWN_BYTES = 128;

  private static final byte[] SLEEP_RANGE =
      ErrorText.of("ERR DEBUG SLEEP: seconds must be from 0 to " + (int) SLEEP_MAX_SECONDS);

  private DebugCommands() {}

  static void register(CommandTable table) {
    CommandTable subcommands =
        table
            .row("DEBUG")
            .arity(-2)
            .flags(FLAGS)
            .systemOnly()
            .complexity("Depends on the subcommand.")
            .summary("Container of tools for tests and benchmarks.")
            .unknownSubcommand(DebugCommands::unknown)
            .container();
    subcommands
        .row("POPULATE")
        .arity(-3)
        .flags(FLAGS)
        .syntax("count [prefix [size:integer [RAND] [TYPE STRING] [EXPIRE (start end)]]]")
        .complexity("O(N) where N is the number of keys")
        .summary("Sets many strings, on all shards at the same time.")
        .local(DebugCommands::populate);
    subcommands
        .row("SLEEP")
        .arity(3)
        .flags(FLAGS)
        .syntax("seconds:double")
        .complexity("O(1)")
        .summary("Stops all shards for some time.")
        .perShardExclusive(DebugCommands::sleep, DebugCommands::afterSleep);
    registerKeys(subcommands);
    registerReplies(subcommands);
  }

  private static void registerKeys(CommandTable subcommands) {
    sub(subcommands, "OBJECT", 3)
        .keys(KeySpec.one(2, KeySpec.RO))
        .syntax("key")
        .summary("Tells how a value is held.")
        .onShard(DebugKeys::object);
    sub(subcommands, "HTSTATS", 3)
        .syntax("dbid:integer")
        .summary("Describes the tables of a database.")
        .perShard(DebugKeys::table, DebugKeys::afterTable);
    sub(subcommands, "STRINGMATCH-LEN", 4)
        .syntax("pattern:string text")
        .summary("Matches a text with a pattern, as KEYS does.")
        .local(DebugKeys::match);
    sub(subcommands, "SET-ACTIVE-EXPIRE", 3)
        .syntax("on:integer")
        .summary("Stops or starts that expired keys are deleted though nobody asks for them.")
        .perShard(
            (cx, args, part) -> cx.shard().activeExpiry(args.integer(2) == 1),
            DebugCommands::afterSetActiveExpire);
  }

  private static void registerReplies(CommandTable subcommands) {
    sub(subcommands, "PROTOCOL", 3)
        .syntax("type")
        .summary("Answers with an example of a kind of reply.")
        .local(DebugProtocol::write);
    sub(subcommands, "ERROR", 3)
        .syntax("message")
        .summary("Answers with an error.")
        .local((client, args, reply) -> reply.error(ErrorText.of(args.string(2))));
    sub(subcommands, "LOG", 3)
        .syntax("message")
        .summary("Writes a line to the server's log.")
        .local(DebugCommands::log);
    sub(subcommands, "HELP", 2)
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "DEBUG",
                "ERROR <string>",
                "    Answer with the error <string>.",
                "HTSTATS <dbid>",
                "    Describe the tables of a database, one for each shard.",
                "LOG <message>",
                "    Write <message> to the server's log.",
                "OBJECT <key>",
                "    Tell how the value of <key> is held.",
                "POPULATE <count> [prefix] [size] [RAND] [TYPE STRING] [EXPIRE <start> <end>]",
                "    Set <count> strings named <prefix>:<number> ('key' without a prefix). A value",
                "    is value:<number>, filled up with 'x' to <size> bytes (default: 16).",
                "    RAND makes values of <size> random hexadecimal digits.",
                "    EXPIRE gives each key a random time to live of <start> to <end> seconds.",
                "PROTOCOL <type>",
                "    Answer with an example of <type>: string, integer, double, bignum, null,",
                "    array, set, map, attrib, push, verbatim, true, false.",
                "SET-ACTIVE-EXPIRE <0|1>",
                "    Stop (0) or start (1) that expired keys are deleted though nobody asks.",
                "SLEEP <seconds>",
                "    Stop all shards for <seconds>. Decimals allowed.",
                "STRINGMATCH-LEN <pattern> <string>",
                "    Answer 1 if the string matches the pattern, else 0."));
  }

  private static CommandRow sub(CommandTable subcommands, String name, int arity) {
    return subcommands.row(name).arity(arity).flags(FLAGS).complexity("O(1)");
  }

  private static void afterSetActiveExpire(
      Connection client, Args args, ShardPart[] parts, Reply reply) {
    reply.ok();
  }

  private static void log(Connection client, Args args, Reply reply) {
    client.thread().log().warn("DEBUG LOG: {}", args.string(2));
    reply.ok();
  }

  private static byte[] unknown(Args args) {
    return ErrorText.of(
        "ERR unknown subcommand or wrong number of arguments for '"
            + args.prefix(1, SHOWN_BYTES)
            + "'. Try DEBUG HELP.");
  }

  private static void populate(Connection client, Args args, Reply reply) {
    PopulateOptions options = PopulateOptions.parse(args, reply);
    if (options != null) {
      new Populate(client, options).start();
    }
  }

  private static void sleep(ShardContext cx, Args args, ShardPart part) {
    double seconds = seconds(args);
    if (!isAccepted(seconds)) {
      return;
    }
    long until = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void afterSleep(Connection client, Args args, ShardPart[] parts, Reply reply) {
    double seconds = seconds(args);
    if (Double.isNaN(seconds)) {
      reply.error(ErrorText.NOT_A_FLOAT);
    } else if (!isAccepted(seconds)) {
      reply.error(SLEEP_RANGE);
    } else {
      reply.ok();
    }
  }

  private static double seconds(Args args) {
    return DoubleText.parse(args.address(2), args.length(2));
  }

  private static boolean isAccepted(double seconds) {
    return seconds >= 0 && seconds <= SLEEP_MAX_SECONDS;
  }
}
