package io.pantala.server.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws the words of a [Template] from a seed: few keys, so that commands meet, and many sorts of
/// values, the wrong ones among them.
final class Draw {
  /// The key that may hold a long value; only the templates that name it use it.
  static final String LONG_KEY = "long";

  /// All keys but [#LONG_KEY].
  static final List<String> KEYS =
      List.of("a", "b", "c", "k1", "k2", "{tag}1", "{tag}2", "x y", "", "\0\1ÿ\r\n", "key:000001");

  private static final List<String> INTEGERS =
      List.of(
          "0", "-1", "1", "2", "-5", "42", "9999", "10000", "65536", "2147483648", "-2147483649",
          "9223372036854775807", "-9223372036854775808", "9223372036854775806",
          "-9223372036854775807", "4611686018427387904");
  private static final List<String> NO_INTEGERS =
      List.of(
          "", " 1", "1 ", "+1", "01", "-0", "1.0", "1e3", "0x10", "abc", "9223372036854775808",
          "-9223372036854775809", "99999999999999999999999", "1\0", "--1", "-");
  private static final List<String> FLOATS =
      List.of(
          "0.1", "-0.1", "1.5", "3.0", "1e3", "5.0e-3", "1E+2", "-2.5e1", ".5", "5.", "+1.25", "0",
          "-0", "-0.0", "100", "123456789.123456789", "0.000000000000000001", "1e17", "1e18",
          "1e19", "17179869184.25", "0x1p3", "0x1.8", "3.14159265358979323846264338327950288",
          "9007199254740993", "1e-17", "1e-18", "99999999999999999", "1e30");
  private static final List<String> NO_FLOATS =
      List.of(
          "", " 1.5", "1.5 ", "abc", "1.5abc", "nan", "-nan", "inf", "-inf", "+inf", "Infinity",
          "-infinity", "1e5000", "-1e5000", "1e-5000", "1,5", "0x", "1e", "e1", "1.5\0");
  private static final List<String> TEXTS =
      List.of(
          "", "v", "hello world", "some longer text with spaces in it", "\0\1\2ÿþ", "\r\n",
          "*1\r\n$4\r\nPING\r\n", "foobar", "ohmytext", "mynewtext", "x".repeat(43),
          "x".repeat(44), "y".repeat(45), "z".repeat(64), "w".repeat(500));
  private static final List<String> PATTERNS =
      List.of(
          "*", "k*", "?", "[a-c]", "[^a]", "k[0-9]", "*tag*", "{tag}?", "\\*", "x y", "", "a*b*c",
          "[", "[a", "[b-a]", "**", "*1", "\\", "k\\1", "[\\a]", "key:??????", "*ÿ*");
  private static final List<String> BAD_TIMES =
      List.of(
          "0", "-1", "-100", "abc", "", "1.5", " 5", "9223372036854775807",
          "-9223372036854775808", "9223372036854775808", "9223372036854775", "-9223372036854775",
          "-9223372036854776");
  private static final List<String> BAD_DBS = List.of("16", "-1", "abc", "", "1.5", "4294967296");
  private static final List<String> NAMES = List.of("", "conn-1", "two words", "tab\t", "~", "ÿ");
  private static final List<String> SET_OPTIONS =
      List.of("NX", "XX", "GET", "KEEPTTL", "EX", "PX", "EXAT", "PXAT", "PERSIST", "BAD", "nx");
  private static final List<String> TYPES = List.of("string", "STRING", "list", "hash", "nonsense");

  private static final int LONG_BYTES = 100 << 10;
  private static final int MANY_MAX = 5;
  private static final int TEXT_MAX = 70;
  private static final long FAR_SECONDS = 100_000;
  private static final int FAR_CHOICES = 1_000_000;

  /// Times that differ do so by more than two servers' clocks do in a run.
  private static final long FAR_STEP_SECONDS = 100;

