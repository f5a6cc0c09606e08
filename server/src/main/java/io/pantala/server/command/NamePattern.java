package io.pantala.server.command;

import java.util.regex.Pattern;

/// A glob over command names, in any case: `*`, `?`, `[a-c]`, `[^x]`, and `\` before a character
/// that is meant itself.
final class NamePattern {
  private NamePattern() {}

  static boolean matches(String glob, String name) {
    return Pattern.compile(regex(glob), Pattern.CASE_INSENSITIVE).matcher(name).matches();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i++);
      int end = c == '[' ? glob.indexOf(']', i) : -1;
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (end > i) {
        regex.append(characters(glob.substring(i, end)));
        i = end + 1;
      } else if (c == '\\' && i < glob.length()) {
        regex.append(Pattern.quote(glob.substring(i, ++i)));
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }

  private static String characters(String set) {
    String escaped = set.replace("\\", "\\\\").replace("[", "\\[").replace("&&", "&\\&");
    return "[" + escaped + "]";
  }
}
