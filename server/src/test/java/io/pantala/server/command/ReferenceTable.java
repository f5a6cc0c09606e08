package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// `reference/commands.tsv`: every command of the field with its public facts, by lower-case name.
final class ReferenceTable {
  /// One line. Key positions are empty where they are not known.
  record Line(
      String group,
      String arity,
      String since,
      Set<String> flags,
      List<String> keyRange,
      Set<String> categories,
      boolean inRedis70,
      boolean inRedis) {}

  private ReferenceTable() {}

  static Map<String, Line> read() throws IOException {
    Map<String, Line> lines = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ReferenceTable.class.getResourceAsStream("/reference/commands.tsv")),
                UTF_8))) {
      reader.readLine();
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        String[] f = text.split("\t", -1);
        lines.put(f[0].toLowerCase(Locale.ROOT), line(f));
      }
    }
    return lines;
  }

  private static Line line(String[] f) {
    return new Line(
        f[1],
        f[2],
        f[3],
        words(f[4]),
        List.of(f[5], f[6], f[7]),
        words(f[8]),
        f[9].equals("y"),
        f[11].equals("y"));
  }

  private static Set<String> words(String list) {
    Set<String> words = new HashSet<>(List.of(list.split(",", -1)));
    words.remove("");
    return words;
  }
}
