package io.pantala.core.intset;

import io.pantala.core.memory.Mem;
import java.util.random.RandomGenerator;

/// A sorted set of integers in one run of bytes, which is byte for byte what Redis calls an intset:
/// static functions over its address. Owner: whoever owns the block.
///
/// ```text
///  0         4         8
///  +---------+---------+-----------+-----------+-- ...
///  | width   | count   | integer 0 | integer 1 |
///  +---------+---------+-----------+-----------+-- ...
/// ```
///
/// - `width` is 2, 4 or 8: the bytes of each integer, all little-endian and signed. It is enough
///   for all that are in, and never goes down.
/// - The integers rise strictly.
/// - Nothing here allocates: who adds gets a block of [#bytesWith] bytes first.
public final class Intset {
  public static final int HEADER_BYTES = 8;

  private static final int NARROW = 2;
  private static final int MIDDLE = 4;
  private static final int WIDE = 8;

  private Intset() {}

  /// Makes an empty set of [#HEADER_BYTES] bytes.
  public static void format(long set) {
    setWidth(set, NARROW);
    setCount(set, 0);
  }

  public static int count(long set) {
    return Mem.getInt(set + 4);
  }

  public static int bytes(long set) {
    return HEADER_BYTES + count(set) * width(set);
  }

  /// Bytes of the set after `value`, which is not in it, was added.
  public static int bytesWith(long set, long value) {
    return HEADER_BYTES + (count(set) + 1) * Math.max(width(set), widthOf(value));
  }

  /// Integer number `index` in rising order.
  public static long get(long set, int index) {
    assert index >= 0 && index < count(set);
    return get(set, index, width(set));
  }

  public static long min(long set) {
    return get(set, 0);
  }

  public static long max(long set) {
    return get(set, count(set) - 1);
  }

  /// One of the integers, all equally likely.
  public static long random(long set, RandomGenerator random) {
    return get(set, random.nextInt(count(set)));
  }

  /// The index of `value`, or `-1 - i` where it is absent and `i` is the index it would get.
  public static int find(long set, long value) {
    int width = width(set);
    int low = 0;
    int high = count(set) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long at = get(set, middle, width);
      if (at == value) {
        return middle;
      }
      if (at < value) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  public static boolean contains(long set, long value) {
    return find(set, value) >= 0;
  }

  /// Adds a value for which [#find] answered `-1 - index`; the block has [#bytesWith] bytes.
  public static void add(long set, long value, int index) {
    if (widthOf(value) > width(set)) {
      widen(set, widthOf(value));
    }
    int width = width(set);
    long at = address(set, index, width);
    Mem.move(at, at + width, address(set, count(set), width) - at);
    put(at, value, width);
    setCount(set, count(set) + 1);
  }

  /// Takes out integer number `index`.
  public static void remove(long set, int index) {
    int width = width(set);
    long at = address(set, index, width);
    Mem.move(at + width, at, address(set, count(set), width) - at - width);
    setCount(set, count(set) - 1);
  }

  /// Whether bytes from outside are an intset: nothing outside of them is read.
  public static boolean isValid(long set, long bytes) {
    if (bytes < HEADER_BYTES) {
      return false;
    }
    int width = width(set);
    long count = count(set) & 0xffff_ffffL;
    if ((width != NARROW && width != MIDDLE && width != WIDE)
        || bytes > Integer.MAX_VALUE
        || HEADER_BYTES + count * width != bytes) {
      return false;
    }
    for (int i = 1; i < count; i++) {
      if (get(set, i - 1, width) >= get(set, i, width)) {
        return false;
      }
    }
    return true;
  }

  /// Gives all integers more bytes, from the last one on so that none is overwritten unread.
  private static void widen(long set, int width) {
    int old = width(set);
    for (int i = count(set) - 1; i >= 0; i--) {
      put(address(set, i, width), get(set, i, old), width);
    }
    setWidth(set, width);
  }

  private static int widthOf(long value) {
    if (value == (short) value) {
      return NARROW;
    }
    return value == (int) value ? MIDDLE : WIDE;
  }

  private static long get(long set, int index, int width) {
    long at = address(set, index, width);
    return switch (width) {
      case NARROW -> Mem.getShort(at);
      case MIDDLE -> Mem.getInt(at);
      default -> Mem.getLong(at);
    };
  }

  private static void put(long at, long value, int width) {
    switch (width) {
      case NARROW -> Mem.putShort(at, (short) value);
      case MIDDLE -> Mem.putInt(at, (int) value);
      default -> Mem.putLong(at, value);
    }
  }

  private static long address(long set, int index, int width) {
    return set + HEADER_BYTES + (long) index * width;
  }

  private static int width(long set) {
    return Mem.getInt(set);
  }

  private static void setWidth(long set, int width) {
    Mem.putInt(set, width);
  }

  private static void setCount(long set, int count) {
    Mem.putInt(set + 4, count);
  }
}
