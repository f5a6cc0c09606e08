package io.pantala.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The names of Dragonfly's flags and of redis.conf's lines that have no effect here, with the
/// reason: the file `known-settings.tsv`. It is read when a name is not one of [Settings], so a
/// usual start does not pay for it. Immutable, any thread.
///
/// A line has the names (Dragonfly's, then others), the type, the quiet value, the state and what
/// it is about. What gets an effect moves from there to [Settings].
final class KnownSettings {
  private static final String FILE = "known-settings.tsv";
  private static final String NO_QUIET_VALUE = "-";

  private static final List<KnownSetting> ALL = read();
  private static final Map<String, KnownSetting> BY_NAME = byName();

  private KnownSettings() {}

  static List<KnownSetting> all() {
    return ALL;
  }

  static @Nullable KnownSetting find(String name) {
    return BY_NAME.get(Setting.key(name));
  }

  private static List<KnownSetting> read() {
    List<KnownSetting> known = new ArrayList<>();
    InputStream file = Objects.requireNonNull(KnownSettings.class.getResourceAsStream(FILE));
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          known.add(parse(line.split("\t", -1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(known);
  }

  private static KnownSetting parse(String[] columns) {
    return new KnownSetting(
        List.of(columns[0].split(",")),
        type(columns[1]),
        columns[2].equals(NO_QUIET_VALUE) ? null : columns[2],
        state(columns[3]),
        columns[4]);
  }

  private static SettingType type(String word) {
    return switch (word) {
      case "bool" -> new SettingType.YesNo();
      case "size" -> new SettingType.Size(0, Long.MAX_VALUE);
      case "words" -> new SettingType.Words("WORDS");
      case "value" -> new SettingType.Text("VALUE");
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static KnownSetting.State state(String word) {
    return switch (word) {
      case "later" -> KnownSetting.State.LATER;
      case "shown" -> KnownSetting.State.SHOWN;
      case "unsafe" -> KnownSetting.State.UNSAFE;
      case "never" -> KnownSetting.State.NEVER;
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static Map<String, KnownSetting> byName() {
    Map<String, KnownSetting> byName = new HashMap<>();
    for (KnownSetting known : ALL) {
      for (String name : known.names()) {
        KnownSetting other = byName.put(Setting.key(name), known);
        if (other != null && !other.equals(known)) {
          throw new IllegalArgumentException("two lines for " + name);
        }
      }
    }
    return byName;
  }
}
