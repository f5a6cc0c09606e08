package io.pantala.core.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Reads the payload of a DUMP: a type byte, then lengths and strings as RDB files have them.
public final class RdbReader {
  /// Types of values.
  public static final int SET_INTSET = 11;

  public static final int HASH_LISTPACK = 16;
  public static final int QUICKLIST_2 = 18;
  public static final int STREAM_LISTPACKS_2 = 19;

  private static final int VERSION = 10;

  /// CRC-64 of Jones, bits reversed.
  private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;

  private final byte[] bytes;
  private int at = 1;

  RdbReader(byte[] payload) {
    bytes = Arrays.copyOf(payload, payload.length - 10);
  }

  public int type() {
    return bytes[0] & 0xff;
  }

  public boolean isAtEnd() {
    return at == bytes.length;
  }

  public long length() {
    int first = bytes[at++] & 0xff;
    return switch (first >> 6) {
      case 0 -> first;
      case 1 -> ((first & 63) << 8) | (bytes[at++] & 0xff);
      default -> {
        int size = first == 0x80 ? 4 : 8;
        ByteBuffer number = ByteBuffer.wrap(bytes, at, size);
        at += size;
        yield size == 4 ? number.getInt() & 0xffff_ffffL : number.getLong();
      }
    };
  }

  /// A string, which must not be stored as an integer.
  public byte[] string() {
    int length = Math.toIntExact(length());
    return raw(length);
  }

  public byte[] raw(int length) {
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /// 8 bytes, little-endian.
  public long fixed() {
    return ByteBuffer.wrap(raw(8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /// A value of this type whose content is one string.
  public static byte[] ofString(int type, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type);
    out.write(0x80);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] withFooter(byte[] value) {
    byte[] versioned = Arrays.copyOf(value, value.length + 2);
    versioned[value.length] = VERSION;
    byte[] whole = Arrays.copyOf(versioned, versioned.length + 8);
    ByteBuffer.wrap(whole)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(versioned.length, crc64(versioned));
    return whole;
  }

  private static long crc64(byte[] bytes) {
    long crc = 0;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int i = 0; i < 8; i++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
    }
    return crc;
  }
}
