package io.pantala.server.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The command line: names are Dragonfly's, with Redis's as aliases. Built by picocli's
/// programmatic API, which needs no reflection at start.
public final class Flags {
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
    CommandSpec spec = CommandSpec.create().name("pantala");
    for (Setting setting : Settings.all()) {
      spec.addOption(
          OptionSpec.builder(names(setting))
              .type(String.class)
              .paramLabel(setting.type().placeholder())
              .description(setting.meaning())
              .build());
    }
    return spec.addOption(
            OptionSpec.builder("--help", "-h").usageHelp(true).description("This.").build())
        .addOption(
            OptionSpec.builder("--version").versionHelp(true).description("The version.").build());
  }

  private static String[] names(Setting setting) {
    return setting.names().stream().map(name -> "--" + name).toArray(String[]::new);
  }

  private static ServerConfig config(ParseResult result) {
    ServerConfig config = ServerConfig.defaults();
    for (Setting setting : Settings.all()) {
      String name = "--" + setting;
      if (result.hasMatchedOption(name)) {
        config = config.with(setting, result.matchedOptionValue(name, ""));
      }
    }
    return config;
  }
}
