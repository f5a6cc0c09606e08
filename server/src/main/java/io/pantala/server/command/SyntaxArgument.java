package io.pantala.server.command;

import java.util.List;

/// One argument of a command as COMMAND DOCS tells it; a node of the tree that [Syntax] parses.
///
/// @param name what the argument is called
/// @param type one of Redis's types: `string`, `integer`, `key`, `pure-token`, `oneof`, `block` …
/// @param token the fixed word before the argument (or the argument itself), empty for none
/// @param since the version that had the argument first, empty when the command always had it
/// @param flags of [#OPTIONAL], [#MULTIPLE] and [#MULTIPLE_TOKEN]
/// @param arguments the alternatives of a `oneof`, the parts of a `block`
public record SyntaxArgument(
    String name,
    String type,
    String token,
    String since,
    int flags,
    List<SyntaxArgument> arguments) {

  /// May be left out.
  public static final int OPTIONAL = 1;

  /// May be repeated.
  public static final int MULTIPLE = 1 << 1;

  /// Its token is repeated with it.
  public static final int MULTIPLE_TOKEN = 1 << 2;

  static final String PURE_TOKEN = "pure-token";
  static final String ONE_OF = "oneof";
  static final String BLOCK = "block";
  static final String KEY = "key";

  public boolean is(int flag) {
    return (flags & flag) != 0;
  }

  public boolean isKey() {
    return type.equals(KEY);
  }

  SyntaxArgument with(int moreFlags) {
    return new SyntaxArgument(name, type, token, since, flags | moreFlags, arguments);
  }

  SyntaxArgument withToken(String word) {
    return new SyntaxArgument(name, type, word, since, flags, arguments);
  }

  SyntaxArgument named(String label, String version) {
    String from = version.isEmpty() ? since : version;
    return new SyntaxArgument(label, type, token, from, flags, arguments);
  }

  /// Whether `other` is this argument once more, as in `key [key ...]`.
  boolean repeats(SyntaxArgument other) {
    return name.equals(other.name) && token.equals(other.token);
  }
}
