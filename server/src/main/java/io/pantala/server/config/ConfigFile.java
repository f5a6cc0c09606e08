package io.pantala.server.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a redis.conf: a name and its value a line, `#` before a comment, `include` for other
/// files. A character is a byte.
final class ConfigFile {
  /// Files that may include one another; more must be a circle.
  static final int INCLUDE_DEPTH = 16;

  /// What stands for the standard input.
  static final String STDIN = "-";

  private static final String INCLUDE = "include";

  private final List<Assignment> assignments = new ArrayList<>();

  private ConfigFile() {}

  /// The assignments in a file, or in the standard input for `-`.
  static List<Assignment> read(String file, InputStream stdin) throws BadFlagException {
    ConfigFile reader = new ConfigFile();
    if (file.equals(STDIN)) {
      try {
        reader.take("stdin", new String(stdin.readAllBytes(), ISO_8859_1), 0);
      } catch (IOException e) {
        throw new BadFlagException("stdin", "cannot be read: " + e.getMessage());
      }
    } else {
      reader.take(Path.of(file), 0);
    }
    return reader.assignments;
  }

  private void take(Path file, int depth) throws BadFlagException {
    String text;
    try {
      text = Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new BadFlagException(file.toString(), "cannot be read: " + reason(e));
    }
    take(file.toString(), text, depth);
  }

  private void take(String file, String text, int depth) throws BadFlagException {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String trimmed = line.strip();
      if (!trimmed.isEmpty() && trimmed.charAt(0) != '#') {
        takeLine(file + ":" + number, trimmed, depth);
      }
    }
  }

  private void takeLine(String where, String line, int depth) throws BadFlagException {
    List<String> words = QuotedWords.split(line);
    if (words == null) {
      throw new BadFlagException(where, "unbalanced quotes: " + line);
    }
    String name = words.getFirst();
    List<String> values = words.subList(1, words.size());
    if (!name.equalsIgnoreCase(INCLUDE)) {
      assignments.add(new Assignment(name, values, where + ": " + name));
    } else if (values.size() != 1) {
      throw new BadFlagException(where, "include takes one file");
    } else if (depth == INCLUDE_DEPTH) {
      throw new BadFlagException(where, "more than " + INCLUDE_DEPTH + " files include another");
    } else {
      include(where, values.getFirst(), depth + 1);
    }
  }

  /// Takes a file or, where its name has `*`, `?` or `[…]`, all files of that pattern.
  private void include(String where, String file, int depth) throws BadFlagException {
    Path path = Path.of(file);
    Path name = path.getFileName();
    if (name == null || !name.toString().matches(".*[*?\\[].*")) {
      take(path, depth);
      return;
    }
    Path parent = path.getParent();
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(parent == null ? Path.of("") : parent, name.toString())) {
      files.forEach(found::add);
    } catch (IOException e) {
      throw new BadFlagException(where, "include " + file + ": " + reason(e));
    }
    found.sort(null);
    for (Path each : found) {
      take(each, depth);
    }
  }

  static String reason(IOException e) {
    return e.getClass().getSimpleName().equals("NoSuchFileException")
        ? "no such file"
        : String.valueOf(e.getMessage());
  }
}
