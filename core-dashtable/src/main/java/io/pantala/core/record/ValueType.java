package io.pantala.core.record;

import java.nio.charset.StandardCharsets;

/// The names of record types and encodings, as TYPE and OBJECT ENCODING answer them.
public final class ValueType {
  /// What TYPE answers for a key that is not there.
  public static final byte[] NONE = ascii("none");

  private static final byte[][] TYPES = new byte[16][];
  private static final byte[][][] ENCODINGS = new byte[16][][];

  static {
    name(StringEncoding.TYPE, "string", "int", "embstr", "raw");
  }

  private ValueType() {}

  /// "string" and so on; the array must not be written to.
  public static byte[] name(long record) {
    return TYPES[RecordLayout.type(record)];
  }

  /// "embstr" and so on; the array must not be written to.
  public static byte[] encodingName(long record) {
    return ENCODINGS[RecordLayout.type(record)][RecordLayout.encoding(record)];
  }

  /// @param encodings in the order of their numbers
  private static void name(int type, String name, String... encodings) {
    TYPES[type] = ascii(name);
    ENCODINGS[type] = new byte[encodings.length][];
    for (int i = 0; i < encodings.length; i++) {
      ENCODINGS[type][i] = ascii(encodings[i]);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
