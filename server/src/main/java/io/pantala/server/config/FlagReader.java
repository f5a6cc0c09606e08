package io.pantala.server.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a command line: `--flag=value`, `--flag value`, `-flag value`, `--flag` and `--noflag` for
/// what is yes or no, and `--flag a b c` for what takes several words. The first argument may be a
/// configuration file. `--flagfile=FILE` stands for the flags in that file.
final class FlagReader {
  private static final int FLAG_FILE_DEPTH = 16;

  private final List<Assignment> assignments = new ArrayList<>();
  private @Nullable String configFile;
  private @Nullable String help;
  private boolean version;

  /// What the flags assign, in their order.
  List<Assignment> assignments() {
    return assignments;
  }

  @Nullable String configFile() {
    return configFile;
  }

  /// What help is asked for: `""` for the usual one; null for none.
  @Nullable String help() {
    return help;
  }

  boolean isVersionAsked() {
    return version;
  }

  void read(String... arguments) throws BadFlagException {
    List<String> tokens = new ArrayList<>(List.of(arguments));
    if (!tokens.isEmpty() && !isFlag(tokens.getFirst())) {
      configFile = tokens.removeFirst();
    }
    read(tokens, "", 0);
  }

  /// @param file the flag file with its colon, for messages
  private void read(List<String> tokens, String file, int depth) throws BadFlagException {
    int i = 0;
    while (i < tokens.size()) {
      String token = tokens.get(i);
      if (!isFlag(token)) {
        throw new BadFlagException(file + "unexpected argument '" + token + "'");
      }
      int equals = token.indexOf('=');
      String flag = equals < 0 ? token : token.substring(0, equals);
      String name = nameOf(flag);
      List<String> words = new ArrayList<>();
      if (equals >= 0) {
        words.add(token.substring(equals + 1));
      } else {
        takeWords(name, file + flag, tokens.subList(i + 1, tokens.size()), words);
      }
      i += equals < 0 ? 1 + words.size() : 1;
      take(name, words, file + flag, depth);
    }
  }

  private static String nameOf(String flag) {
    return flag.equals("-p") ? "port" : flag.substring(flag.startsWith("--") ? 2 : 1);
  }

  /// The words behind a flag that belong to it.
  private static void takeWords(String name, String where, List<String> next, List<String> words)
      throws BadFlagException {
    SettingType type = type(name, where);
    if (type == null) {
      return;
    }
    boolean isYesNo = type instanceof SettingType.YesNo;
    if (isYesNo && (next.isEmpty() || !isYesNo(next.getFirst()))) {
      return;
    }
    if (next.isEmpty() || next.getFirst().startsWith("--")) {
      throw new BadFlagException(where, "needs a value");
    }
    words.add(next.getFirst());
    if (type instanceof SettingType.Words) {
      for (int i = 1; i < next.size() && !isFlag(next.get(i)); i++) {
        words.add(next.get(i));
      }
    }
  }

  /// The type of the value behind a flag; null for a flag without one.
  private static @Nullable SettingType type(String name, String where) throws BadFlagException {
    return switch (name) {
      case "config", "flagfile" -> new SettingType.Text("FILE");
      case "help", "h", "helpfull", "version", "v" -> null;
      default -> {
        SettingType type = SettingNames.type(name);
        if (type == null && positive(name) == null) {
          throw new BadFlagException(where, SettingNames.unknown(name, "--"));
        }
        yield type;
      }
    };
  }

  /// The `x` of `nox`, when that is yes or no; null if it isn't one.
  private static @Nullable String positive(String name) {
    String rest = name.startsWith("no") ? name.substring(2) : "";
    return SettingNames.type(rest) instanceof SettingType.YesNo ? rest : null;
  }

  private void take(String name, List<String> words, String where, int depth)
      throws BadFlagException {
    String first = words.isEmpty() ? "" : words.getFirst();
    switch (name) {
      case "config" -> configFile = first;
      case "flagfile" -> readFile(Path.of(first), where, depth);
      case "help", "h" -> help = first;
      case "helpfull" -> help = FlagHelp.EVERYTHING;
      case "version", "v" -> version = true;
      default -> assign(name, words, where);
    }
  }

  private void assign(String name, List<String> words, String where) throws BadFlagException {
    SettingType type = SettingNames.type(name);
    String positive = type == null ? positive(name) : null;
    if (positive != null && words.isEmpty()) {
      assignments.add(new Assignment(positive, List.of("no"), where));
    } else if (type == null) {
      throw new BadFlagException(
          where, positive == null ? SettingNames.unknown(name, "--") : "takes no value");
    } else {
      List<String> bytes = words.stream().map(FlagReader::bytes).toList();
      assignments.add(new Assignment(name, words.isEmpty() ? List.of("yes") : bytes, where));
    }
  }

  private void readFile(Path file, String where, int depth) throws BadFlagException {
    if (depth == FLAG_FILE_DEPTH) {
      throw new BadFlagException(where, "more than " + FLAG_FILE_DEPTH + " files name another");
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file, UTF_8);
    } catch (IOException e) {
      throw new BadFlagException(where, file + " cannot be read: " + ConfigFile.reason(e));
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        readLine(line, file + ":" + (i + 1) + ": ", depth + 1);
      }
    }
  }

  private void readLine(String line, String where, int depth) throws BadFlagException {
    List<String> tokens = QuotedWords.split(line);
    if (tokens == null) {
      throw new BadFlagException(where + "unbalanced quotes");
    }
    read(tokens, where, depth);
  }

  /// Whether it starts as a flag does; `-::1` and `-1` are values.
  private static boolean isFlag(String token) {
    int dashes = token.startsWith("--") ? 2 : token.startsWith("-") ? 1 : 0;
    return token.length() > dashes
        && (dashes == 2 || (dashes == 1 && Character.isLetter(token.charAt(1))));
  }

  private static boolean isYesNo(String text) {
    try {
      new SettingType.YesNo().parse(text);
      return true;
    } catch (BadValueException e) {
      return false;
    }
  }

  /// A character a byte, as values from clients and files are.
  static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
