package io.pantala.server.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The settings as CONFIG shows and changes them. An object collects the changes of one CONFIG SET:
/// first all names are looked at, then all values, then all change at once, in redis-server's order
/// of errors. For one thread.
public final class ConfigParameters {
  private record Change(String name, Setting setting, String text) {}

  private final List<Change> changes = new ArrayList<>();

  /// The value of the parameter of that name; null if there is none.
  public static @Nullable String value(LiveSettings live, String name) {
    Setting setting = Settings.find(name);
    if (setting != null) {
      return live.value(setting).text();
    }
    KnownSetting known = KnownSettings.find(name);
    return known != null && known.state() == KnownSetting.State.SHOWN ? known.quiet() : null;
  }

  /// Adds the parameters with a name that is wanted, each once: those of [Settings], and of
  /// [KnownSettings] those that say what is true here.
  public static void find(LiveSettings live, Predicate<String> wanted, Map<String, String> found) {
    for (Setting setting : Settings.all()) {
      setting.names().stream()
          .filter(wanted)
          .findFirst()
          .ifPresent(name -> found.put(name, live.value(setting).text()));
    }
    for (KnownSetting known : KnownSettings.all()) {
      String value = known.quiet();
      if (known.state() == KnownSetting.State.SHOWN && value != null) {
        known.names().reversed().stream()
            .filter(wanted)
            .findFirst()
            .ifPresent(name -> found.put(name, value));
      }
    }
  }

  /// Notes a change.
  ///
  /// @throws RefusedChangeException when this parameter can't change, whatever the value
  public void add(String name, String text) throws RefusedChangeException {
    Setting setting = Settings.find(name);
    if (setting == null) {
      checkKnown(name, text);
    } else if (!setting.isLive()) {
      throw new RefusedChangeException(name, "can't set immutable config");
    } else if (changes.stream().anyMatch(change -> change.setting() == setting)) {
      throw new RefusedChangeException(name, "duplicate parameter");
    } else {
      changes.add(new Change(name, setting, text));
    }
  }

  /// Accepts that something missing stays as it is.
  private static void checkKnown(String name, String text) throws RefusedChangeException {
    KnownSetting known = KnownSettings.find(name);
    if (known == null) {
      throw new RefusedChangeException(
          "Unknown option or number of arguments for CONFIG SET - '" + name + "'");
    }
    try {
      if (!known.isQuiet(text)) {
        throw new RefusedChangeException(name, known.reason());
      }
    } catch (BadValueException e) {
      throw new RefusedChangeException(name, e.reason());
    }
  }

  /// Makes all changes, or none.
  public void apply(LiveSettings live) throws RefusedChangeException {
    Map<Setting, SettingValue> values = new LinkedHashMap<>();
    for (Change change : changes) {
      values.put(change.setting(), value(change));
    }
    live.set(values);
  }

  private static SettingValue value(Change change) throws RefusedChangeException {
    Setting setting = change.setting();
    try {
      SettingValue value = setting.type().parse(change.text());
      if (!setting.awaits().isEmpty() && !value.equals(setting.byDefault())) {
        throw new BadValueException("not built yet: " + setting.awaits());
      }
      if (setting == Settings.MAX_CLIENTS) {
        checkClients(value.number());
      }
      return value;
    } catch (BadValueException e) {
      throw new RefusedChangeException(change.name(), e.reason());
    }
  }

  private static void checkClients(long clients) throws BadValueException {
    try {
      long most = FileDescriptors.mostClients();
      if (clients > most) {
        throw new BadValueException(
            "The operating system is not able to handle the specified number of clients, try with "
                + most);
      }
    } catch (IOException e) {
      throw new BadValueException(String.valueOf(e.getMessage()));
    }
  }
}
