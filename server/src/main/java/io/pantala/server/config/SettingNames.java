package io.pantala.server.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All names that a user may write: those of [Settings] and those of [KnownSettings].
final class SettingNames {
  private SettingNames() {}

  /// The type of its value; null for an unknown name.
  static @Nullable SettingType type(String name) {
    Setting setting = Settings.find(name);
    if (setting != null) {
      return setting.type();
    }
    KnownSetting known = KnownSettings.find(name);
    return known == null ? null : known.type();
  }

  /// What to say of an unknown name, with the name that is most like it.
  ///
  /// @param prefix what stands before a name where the user wrote it
  static String unknown(String name, String prefix) {
    String nearest = nearest(name);
    return nearest == null
        ? "no such setting; " + prefix + "help lists them"
        : "no such setting; did you mean " + prefix + nearest + "?";
  }

  /// The known name with the fewest changes of a letter, if these are few.
  static @Nullable String nearest(String name) {
    String wanted = Setting.key(name);
    String nearest = null;
    int least = Math.max(2, wanted.length() / 4) + 1;
    for (String candidate : all()) {
      int distance = distance(wanted, Setting.key(candidate), least);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static List<String> all() {
    List<String> names = new ArrayList<>();
    for (Setting setting : Settings.all()) {
      names.add(setting.name());
      names.addAll(setting.aliases());
    }
    KnownSettings.all().forEach(known -> names.addAll(known.names()));
    return names;
  }

  /// The edit distance of Levenshtein, or `limit` if it is not less.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return Math.min(limit, row[b.length()]);
  }
}
