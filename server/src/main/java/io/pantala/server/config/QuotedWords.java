package io.pantala.server.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words in a line as redis.conf has them: parted by white space, or in quotes. In `"…"` a
/// backslash starts `\n`, `\r`, `\t`, `\b`, `\a`, `\xHH` or stands before any other character; in
/// `'…'` only `\'` is special.
final class QuotedWords {
  private final String line;
  private final StringBuilder word = new StringBuilder();
  private int at;

  private QuotedWords(String line) {
    this.line = line;
  }

  /// The words; null when a quote is not closed, or not followed by white space.
  static @Nullable List<String> split(String line) {
    QuotedWords reader = new QuotedWords(line);
    List<String> words = new ArrayList<>();
    for (reader.skipSpace(); reader.at < line.length(); reader.skipSpace()) {
      if (!reader.takeWord()) {
        return null;
      }
      words.add(reader.word.toString());
    }
    return words;
  }

  /// The word in quotes if it needs them.
  static String quote(String word) {
    StringBuilder text = new StringBuilder();
    boolean plain = !word.isEmpty();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      plain &= c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '\\' && c != '#';
      appendQuoted(text, c);
    }
    return plain ? word : "\"" + text + "\"";
  }

  private static void appendQuoted(StringBuilder text, char c) {
    switch (c) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '"', '\\' -> text.append('\\').append(c);
      default -> {
        if (c >= ' ' && c < 0x7f) {
          text.append(c);
        } else {
          text.append("\\x%02x".formatted((int) c));
        }
      }
    }
  }

  private void skipSpace() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  private boolean takeWord() {
    word.setLength(0);
    while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
      char c = line.charAt(at++);
      if (c == '"' || c == '\'') {
        return takeQuoted(c) && (at == line.length() || Character.isWhitespace(line.charAt(at)));
      }
      word.append(c);
    }
    return true;
  }

  /// Takes up to the closing quote; false if there is none.
  private boolean takeQuoted(char quote) {
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == quote) {
        return true;
      }
      if (c == '\\' && at < line.length() && (quote == '"' || line.charAt(at) == '\'')) {
        takeEscaped();
      } else {
        word.append(c);
      }
    }
    return false;
  }

  private void takeEscaped() {
    char c = line.charAt(at++);
    switch (c) {
      case 'n' -> word.append('\n');
      case 'r' -> word.append('\r');
      case 't' -> word.append('\t');
      case 'b' -> word.append('\b');
      case 'a' -> word.append((char) 7);
      default -> {
        int hex = c == 'x' ? hexByte() : -1;
        word.append(hex < 0 ? c : (char) hex);
        at += hex < 0 ? 0 : 2;
      }
    }
  }

  /// The value of the two hexadecimal digits that follow, or -1.
  private int hexByte() {
    if (at + 2 > line.length()) {
      return -1;
    }
    int high = Character.digit(line.charAt(at), 16);
    int low = Character.digit(line.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }
}
