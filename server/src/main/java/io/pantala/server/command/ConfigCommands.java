package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.Glob;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.config.ConfigParameters;
import io.pantala.server.config.ConfigRewrite;
import io.pantala.server.config.LiveSettings;
import io.pantala.server.config.RefusedChangeException;
import io.pantala.server.shard.ShardPart;
import io.pantala.server.shard.ShardThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// CONFIG: what the server was told, asked for and changed while it runs.
final class ConfigCommands {
  private static final int FLAGS = ADMIN | NOSCRIPT | LOADING | STALE;

  private static final byte[] NO_FILE =
      ErrorText.of("ERR The server is running without a config file");

  private ConfigCommands() {}

  static void register(CommandTable table) {
    CommandTable subcommands =
        table
            .row("CONFIG")
            .arity(-2)
            .since("2.0.0")
            .complexity("Depends on the subcommand.")
            .summary("Container of commands about the configuration.")
            .container();
    subcommands
        .row("GET")
        .arity(-3)
        .flags(FLAGS)
        .syntax("(parameter ...)")
        .since("2.0.0")
        .changed("7.0.0", "Takes several patterns.")
        .complexity("O(N) where N is the number of patterns")
        .summary("Returns parameters and their values.")
        .local(ConfigCommands::get);
    subcommands
        .row("SET")
        .arity(-4)
        .flags(FLAGS)
        .tips("request_policy:all_nodes", "response_policy:all_succeeded")
        .syntax("(parameter value ...)")
        .since("2.0.0")
        .changed("7.0.0", "Sets several parameters.")
        .complexity("O(N) where N is the number of parameters")
        .summary("Changes parameters while the server runs, all of them or none.")
        .local(ConfigCommands::set);
    registerOthers(subcommands);
  }

  private static void registerOthers(CommandTable subcommands) {
    subcommands
        .row("RESETSTAT")
        .arity(2)
        .flags(FLAGS)
        .since("2.0.0")
        .complexity("O(1)")
        .summary("Sets the counters of INFO to zero.")
        .perShard((cx, args, part) -> cx.resetStats(), ConfigCommands::resetStats);
    subcommands
        .row("REWRITE")
        .arity(2)
        .flags(FLAGS)
        .since("2.8.0")
        .complexity("O(1)")
        .summary("Writes what is set into the configuration file.")
        .local(ConfigCommands::rewrite);
    subcommands
        .row("HELP")
        .arity(2)
        .flags(LOADING | STALE)
        .since("5.0.0")
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "CONFIG",
                "GET <pattern> [<pattern> ...]",
                "    Return the parameters whose name matches a pattern, and their values.",
                "SET <parameter> <value> [<parameter> <value> ...]",
                "    Change parameters, all of them or none.",
                "RESETSTAT",
                "    Set the counters of INFO to zero.",
                "REWRITE",
                "    Write what is set into the configuration file."));
  }

  private static void get(Connection client, Args args, Reply reply) {
    LiveSettings live = client.thread().shards().live();
    Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try (NativeBuffer name = new NativeBuffer()) {
      for (int i = 2; i < args.count(); i++) {
        find(live, args, i, name, found);
      }
    }
    reply.map(found.size());
    found.forEach(
        (name, value) -> {
          reply.bulk(Errors.text(name));
          reply.bulk(Errors.text(value));
        });
  }

  /// A pattern without a special character is a name, and comes back as the client wrote it.
  private static void find(
      LiveSettings live, Args args, int i, NativeBuffer buffer, Map<String, String> found) {
    String pattern = args.string(i);
    if (pattern.matches("[^\\[*?]*")) {
      String value = ConfigParameters.value(live, pattern);
      if (value != null) {
        found.put(pattern, value);
      }
    } else {
      ConfigParameters.find(live, name -> matches(args, i, buffer, name), found);
    }
  }

  private static boolean matches(Args args, int pattern, NativeBuffer buffer, String name) {
    byte[] bytes = Errors.text(name);
    buffer.clear();
    buffer.append(bytes);
    return Glob.matches(
        args.address(pattern), args.length(pattern), buffer.address(), bytes.length, true);
  }

  private static void set(Connection client, Args args, Reply reply) {
    if (args.count() % 2 != 0) {
      reply.error(ErrorText.SYNTAX);
      return;
    }
    ConfigParameters changes = new ConfigParameters();
    try {
      for (int i = 2; i < args.count(); i += 2) {
        changes.add(args.string(i), args.string(i + 1));
      }
      changes.apply(client.thread().shards().live());
      reply.ok();
    } catch (RefusedChangeException e) {
      reply.error(ErrorText.of("ERR " + e.getMessage()));
    }
  }

  private static void resetStats(Connection client, Args args, ShardPart[] parts, Reply reply) {
    client.thread().shards().resetStats();
    reply.ok();
  }

  /// Writes on the client's thread, whose shard waits for the disk meanwhile: rare, and small.
  private static void rewrite(Connection client, Args args, Reply reply) {
    ShardThreads shards = client.thread().shards();
    Path file = shards.config().file();
    if (file == null) {
      reply.error(NO_FILE);
      return;
    }
    try {
      ConfigRewrite.rewrite(file, shards.live());
      client.thread().log().info("the configuration is written to {}", file);
      reply.ok();
    } catch (IOException e) {
      client.thread().log().warn("CONFIG REWRITE: {}", e.toString());
      reply.error(ErrorText.of("ERR Rewriting config file: " + e.getMessage()));
    }
  }
}
