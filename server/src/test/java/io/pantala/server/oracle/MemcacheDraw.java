package io.pantala.server.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Draws memcached requests from a seed: few keys, so that they meet; right, nearly right and wrong
/// ones. What is not drawn, because memcached 1.6.18 differs from later versions or pads numbers,
/// stands in docs/memcached.md.
final class MemcacheDraw {
  static final List<String> KEYS = List.of("a", "b", "c", "n1", "n2", "foo", "x\ty");

  private static final List<String> VALUES =
      List.of(
          "",
          "x",
          "hello",
          "0",
          "1",
          "10",
          "99",
          "18446744073709551615",
          "18446744073709551614",
          "007",
          " 5",
          "5 ",
          "-5",
          "12 a",
          "9223372036854775807",
          "9223372036854775808",
          "1.5",
          "y".repeat(100),
          "z".repeat(3000));
  private static final List<String> FLAGS =
      List.of("0", "0", "0", "1", "5", "4294967295", "-1", "x", "007");
  private static final List<String> TIMES =
      List.of("0", "0", "0", "100", "1000", "2592000", "-1", "-100", "2592001", "2000000000", "x");
  private static final List<String> DELTAS =
      List.of(
          "0",
          "1",
          "1",
          "2",
          "10",
          "100",
          "18446744073709551615",
          "18446744073709551616",
          "-1",
          "x",
          "9223372036854775808");
  private static final List<String> BAD_LINES =
      List.of(
          "",
          " ",
          "GET a",
          "get",
          "gets",
          "gat",
          "gat 0",
          "gat x a",
          "set a 0 0",
          "set",
          "set a 0 0 1 2 3",
          "cas a 0 0 1",
          "incr a",
          "incr a 1 2 3",
          "decr",
          "touch a",
          "delete",
          "delete a 1",
          "delete a 0",
          "delete a 0 noreply",
          "delete a b c",
          "delete a 0 0 0",
          "mg",
          "ms",
          "ms a",
          "ms a b",
          "md",
          "ma",
          "me",
          "mx a",
          "mg a v v",
          "mg a !",
          "ms a -1",
          "mg a T-1",
          "mg none O" + "p".repeat(40),
          "md none O" + "p".repeat(40),
          "nonsense",
          "verbosity",
          "verbosity x",
          "verbosity 1",
          "verbosity 1 noreply",
          "version",
          "flush_all x",
          "flush_all 0 0 0 0",
          "set a x 0 1",
          "get a\0b c",
          "stats foo",
          "delete " + "k".repeat(251),
          "mg " + "k".repeat(251),
          "set " + "k".repeat(251) + " 0 0 1",
          "incr n1 x noreply",
          "touch a x noreply");
  private static final List<String> GET_FLAGS =
      List.of(
          "k", "q", "s", "v", "t", "f", "c", "h", "l", "u", "Oab", "T100", "T0", "N50", "R30",
          "R2000", "Tx");
  private static final List<String> SET_FLAGS =
      List.of(
          "k",
          "q",
          "c",
          "Oxy",
          "T100",
          "T0",
          "F7",
          "F0",
          "I",
          "ME",
          "MA",
          "MP",
          "MR",
          "MS",
          "Mx",
          "M",
          "Fz",
          "C@",
          "C999999999");

  private final SplittableRandom random;

  MemcacheDraw(long seed) {
    random = new SplittableRandom(seed);
  }

