package io.pantala.server.command;

import static io.pantala.server.command.SyntaxArgument.MULTIPLE;
import static io.pantala.server.command.SyntaxArgument.MULTIPLE_TOKEN;
import static io.pantala.server.command.SyntaxArgument.OPTIONAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads a command's syntax line into the argument tree of COMMAND DOCS:
///
/// ```text
///   key value [condition=NX|XX] [GET] [expiration=EX seconds|PX milliseconds|KEEPTTL]
///
///   sequence     = { word | "[" alternatives "]" | "(" alternatives ")" }
///   alternatives = [ label [since] "=" ] sequence { "|" sequence } [ "..." ]
///   word         = TOKEN [since]            a fixed word; belongs to the value or group behind it
///                | name [":" type] [since]  a value
///   since        = "@" version              had by the command since then, if not always
/// ```
///
/// `[…]` is optional and `(…)` is not. More than one alternative makes a `oneof`, more than one
/// item a `block`; the label names what the brackets make. A token that belongs to something has
/// its version there: `EX seconds@2.6.12`. `key [key ...]` and `field value [field value ...]` say
/// that what stands before may be repeated, `[key ...]` alone that it may also be left out. A
/// value's type follows from its name when it is one of [#TYPES], else it is a string.
final class Syntax {
  private static final Pattern TOKENS = Pattern.compile("\\.\\.\\.|[\\[\\]()|]|[^\\s\\[\\]()|]+");
  private static final Pattern LABEL = Pattern.compile("([a-z][a-z0-9_-]*(?:@[0-9.]+)?)=(.+)");
  private static final String END = "";
  private static final char SINCE = '@';

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("key", SyntaxArgument.KEY),
          Map.entry("pattern", "pattern"),
          Map.entry("numkeys", "integer"),
          Map.entry("count", "integer"),
          Map.entry("index", "integer"),
          Map.entry("offset", "integer"),
          Map.entry("start", "integer"),
          Map.entry("stop", "integer"),
          Map.entry("end", "integer"),
          Map.entry("cursor", "integer"),
          Map.entry("seconds", "integer"),
          Map.entry("milliseconds", "integer"),
          Map.entry("unix-time-seconds", "unix-time"),
          Map.entry("unix-time-milliseconds", "unix-time"));

  private final List<String> tokens = new ArrayList<>();
  private final String text;
  private int next;

  private Syntax(String text) {
    this.text = text;
    Matcher matcher = TOKENS.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  /// @throws IllegalArgumentException when the text is not of the form above
  static List<SyntaxArgument> parse(String text) {
    Syntax syntax = new Syntax(text);
    List<SyntaxArgument> arguments = syntax.sequence();
    if (syntax.next < syntax.tokens.size()) {
      throw syntax.wrong();
    }
    return List.copyOf(arguments);
  }

  private List<SyntaxArgument> sequence() {
    List<SyntaxArgument> items = new ArrayList<>();
    String token = "";
    while (!endsSequence(peek())) {
      String word = take();
      if (isToken(word)) {
        flushToken(items, token);
        token = word;
      } else if (word.equals("[")) {
        flushToken(items, token);
        token = "";
        optional(items);
      } else {
        if (token.indexOf(SINCE) > 0) {
          throw wrong();
        }
        SyntaxArgument item = word.equals("(") ? group(")") : value(word);
        items.add(item.withToken(token.isEmpty() ? item.token() : token));
        token = "";
      }
    }
    flushToken(items, token);
    return items;
  }

  /// What stands in brackets: an optional argument, or one more of those before it.
  private void optional(List<SyntaxArgument> items) {
    SyntaxArgument inside = group("]");
    boolean block = inside.type().equals(SyntaxArgument.BLOCK);
    List<SyntaxArgument> repeated = block ? inside.arguments() : List.of(inside);
    int from = items.size() - repeated.size();
    if (!inside.is(MULTIPLE) || from < 0 || !repeats(items, from, repeated)) {
      items.add(inside.with(OPTIONAL));
      return;
    }
    SyntaxArgument last = items.getLast();
    if (block) {
      items.subList(from, items.size()).clear();
      items.add(inside);
    } else {
      items.set(from, last.with(MULTIPLE | (last.token().isEmpty() ? 0 : MULTIPLE_TOKEN)));
    }
  }

  private static boolean repeats(
      List<SyntaxArgument> items, int from, List<SyntaxArgument> repeated) {
    for (int i = 0; i < repeated.size(); i++) {
      if (!repeated.get(i).repeats(items.get(from + i))) {
        return false;
      }
    }
    return true;
  }

  /// The alternatives up to a closing bracket as one argument.
  private SyntaxArgument group(String closing) {
    String label = label();
    List<SyntaxArgument> alternatives = new ArrayList<>();
    alternatives.add(oneArgument(sequence()));
    while (peek().equals("|")) {
      take();
      alternatives.add(oneArgument(sequence()));
    }
    boolean repeated = peek().equals("...");
    if (repeated) {
      take();
    }
    if (!take().equals(closing)) {
      throw wrong();
    }
    SyntaxArgument argument =
        alternatives.size() == 1
            ? alternatives.getFirst()
            : join(SyntaxArgument.ONE_OF, alternatives);
    if (!label.isEmpty()) {
      argument = argument.named(beforeSince(label), sinceOf(label));
    }
    return repeated ? argument.with(MULTIPLE) : argument;
  }

  /// Takes `label=` off the next word, with its version.
  private String label() {
    Matcher matcher = LABEL.matcher(peek());
    if (!matcher.matches()) {
      return "";
    }
    tokens.set(next, matcher.group(2));
    return matcher.group(1);
  }

  private SyntaxArgument oneArgument(List<SyntaxArgument> items) {
    if (items.isEmpty()) {
      throw wrong();
    }
    return items.size() == 1 ? items.getFirst() : join(SyntaxArgument.BLOCK, items);
  }

  private static SyntaxArgument join(String type, List<SyntaxArgument> parts) {
    String name = parts.stream().map(SyntaxArgument::name).collect(Collectors.joining("_"));
    return new SyntaxArgument(name, type, "", "", 0, List.copyOf(parts));
  }

  private static SyntaxArgument value(String word) {
    String text = beforeSince(word);
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String type = colon < 0 ? TYPES.getOrDefault(text, "string") : text.substring(colon + 1);
    return new SyntaxArgument(name, type, "", sinceOf(word), 0, List.of());
  }

  private static void flushToken(List<SyntaxArgument> items, String word) {
    if (!word.isEmpty()) {
      String token = beforeSince(word);
      String name = token.toLowerCase(Locale.ROOT);
      String type = SyntaxArgument.PURE_TOKEN;
      items.add(new SyntaxArgument(name, type, token, sinceOf(word), 0, List.of()));
    }
  }

  private static String beforeSince(String word) {
    int at = word.indexOf(SINCE);
    return at > 0 ? word.substring(0, at) : word;
  }

  private static String sinceOf(String word) {
    int at = word.indexOf(SINCE);
    return at > 0 ? word.substring(at + 1) : "";
  }

  private static boolean isToken(String word) {
    char first = word.charAt(0);
    return first != '[' && first != '(' && !Character.isLowerCase(first);
  }

  private static boolean endsSequence(String token) {
    return token.equals(END)
        || token.equals("]")
        || token.equals(")")
        || token.equals("|")
        || token.equals("...");
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  private String take() {
    String token = peek();
    next++;
    return token;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("not a syntax line: " + text);
  }
}
