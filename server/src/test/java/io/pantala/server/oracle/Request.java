package io.pantala.server.oracle;

import io.pantala.server.testing.TestClient;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One command with its arguments. Text is ISO 8859-1: a character is a byte.
record Request(List<String> arguments) {
  private static final int SHOWN_CHARACTERS = 200;

  static Request of(String... arguments) {
    return new Request(List.of(arguments));
  }

  /// The command's name in upper case.
  String name() {
    return arguments.getFirst().toUpperCase(Locale.ROOT);
  }

  boolean is(String name) {
    return name().equals(name);
  }

  byte[] encoded() {
    return TestClient.encode(arguments.toArray(String[]::new));
  }

  /// As a line that redis-cli takes; very long arguments are cut and say how long they were.
  String cliLine() {
    return arguments.stream().map(Request::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    boolean plain = !argument.isEmpty() && argument.chars().allMatch(Request::isPlain);
    StringBuilder text = new StringBuilder(plain ? "" : "\"");
    for (int i = 0; i < Math.min(argument.length(), SHOWN_CHARACTERS); i++) {
      text.append(plain ? "" + argument.charAt(i) : escaped(argument.charAt(i)));
    }
    text.append(plain ? "" : "\"");
    if (argument.length() > SHOWN_CHARACTERS) {
      text.append("...(").append(argument.length()).append(" bytes)");
    }
    return text.toString();
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c < 127 && c != '"' && c != '\'' && c != '\\';
  }

  private static String escaped(char c) {
    if (c == '"' || c == '\\') {
      return "\\" + c;
    }
    return c >= ' ' && c < 127 ? "" + c : String.format("\\x%02x", (int) c);
  }
}