  List<MemcacheRequest> next(int count) {
    List<MemcacheRequest> history = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      history.add(request());
    }
    return history;
  }

  private MemcacheRequest request() {
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4 -> MemcacheRequest.of(store());
      case 5, 6 -> MemcacheRequest.of(cas());
      case 7, 8, 9 -> MemcacheRequest.of(read());
      case 10, 11 -> count();
      case 12 -> MemcacheRequest.of("touch " + key() + " " + of(TIMES) + noreply() + "\r\n");
      case 13 -> MemcacheRequest.of("delete " + key() + noreply() + "\r\n");
      case 14 -> MemcacheRequest.of(of(BAD_LINES) + (random.nextInt(9) == 0 ? "\n" : "\r\n"));
      case 15 -> lie();
      case 16, 17 -> MemcacheRequest.of("mg " + metaKey(GET_FLAGS, 6));
      case 18, 19 -> MemcacheRequest.of(metaSet());
      case 20 ->
          MemcacheRequest.of("md " + flags(List.of("k", "Oq", "I", "T50", "C@", "C999999999"), 3));
      case 21 -> metaCount();
      case 22 -> MemcacheRequest.of("me " + key() + "\r\n");
      default -> random.nextInt(8) == 0 ? rare() : MemcacheRequest.of(read());
    };
  }

  private MemcacheRequest rare() {
    return MemcacheRequest.of(
        switch (random.nextInt(5)) {
          case 0 -> "flush_all" + noreply() + "\r\n";
          case 1 -> "flush_all 0" + noreply() + "\r\n";
          case 2 -> large("set a 0 0 ", "");
          case 3 -> large("ms a ", " k");
          default -> "set a 0 0 1 noreply\r\n5\r\nmd a q\r\n";
        });
  }

  /// About the largest value.
  private String large(String start, String end) {
    int bytes = 1_048_576 - 61 + random.nextInt(3);
    return start + bytes + end + "\r\n" + "w".repeat(bytes) + "\r\nmg a s\r\n";
  }

  private String store() {
    String value = of(VALUES);
    String command = of(List.of("set", "set", "set", "add", "replace", "append", "prepend"));
    return command
        + " %s %s %s %d%s\r\n".formatted(key(), of(FLAGS), of(TIMES), value.length(), noreply())
        + value
        + "\r\n";
  }

  private String cas() {
    String key = key();
    String value = of(VALUES);
    String unique = random.nextInt(3) > 0 ? "@" + key + "@" : of(List.of("0", "999999999", "x"));
    String ask = random.nextBoolean() ? "gets " + key + "\r\n" : "";
    return ask
        + "cas %s %s %s %d %s%s\r\n"
            .formatted(key, of(FLAGS), of(TIMES), value.length(), unique, noreply())
        + value
        + "\r\n";
  }

  private String read() {
    StringBuilder line = new StringBuilder();
    line.append(
        switch (random.nextInt(6)) {
          case 0 -> "gets";
          case 1 -> "gat " + of(TIMES);
          case 2 -> "gats " + of(TIMES);
          default -> "get";
        });
    for (int i = random.nextInt(10) == 0 ? 40 : 1 + random.nextInt(4); i > 0; i--) {
      line.append(' ').append(key());
    }
    return line.append("\r\n").toString();
  }

  private MemcacheRequest count() {
    String key = random.nextInt(3) > 0 ? of(List.of("n1", "n2")) : key();
    String command = random.nextBoolean() ? "incr " : "decr ";
    return new MemcacheRequest(command + key + " " + of(DELTAS) + noreply() + "\r\n", key, false);
  }

  private MemcacheRequest metaCount() {
    String key = random.nextInt(3) > 0 ? of(List.of("n1", "n2")) : key();
    List<String> flags =
        List.of(
            "v",
            "t",
            "c",
            "k",
            "Oz",
            "N0",
            "N90",
            "J13",
            "D5",
            "D" + of(DELTAS),
            "MI",
            "MD",
            "M+",
            "M-",
            "Mz",
            "C@");
    return new MemcacheRequest("ma " + line(key, flags, 4), key, false);
  }

  private String metaSet() {
    String value = of(VALUES);
    String key = key();
    boolean binary = random.nextInt(5) == 0;
    String line = line(binary ? "Zm9v" : key, SET_FLAGS, 5);
    int space = line.indexOf(' ');
    String flags = space < 0 ? "\r\n" : line.substring(space);
    return "ms "
        + (binary ? "Zm9v" : key)
        + " "
        + value.length()
        + (binary ? " b" : "")
        + flags
        + value
        + "\r\n";
  }

  private String metaKey(List<String> flags, int most) {
    return random.nextInt(5) == 0 ? line("Zm9v b", flags, most) : line(key(), flags, most);
  }

  private String flags(List<String> flags, int most) {
    return line(key(), flags, most);
  }

  /// A key and up to `most` flags; with c comes k, so that the unique's key is known.
  private String line(String key, List<String> from, int most) {
    List<String> flags = new ArrayList<>(from);
    for (int i = flags.size() - 1; i > 0; i--) {
      Collections.swap(flags, i, random.nextInt(i + 1));
    }
    StringBuilder line = new StringBuilder(key);
    for (String flag : flags.subList(0, random.nextInt(most + 1))) {
      line.append(' ').append(flag.equals("C@") ? "C@" + key + "@" : flag);
    }
    return line.append("\r\n").toString();
  }

  private MemcacheRequest lie() {
    int said = random.nextInt(12);
    String value = "abcdefghijkl".substring(0, random.nextInt(12));
    String command = random.nextBoolean() ? "set a 0 0 " + said + noreply() : "ms a " + said + " k";
    return new MemcacheRequest(command + "\r\n" + value + "\r\n", "", true);
  }

  private String noreply() {
    return random.nextInt(6) == 0 ? " noreply" : "";
  }

  private String key() {
    return of(KEYS);
  }

  private String of(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
