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
    subcommands
        .row("HELP")
        .arity(2)
        .flags(FLAGS)
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "DEBUG",
                "POPULATE <count> [prefix] [size] [RAND] [TYPE STRING] [EXPIRE <start> <end>]",
                "    Set <count> strings named <prefix>:<number> ('key' without a prefix). A value",
                "    is value:<number>, filled up with 'x' to <size> bytes (default: 16).",
                "    RAND makes values of <size> random hexadecimal digits.",
                "    EXPIRE gives each key a random time to live of <start> to <end> seconds.",
                "SLEEP <seconds>",
                "    Stop all shards for <seconds>. Decimals allowed."));
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
