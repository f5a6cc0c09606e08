package io.pantala.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The text of docs/flags.md, made from the table of settings.
final class FlagsDocument {
  private static final String HEAD =
      """
      # Flags and configuration

      Made from `Settings` and `known-settings.tsv` by `FlagsDocumentTest`; don't edit this file, run
      `./mvnw -q -B -pl server -am test -Dtest=FlagsDocumentTest -Dwrite -Dsurefire.failIfNoSpecifiedTests=false`.

      ## How settings are given

      | | |
      |---|---|
      | `--flag=value`, `--flag value`, `-flag value` | on the command line; a later one wins over an earlier one |
      | `--flag`, `--noflag` | yes and no, also written as true, false, on, off, 1, 0 |
      | `--bind 127.0.0.1 -::1` | what takes several words takes those up to the next flag; commas part words too |
      | `--flagfile=FILE` | flags, one a line, `#` before a comment; it counts as these flags on the command line |
      | `PANTALA_flag=value`, `DFLY_flag=value` | in the environment; the first wins. `PANTALA_password` is `requirepass` |
      | `pantala FILE …`, `--config=FILE`, `-` for the standard input | a redis.conf: `name value`, quotes and `include` as in Redis |
      | `CONFIG SET name value …` | while the server runs, where the table says so; all of them or none |

      **The command line wins over the environment, that over the file, and that over the default.** Names are
      Dragonfly's; Redis's are other names of the same. `-` and `_` are equal in a name, and so are the cases of letters.
      Sizes have the units of redis.conf, with decimals: `1k` is 1,000, `1kb` is 1,024, likewise `m`, `mb`, `g`, `gb`,
      `t`, `tb`; `1.5gb` is 1,610,612,736.

      A flag that is not known, or a bad value, ends the start with exit code 2 and a message that names the flag, or the
      file and line. `CONFIG REWRITE` writes what is set into the file that the server was started with: comments and the
      order of the lines stay, what is new is added at the end, and the file is replaced as a whole. `--help` lists all,
      `--help=GROUP` one group, `--helpfull` the names without effect too.
      """;

  private FlagsDocument() {}

  static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    for (SettingGroup group : SettingGroup.values()) {
      List<Setting> rows =
          Settings.all().stream().filter(s -> s.group() == group && s.awaits().isEmpty()).toList();
      if (!rows.isEmpty()) {
        text.append("\n## ").append(group.title()).append("\n\n");
        text.append("| flag | other names | value | default | CONFIG SET | |\n");
        text.append("|---|---|---|---|---|---|\n");
        rows.forEach(row -> text.append(line(row)));
      }
    }
    addKnown(text);
    return text.toString();
  }

  private static String line(Setting setting) {
    return "| `--%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            setting.name(),
            code(setting.aliases()),
            setting.type().placeholder().replace("|", ", "),
            setting.defaultText().isEmpty() ? "none" : setting.defaultText(),
            setting.isLive() ? "yes" : "",
            setting.meaning().replace("*", "\\*"));
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(" "));
  }

  private static void addKnown(StringBuilder text) {
    text.append(
        """

        ## Known names that do nothing yet

        The server starts with them and says so in a line of its log, unless the value is the one with which nothing is
        missing (`--cache_mode=false`, `save ""`). CONFIG GET answers those whose value is true here.

        """);
    Map<String, List<String>> later = byReason(KnownSetting.State.LATER, KnownSetting.State.SHOWN);
    for (Setting setting : Settings.all()) {
      if (!setting.awaits().isEmpty()) {
        later.computeIfAbsent(setting.awaits(), r -> new ArrayList<>()).add(setting.name());
      }
    }
    addTable(text, "belongs to", later);
    text.append(
        """

        ## Known names without which the server does not start

        Who relies on them would be open to others, or lose what was meant to be kept apart.

        """);
    addTable(text, "belongs to", byReason(KnownSetting.State.UNSAFE));
    text.append("\n## Known names that have no meaning here\n\n");
    addTable(text, "because", byReason(KnownSetting.State.NEVER));
  }

  private static Map<String, List<String>> byReason(KnownSetting.State... states) {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (KnownSetting known : KnownSettings.all()) {
      if (List.of(states).contains(known.state())) {
        byReason.computeIfAbsent(known.about(), r -> new ArrayList<>()).addAll(known.names());
      }
    }
    return byReason;
  }

  private static void addTable(StringBuilder text, String head, Map<String, List<String>> rows) {
    text.append("| ").append(head).append(" | names |\n|---|---|\n");
    rows.forEach(
        (reason, names) ->
            text.append("| %s | %s |\n".formatted(reason, code(names.stream().sorted().toList()))));
  }
}
