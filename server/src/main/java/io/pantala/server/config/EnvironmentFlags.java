package io.pantala.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads settings from the environment: `PANTALA_port=7000`, or `DFLY_port` as Dragonfly has it;
/// the first wins.
final class EnvironmentFlags {
  private static final List<String> PREFIXES = List.of("DFLY_", "PANTALA_");

  /// Dragonfly's other name of requirepass.
  private static final String PASSWORD = "password";

  private EnvironmentFlags() {}

  /// @param warnings gets a line for each variable that is none of the settings
  static List<Assignment> read(Map<String, String> environment, List<String> warnings) {
    List<Assignment> assignments = new ArrayList<>();
    Map<String, String> sorted = new TreeMap<>(environment);
    for (String prefix : PREFIXES) {
      sorted.forEach(
          (variable, value) -> {
            if (variable.startsWith(prefix)) {
              take(variable, variable.substring(prefix.length()), value, assignments, warnings);
            }
          });
    }
    return assignments;
  }

  private static void take(
      String variable,
      String rest,
      String value,
      List<Assignment> assignments,
      List<String> warnings) {
    if (isOfKubernetes(rest, value)) {
      return;
    }
    String name = rest.toLowerCase(Locale.ROOT).equals(PASSWORD) ? "requirepass" : rest;
    if (SettingNames.type(name) == null) {
      String prefix = variable.substring(0, variable.length() - rest.length());
      warnings.add("ignored: " + variable + ": " + SettingNames.unknown(name, prefix));
    } else {
      assignments.add(new Assignment(name, List.of(FlagReader.bytes(value)), variable));
    }
  }

  /// Whether it is one of those that every container gets for a service of the name `pantala`.
  private static boolean isOfKubernetes(String rest, String value) {
    return rest.matches("SERVICE_.*|PORT_[0-9]+_.*") || value.matches("(?:tcp|udp)://.*");
  }
}
