package io.pantala.bench.load;

import io.pantala.bench.load.RequestTemplate.Hole;
import java.nio.charset.StandardCharsets;

/// One argument of a request to be encoded: text around at most one hole.
final class Argument {
  private static final byte[] NOTHING = {};

  private final byte[] before;
  private final Hole hole;
  private final byte[] after;

  Argument(byte[] before, Hole hole, byte[] after) {
    this.before = before;
    this.hole = hole;
    this.after = after;
  }

  static Argument text(byte[] bytes) {
    return new Argument(bytes, Hole.NONE, NOTHING);
  }

  static Argument text(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  static Argument key(byte[] prefix) {
    return new Argument(prefix, Hole.KEY, NOTHING);
  }

  byte[] before() {
    return before;
  }

  Hole hole() {
    return hole;
  }

  byte[] after() {
    return after;
  }
}