  private final SplittableRandom random;
  private final long baseSeconds;

  /// Times are counted from `baseSeconds`, which must be about now.
  Draw(SplittableRandom random, long baseSeconds) {
    this.random = random;
    this.baseSeconds = baseSeconds;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /// The arguments for a word of a template: a word in upper case stands for itself.
  List<String> word(String word) {
    return switch (word) {
      case "key..." -> many(1);
      case "pair..." -> many(2);
      default -> List.of(single(word));
    };
  }

  private String single(String word) {
    return switch (word) {
      case "key" -> one(KEYS);
      case "longkey" -> LONG_KEY;
      case "value" -> value();
      case "longvalue" -> ("" + (char) ('a' + below(26))).repeat(below(LONG_BYTES));
      case "int" -> integer();
      case "index" -> oneIn(10) ? integer() : "" + (below(120) - 60);
      case "offset" -> oneIn(10) ? one(List.of("-1", "536870912", "abc")) : "" + below(100);
      case "float" -> number();
      case "ttl" -> oneIn(5) ? one(BAD_TIMES) : "" + farSeconds();
      case "ttlms" -> oneIn(5) ? one(BAD_TIMES) : "" + farSeconds() * 1000;
      case "at" -> at(1);
      case "atms" -> at(1000);
      case "db" -> oneIn(10) ? one(BAD_DBS) : "" + below(3);
      case "pattern" -> one(PATTERNS);
      case "count" -> oneIn(5) ? one(List.of("0", "-1", "abc", "")) : "" + (1 + below(20));
      case "type" -> one(TYPES);
      case "name" -> one(NAMES);
      case "setoption" -> one(SET_OPTIONS);
      default -> literal(word);
    };
  }

  private static String literal(String word) {
    if (word.chars().anyMatch(Character::isLowerCase)) {
      throw new IllegalArgumentException("no such word in a template: " + word);
    }
    return word;
  }

  private List<String> many(int each) {
    List<String> all = new ArrayList<>();
    for (int n = 1 + below(MANY_MAX); n > 0; n--) {
      all.add(one(KEYS));
      if (each == 2) {
        all.add(value());
      }
    }
    return all;
  }

  private String value() {
    return switch (below(10)) {
      case 0, 1, 2 -> "" + (below(30_000) - 10_000);
      case 3 -> one(INTEGERS);
      case 4 -> one(NO_INTEGERS);
      case 5 -> one(FLOATS);
      case 6 -> one(NO_FLOATS);
      case 7 -> text();
      default -> one(TEXTS);
    };
  }

  /// Letters of a small alphabet, so that two texts have something in common.
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int n = below(TEXT_MAX); n > 0; n--) {
      text.append((char) ('a' + below(4)));
    }
    return text.toString();
  }

  private String integer() {
    return switch (below(10)) {
      case 0, 1 -> one(INTEGERS);
      case 2 -> one(NO_INTEGERS);
      default -> "" + (below(2001) - 1000);
    };
  }

  private String number() {
    return switch (below(10)) {
      case 0, 1, 2, 3 -> one(FLOATS);
      case 4 -> one(NO_FLOATS);
      case 5, 6 -> "" + (below(2_000_001) - 1_000_000) / 1000.0;
      case 7 -> "" + random.nextDouble() * Math.pow(10, below(30) - 15);
      default -> integer();
    };
  }

  private long farSeconds() {
    return FAR_SECONDS + below(FAR_CHOICES) * FAR_STEP_SECONDS;
  }

  /// A time far in the future, or one that is long past, or none.
  private String at(long unitsPerSecond) {
    return switch (below(10)) {
      case 0 -> "1";
      case 1 -> "" + (baseSeconds - FAR_SECONDS) * unitsPerSecond;
      case 2 -> one(BAD_TIMES);
      default -> "" + (baseSeconds + farSeconds()) * unitsPerSecond;
    };
  }
}
