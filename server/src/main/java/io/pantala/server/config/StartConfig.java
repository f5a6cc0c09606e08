package io.pantala.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A configuration in the making: takes assignments one after the other, later ones over earlier
/// ones, and notes those that have no effect. For the thread that starts the server.
final class StartConfig {
  private final Map<String, List<String>> withoutEffect = new LinkedHashMap<>();
  private ServerConfig config = ServerConfig.defaults();

  void apply(List<Assignment> assignments) throws BadFlagException {
    for (Assignment assignment : assignments) {
      apply(assignment);
    }
  }

  private void apply(Assignment assignment) throws BadFlagException {
    Setting setting = Settings.find(assignment.name());
    KnownSetting known = setting == null ? KnownSettings.find(assignment.name()) : null;
    try {
      if (setting != null) {
        apply(setting, assignment);
      } else if (known != null) {
        note(known, assignment);
      } else {
        throw new BadValueException(SettingNames.unknown(assignment.name(), ""));
      }
    } catch (BadValueException e) {
      throw new BadFlagException(assignment.where() + shown(setting, assignment), e.reason());
    }
  }

  /// The value for a message; a password is not shown.
  private static String shown(@Nullable Setting setting, Assignment it) {
    return setting == null || setting.isSecret() ? "" : " '" + String.join(" ", it.words()) + "'";
  }

  private void apply(Setting setting, Assignment assignment) throws BadValueException {
    SettingValue value = setting.type().parse(assignment.value(setting.type()));
    if (setting.awaits().isEmpty()) {
      config = config.with(setting, value);
    } else if (!value.equals(setting.byDefault())) {
      note("not built yet: " + setting.awaits(), assignment);
    }
  }

  private void note(KnownSetting known, Assignment assignment)
      throws BadValueException, BadFlagException {
    String value = assignment.value(known.type());
    if (known.isQuiet(value)) {
      return;
    }
    if (known.state() == KnownSetting.State.UNSAFE) {
      throw new BadFlagException(
          assignment.where(),
          known.reason() + ". The server does not start without what you rely on.");
    }
    note(known.reason(), assignment);
  }

  private void note(String reason, Assignment assignment) {
    withoutEffect.computeIfAbsent(reason, r -> new ArrayList<>()).add(assignment.where());
  }

  /// Notes where CONFIG REWRITE writes to.
  void file(Path path) {
    config = config.from(path);
  }

  ServerConfig config() {
    return config;
  }

  /// A line for each reason why something has no effect.
  List<String> warnings() {
    List<String> lines = new ArrayList<>();
    withoutEffect.forEach(
        (reason, where) -> lines.add("ignored, " + reason + " (" + String.join(", ", where) + ")"));
    return lines;
  }
}
