package io.pantala.resp;

/// What [RequestParser#parse] answers for bytes that are no request: a negative code. The client
/// gets its text, then the connection is closed.
///
/// ```
///   -code:  bits 0-7 kind   bits 8-15 the byte found, for EXPECTED_BULK
/// ```
public final class ProtocolError {
  static final long TOO_BIG_INLINE = -1;
  static final long UNBALANCED_QUOTES = -2;
  static final long TOO_BIG_COUNT = -3;
  static final long INVALID_COUNT = -4;
  static final long UNAUTHENTICATED_COUNT = -5;
  static final long TOO_BIG_BULK_LENGTH = -6;
  static final long INVALID_BULK_LENGTH = -7;
  static final long UNAUTHENTICATED_BULK_LENGTH = -8;
  static final long EXPECTED_BULK = -9;

  private static final String[] TEXTS = {
    "",
    "too big inline request",
    "unbalanced quotes in request",
    "too big mbulk count string",
    "invalid multibulk length",
    "unauthenticated multibulk length",
    "too big bulk count string",
    "invalid bulk length",
    "unauthenticated bulk length",
    "expected '$', got '"
  };

  private ProtocolError() {}

  static long expectedBulk(int found) {
    return EXPECTED_BULK - ((long) found << 8);
  }

  /// The error to send for a code, as [Reply#error] takes it.
  public static byte[] text(long code) {
    assert code < 0;
    int kind = (int) (-code & 0xff);
    String text = "ERR Protocol error: " + TEXTS[kind];
    if (kind == -EXPECTED_BULK) {
      text += (char) (-code >>> 8) + "'";
    }
    return ErrorText.of(text);
  }
}
