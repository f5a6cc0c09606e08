package io.pantala.core.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Raw access to native memory by absolute address: the one place that knows how bytes are read.
///
/// Any thread may call it; who may touch which address is the caller's affair (a block belongs to
/// its shard's thread). There is no bounds check: a wrong address is a crash, so callers assert.
public final class Mem {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// Below this many bytes a loop over words beats the call into the copy stub.
  private static final int SHORT_COPY = 64;

  private Mem() {}

  public static byte getByte(long address) {
    return ALL.get(BYTE, address);
  }

  /// The unsigned byte at `address`, 0..255.
  public static int getUByte(long address) {
    return ALL.get(BYTE, address) & 0xff;
  }

  public static void putByte(long address, byte value) {
    ALL.set(BYTE, address, value);
  }

  public static void putByte(long address, int value) {
    ALL.set(BYTE, address, (byte) value);
  }

  public static short getShort(long address) {
    return ALL.get(SHORT, address);
  }

  public static void putShort(long address, short value) {
    ALL.set(SHORT, address, value);
  }

  public static int getInt(long address) {
    return ALL.get(INT, address);
  }

  public static void putInt(long address, int value) {
    ALL.set(INT, address, value);
  }

  public static long getLong(long address) {
    return ALL.get(LONG, address);
  }

  public static void putLong(long address, long value) {
    ALL.set(LONG, address, value);
  }

  /// Copies `bytes` bytes; the ranges may overlap only where `to <= from`.
  public static void copy(long from, long to, long bytes) {
    if (bytes >= SHORT_COPY) {
      MemorySegment.copy(ALL, from, ALL, to, bytes);
      return;
    }
    long i = 0;
    for (; i + 8 <= bytes; i += 8) {
      ALL.set(LONG, to + i, ALL.get(LONG, from + i));
    }
    for (; i < bytes; i++) {
      ALL.set(BYTE, to + i, ALL.get(BYTE, from + i));
    }
  }

  /// Copies `bytes` bytes between ranges that may overlap in either direction.
  public static void move(long from, long to, long bytes) {
    MemorySegment.copy(ALL, from, ALL, to, bytes);
  }

  public static void copyIn(byte[] from, int offset, long to, int bytes) {
    MemorySegment.copy(from, offset, ALL, BYTE, to, bytes);
  }

  public static void copyOut(long from, byte[] to, int offset, int bytes) {
    MemorySegment.copy(ALL, BYTE, from, to, offset, bytes);
  }

  /// A fresh array with the `bytes` bytes at `address`.
  public static byte[] toArray(long address, int bytes) {
    byte[] out = new byte[bytes];
    copyOut(address, out, 0, bytes);
    return out;
  }

  public static void fill(long address, long bytes, int value) {
    ALL.asSlice(address, bytes).fill((byte) value);
  }

  public static boolean equal(long a, long b, long bytes) {
    if (bytes >= SHORT_COPY) {
      return mismatch(a, b, bytes) < 0;
    }
    long i = 0;
    for (; i + 8 <= bytes; i += 8) {
      if (ALL.get(LONG, a + i) != ALL.get(LONG, b + i)) {
        return false;
      }
    }
    for (; i < bytes; i++) {
      if (ALL.get(BYTE, a + i) != ALL.get(BYTE, b + i)) {
        return false;
      }
    }
    return true;
  }

  /// Index of the first byte that differs, or -1.
  public static long mismatch(long a, long b, long bytes) {
    return MemorySegment.mismatch(ALL, a, a + bytes, ALL, b, b + bytes);
  }

  /// memcmp of two ranges of any lengths: negative, 0 or positive; a prefix sorts first.
  public static int compare(long a, long aBytes, long b, long bBytes) {
    long common = Math.min(aBytes, bBytes);
    long at = mismatch(a, b, common);
    if (at < 0) {
      return Long.compare(aBytes, bBytes);
    }
    return getUByte(a + at) - getUByte(b + at);
  }
}
