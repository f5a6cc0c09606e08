package io.pantala.server.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The pattern of a command, for example `EXPIRE key ttl NX|XX|GT|LT?`.
///
/// | written | stands for |
/// |---|---|
/// | `SET` | itself |
/// | `key`, `ttl` | a word that [Draw] knows |
/// | `A\|B` | one of them |
/// | `EX:ttl` | two arguments |
/// | `A\|B?` | one of them, or nothing |
///
/// @param weight how often it is taken, against the others'
/// @param command the name in the command table, a subcommand's as `container|sub`
/// @param words the whole pattern
record Template(int weight, String command, List<String> words) {
  static Template of(int weight, String pattern) {
    List<String> words = Arrays.asList(pattern.split(" ", -1));
    String first = words.getFirst();
    boolean container = first.equals("OBJECT") || first.equals("CLIENT");
    return new Template(weight, container ? first + "|" + words.get(1) : first, words);
  }

  Request draw(Draw draw) {
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      boolean optional = word.endsWith("?");
      if (optional && draw.oneIn(2)) {
        continue;
      }
      String choices = optional ? word.substring(0, word.length() - 1) : word;
      String choice = draw.one(Arrays.asList(choices.split("\\|", -1)));
      for (String part : choice.split(":", -1)) {
        arguments.addAll(draw.word(part));
      }
    }
    return new Request(arguments);
  }
}
