package io.pantala.server.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.resp.RespDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/// Whether two replies to the same request are the same: byte for byte, but for those that depend
/// on time, chance or an order that is not promised.
final class ReplyCheck {
  /// How far the two servers' clocks may be apart when they run the same request.
  private static final long TOLERANCE_MS = 30_000;

  private ReplyCheck() {}

  static boolean isSame(Request request, String ours, String theirs) {
    if (ours.equals(theirs)) {
      return true;
    }
    return switch (request.name()) {
      case "TTL", "EXPIRETIME" -> isNear(ours, theirs, TOLERANCE_MS / 1000);
      case "PTTL", "PEXPIRETIME" -> isNear(ours, theirs, TOLERANCE_MS);
      case "KEYS" -> sorted(ours).equals(sorted(theirs));
      case "RANDOMKEY" -> isKey(ours) && isKey(theirs);
      case "TIME" -> isTime(ours) && isTime(theirs);
      case "OBJECT" -> isIdleTime(request) && isNear(ours, theirs, TOLERANCE_MS / 1000);
      default -> false;
    };
  }

  static Object decode(String raw) {
    try {
      return new RespDecoder(new ByteArrayInputStream(raw.getBytes(ISO_8859_1))).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The negative answers are no times: they must be equal.
  private static boolean isNear(String ours, String theirs, long tolerance) {
    return decode(ours) instanceof Long a
        && decode(theirs) instanceof Long b
        && a >= 0
        && b >= 0
        && Math.abs(a - b) <= tolerance;
  }

  private static Object sorted(String raw) {
    Object reply = decode(raw);
    return reply instanceof List<?> list
        ? list.stream().map(Object::toString).sorted().toList()
        : reply;
  }

  private static boolean isKey(String raw) {
    return decode(raw) instanceof String key
        && (Draw.KEYS.contains(key) || key.equals(Draw.LONG_KEY));
  }

  private static boolean isTime(String raw) {
    return decode(raw) instanceof List<?> time
        && time.size() == 2
        && time.stream().allMatch(part -> part.toString().matches("[0-9]{1,10}"));
  }

  private static boolean isIdleTime(Request request) {
    return request.arguments().size() == 3
        && request.arguments().get(1).toUpperCase(Locale.ROOT).equals("IDLETIME");
  }
}
