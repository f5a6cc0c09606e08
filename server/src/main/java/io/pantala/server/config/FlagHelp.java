package io.pantala.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The texts of `--help`, for 100 columns.
final class FlagHelp {
  /// The topic of `--helpfull`.
  static final String EVERYTHING = "all";

  private static final int COLUMNS = 100;
  private static final int MEANING_COLUMN = 36;

  private static final String USAGE =
      """
      Usage: pantala [FILE] [--flag=value ...]

      FILE is a redis.conf. Flags are written --flag=value, --flag value or -flag value; --flag and
      --noflag for yes and no. '-' and '_' are the same. A flag wins over the environment
      (PANTALA_flag, DFLY_flag), that over FILE, and that over the default, which is in brackets.
      """;

  private FlagHelp() {}

  /// @param topic a group's word, [#EVERYTHING], or empty
  static String text(String topic) throws BadFlagException {
    StringBuilder text = new StringBuilder(USAGE);
    List<SettingGroup> groups =
        Arrays.stream(SettingGroup.values())
            .filter(group -> topic.isEmpty() || isAll(topic) || group.word().equals(topic))
            .toList();
    if (groups.isEmpty()) {
      throw new BadFlagException("--help=" + topic, "there are " + words() + ", " + EVERYTHING);
    }
    for (SettingGroup group : groups) {
      text.append('\n').append(group.title()).append(" (--help=").append(group.word());
      text.append(")\n");
      Settings.all().stream()
          .filter(setting -> setting.group() == group && setting.awaits().isEmpty())
          .forEach(setting -> add(text, setting));
    }
    addOthers(text);
    if (isAll(topic)) {
      addKnown(text);
    }
    return text.toString().stripTrailing();
  }

  private static boolean isAll(String topic) {
    return topic.equals(EVERYTHING);
  }

  private static String words() {
    return String.join(", ", Arrays.stream(SettingGroup.values()).map(SettingGroup::word).toList());
  }

  private static void add(StringBuilder text, Setting setting) {
    String name = "--" + setting.name() + otherName(setting);
    String value = setting.defaultText();
    String byDefault = value.isEmpty() ? "" : " [" + value + "]";
    addLine(text, name + " " + setting.type().placeholder(), setting.meaning() + byDefault);
  }

  /// Another name, where it is more than the same with `-`.
  private static String otherName(Setting setting) {
    return setting.aliases().stream()
        .filter(alias -> !Setting.key(alias).equals(Setting.key(setting.name())))
        .findFirst()
        .map(alias -> ", --" + alias)
        .orElse("");
  }

  private static void addOthers(StringBuilder text) {
    text.append("\nOthers\n");
    addLine(text, "--config FILE", "A redis.conf; - is the standard input.");
    addLine(text, "--flagfile FILE", "Flags, one a line, # before a comment.");
    addLine(text, "--help[=GROUP], -h", "This, or one group of it.");
    addLine(text, "--helpfull", "This, and the names that have no effect here.");
    addLine(text, "--version, -v", "The version.");
  }

  private static void addKnown(StringBuilder text) {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (KnownSetting known : KnownSettings.all()) {
      byReason.computeIfAbsent(known.reason(), r -> new ArrayList<>()).add(known.name());
    }
    for (Setting setting : Settings.all()) {
      if (!setting.awaits().isEmpty()) {
        String reason = "not built yet: " + setting.awaits();
        byReason.computeIfAbsent(reason, r -> new ArrayList<>()).add(setting.name());
      }
    }
    text.append("\nKnown names of other servers without an effect here\n");
    byReason.forEach(
        (reason, names) -> {
          text.append("  ").append(reason).append('\n');
          wrap(text, String.join(", ", names), 6);
        });
  }

  private static void addLine(StringBuilder text, String name, String meaning) {
    text.append("  ").append(name);
    int used = 2 + name.length();
    if (used >= MEANING_COLUMN) {
      text.append('\n');
      used = 0;
    }
    text.repeat(' ', MEANING_COLUMN - used);
    int start = text.length();
    wrap(text, meaning, MEANING_COLUMN);
    text.delete(start, start + MEANING_COLUMN);
  }

  /// Adds lines that begin at a column and end before [#COLUMNS].
  private static void wrap(StringBuilder text, String words, int column) {
    int used = 0;
    for (String word : words.split(" ", -1)) {
      if (used == 0 || used + 1 + word.length() > COLUMNS) {
        text.append(used == 0 ? "" : "\n").repeat(' ', column);
        used = column;
      } else {
        text.append(' ');
        used++;
      }
      text.append(word);
      used += word.length();
    }
    text.append('\n');
  }
}
