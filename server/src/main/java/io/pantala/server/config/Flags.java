package io.pantala.server.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The command line: names are Dragonfly's, with Redis's as aliases. Built by picocli's
/// programmatic API, which needs no reflection at start.
public final class Flags {
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "b",
          1L,
          "k",
          1000L,
          "kb",
          1L << 10,
          "m",
          1_000_000L,
          "mb",
          1L << 20,
          "g",
          1_000_000_000L,
          "gb",
          1L << 30,
          "tb",
          1L << 40);

  private static final int MAX_THREADS = 1024;

  private Flags() {}

  /// What a command line says: a configuration, or a message and an exit code.
  public record Outcome(@Nullable ServerConfig config, String message, int exitCode) {}

  public static Outcome parse(String... arguments) {
    CommandLine line = new CommandLine(spec());
    try {
      ParseResult result = line.parseArgs(arguments);
      if (result.isUsageHelpRequested()) {
        return new Outcome(null, line.getUsageMessage(), 0);
      }
      if (result.isVersionHelpRequested()) {
        return new Outcome(null, "pantala " + io.pantala.server.Version.TEXT, 0);
      }
      return new Outcome(config(result), "", 0);
    } catch (CommandLine.ParameterException | IllegalArgumentException e) {
      return new Outcome(null, "pantala: " + e.getMessage(), 2);
    }
  }

  private static CommandSpec spec() {
    return CommandSpec.create()
        .name("pantala")
        .addOption(text("6379", "TCP port; 0 takes a free one.", "--port", "-p"))
        .addOption(text("127.0.0.1", "Addresses to listen on, separated by commas.", "--bind"))
        .addOption(
            text("0", "Shard threads; 0 = one for each core.", "--proactor_threads", "--threads"))
        .addOption(text("16", "Number of databases.", "--dbnum", "--databases"))
        .addOption(
            text("0", "Memory that the data may use, e.g. 4gb; 0 = no limit.", "--maxmemory"))
        .addOption(text("10000", "Connections at one time.", "--maxclients"))
        .addOption(text("100", "Beats a second of each shard's upkeep.", "--hz"))
        .addOption(text("", "Password that clients must bring.", "--requirepass"))
        .addOption(text("auto", "How sockets are served: auto, epoll or nio.", "--io"))
        .addOption(OptionSpec.builder("--help", "-h").usageHelp(true).description("This.").build())
        .addOption(
            OptionSpec.builder("--version").versionHelp(true).description("The version.").build());
  }

  private static OptionSpec text(String byDefault, String description, String... names) {
    return OptionSpec.builder(names)
        .type(String.class)
        .paramLabel("VALUE")
        .defaultValue(byDefault)
        .description(description + (byDefault.isEmpty() ? "" : " Default: " + byDefault))
        .build();
  }

  private static ServerConfig config(ParseResult result) {
    int threads = number(result, "--proactor_threads", 0, MAX_THREADS);
    return new ServerConfig(
        number(result, "--port", 0, 65_535),
        List.of(value(result, "--bind").split("[, ]+", -1)),
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        number(result, "--dbnum", 1, 1 << 20),
        bytes("--maxmemory", value(result, "--maxmemory")),
        number(result, "--maxclients", 1, 1 << 20),
        number(result, "--hz", 1, 500),
        value(result, "--requirepass"),
        io(value(result, "--io")));
  }

  private static ServerConfig.Io io(String text) {
    try {
      return ServerConfig.Io.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--io: '" + text + "' is not auto, epoll or nio", e);
    }
  }

  private static int number(ParseResult result, String name, int least, int most) {
    String text = value(result, name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException(
        name + ": '" + text + "' is not a number from " + least + " to " + most);
  }

  /// A size such as `512mb` (units of redis.conf: k = 1000, kb = 1024 …).
  static long bytes(String name, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < lower.length() && Character.isDigit(lower.charAt(digits))) {
      digits++;
    }
    Long unit = UNITS.get(lower.substring(digits));
    try {
      if (unit != null) {
        return Math.multiplyExact(Long.parseLong(lower.substring(0, digits)), unit);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Falls through to the one message.
    }
    throw new IllegalArgumentException(
        name + ": '" + text + "' is not a size such as 512mb or 4gb");
  }

  private static String value(ParseResult result, String name) {
    return result.matchedOptionValue(name, result.commandSpec().findOption(name).defaultValue());
  }
}
