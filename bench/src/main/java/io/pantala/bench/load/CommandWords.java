package io.pantala.bench.load;

import io.pantala.bench.load.RequestTemplate.Hole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the text of `--command`: words split at blanks, quotes and backslashes as in a shell, and
/// the placeholders `__key__` and `__data__`, each of which is drawn anew wherever it stands.
final class CommandWords {
  static final String KEY = "__key__";
  static final String DATA = "__data__";

  private static final String OPTION = "--command";

  private CommandWords() {}

  /// The arguments of a command; `data` stands for `__data__`.
  static List<Argument> arguments(String command, byte[] keyPrefix, Argument data) {
    List<Argument> arguments = new ArrayList<>();
    for (String word : split(command)) {
      arguments.add(argument(word, keyPrefix, data));
    }
    if (arguments.isEmpty() || arguments.getFirst().hole() != Hole.NONE) {
      throw new BadOption(OPTION, "'" + command + "' does not start with the name of a command");
    }
    return arguments;
  }

  private static Argument argument(String word, byte[] keyPrefix, Argument data) {
    int key = word.indexOf(KEY);
    int value = word.indexOf(DATA);
    if (key < 0 && value < 0) {
      return Argument.text(word);
    }
    String placeholder = key >= 0 ? KEY : DATA;
    int at = Math.max(key, value);
    String before = word.substring(0, at);
    String after = word.substring(at + placeholder.length());
    if ((key >= 0 && value >= 0) || after.contains(placeholder)) {
      throw new BadOption(OPTION, "'" + word + "' has more than one placeholder in one argument");
    }
    if (key >= 0) {
      return new Argument(join(before, keyPrefix), Hole.KEY, utf8(after));
    }
    return surround(before, data, after);
  }

  private static Argument surround(String before, Argument data, String after) {
    return new Argument(join(before, data.before()), data.hole(), utf8(after));
  }

  private static byte[] join(String text, byte[] bytes) {
    byte[] head = utf8(text);
    byte[] both = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, both, head.length, bytes.length);
    return both;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Words of a line; quotes keep blanks and may be empty.
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new BadOption(OPTION, "a quote is not closed in: " + line);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
