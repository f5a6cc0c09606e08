package io.pantala.server.config;

import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a command line, the environment and a file to a configuration. What is named on the command
/// line wins over the environment, that over the file, and that over the default.
///
/// The names are those of [Settings] and [KnownSettings]. It is written out rather than built on a
/// library: the forms of Dragonfly's and Redis's command lines together fit none, and it is part of
/// each start.
public final class Flags {
  private Flags() {}

  /// What a command line says: a configuration with lines for the log, or a message and an exit
  /// code.
  public record Outcome(
      @Nullable ServerConfig config, List<String> warnings, String message, int exitCode) {}

  /// With the environment and the standard input of this process.
  public static Outcome parse(String... arguments) {
    return parse(System.getenv(), System.in, arguments);
  }

  static Outcome parse(Map<String, String> environment, InputStream stdin, String... arguments) {
    try {
      FlagReader flags = new FlagReader();
      flags.read(arguments);
      String help = flags.help();
      if (help != null) {
        return new Outcome(null, List.of(), FlagHelp.text(help), 0);
      }
      if (flags.isVersionAsked()) {
        return new Outcome(null, List.of(), "pantala " + io.pantala.server.Version.TEXT, 0);
      }
      return start(environment, stdin, flags);
    } catch (BadFlagException | InvalidPathException e) {
      return new Outcome(null, List.of(), "pantala: " + e.getMessage(), 2);
    }
  }

  private static Outcome start(Map<String, String> environment, InputStream stdin, FlagReader flags)
      throws BadFlagException {
    List<String> warnings = new ArrayList<>();
    StartConfig config = new StartConfig();
    String file = flags.configFile();
    if (file != null) {
      config.apply(ConfigFile.read(file, stdin));
      if (!file.equals(ConfigFile.STDIN)) {
        config.file(Path.of(file).toAbsolutePath());
      }
    }
    config.apply(EnvironmentFlags.read(environment, warnings));
    config.apply(flags.assignments());
    warnings.addAll(config.warnings());
    return new Outcome(config.config(), warnings, "", 0);
  }
}
