package io.pantala.memcache;

import io.pantala.core.memory.Mem;
import java.util.Arrays;

/// Base64 (RFC 4648, with padding) on native addresses. No allocation.
public final class Base64Text {
  /// What [#decode] answers for text that is no base64, or none.
  public static final int NONE = 0;

  private static final byte[] DIGITS = new byte[64];
  private static final byte[] VALUES = new byte[256];

  static {
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = (byte) digits.charAt(i);
      VALUES[digits.charAt(i)] = (byte) i;
    }
  }

  private Base64Text() {}

  /// Whether the text can be decoded.
  public static boolean isValid(long address, int length) {
    if (length == 0 || length % 4 != 0) {
      return false;
    }
    int digits = length - padding(address, length);
    for (int i = 0; i < digits; i++) {
      if (VALUES[Mem.getUByte(address + i)] < 0) {
        return false;
      }
    }
    return true;
  }

  /// Decodes in place, for what comes out is shorter. Returns its length, or [#NONE] with nothing
  /// changed.
  public static int decode(long address, int length) {
    if (!isValid(address, length)) {
      return NONE;
    }
    int padding = padding(address, length);
    int out = 0;
    for (int i = 0; i < length; i += 4) {
      int bits = bits(address + i);
      Mem.putByte(address + out, bits >> 16);
      Mem.putByte(address + out + 1, bits >> 8);
      Mem.putByte(address + out + 2, bits);
      out += 3;
    }
    return out - padding;
  }

  /// Padding counts as zeros.
  private static int bits(long address) {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = bits << 6 | Math.max(0, VALUES[Mem.getUByte(address + i)]);
    }
    return bits;
  }

  private static int padding(long address, int length) {
    if (Mem.getByte(address + length - 1) != '=') {
      return 0;
    }
    return Mem.getByte(address + length - 2) == '=' ? 2 : 1;
  }

  /// How many bytes [#encode] writes.
  public static int encodedLength(int length) {
    return (length + 2) / 3 * 4;
  }

  public static void encode(long from, int length, long to) {
    long at = to;
    for (int i = 0; i < length; i += 3) {
      int bits = Mem.getUByte(from + i) << 16;
      bits |= i + 1 < length ? Mem.getUByte(from + i + 1) << 8 : 0;
      bits |= i + 2 < length ? Mem.getUByte(from + i + 2) : 0;
      Mem.putByte(at, DIGITS[bits >> 18]);
      Mem.putByte(at + 1, DIGITS[bits >> 12 & 63]);
      Mem.putByte(at + 2, i + 1 < length ? DIGITS[bits >> 6 & 63] : '=');
      Mem.putByte(at + 3, i + 2 < length ? DIGITS[bits & 63] : '=');
      at += 4;
    }
  }
}
