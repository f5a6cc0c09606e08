package io.pantala.core.dash;

import io.pantala.core.memory.Mem;

/// Keyed 64-bit hash of off-heap bytes, in the manner of wyhash: words are folded by the two halves
/// of a 128-bit product. Immutable, any thread.
///
/// The seed is drawn anew by each process, so that nobody outside can choose keys that collide. It
/// is not a cryptographic hash: it hides nothing once hashes can be seen.
public final class KeyHash {
  private static final long LENGTH_STEP = 0x9e3779b97f4a7c15L;
  private static final int WORDS_BYTES = 16;
  private static final int LANES_BYTES = 48;

  private final long key0;
  private final long key1;
  private final long key2;
  private final long key3;

  public KeyHash(long seed) {
    key0 = derive(seed, 1);
    key1 = derive(seed, 2);
    key2 = derive(seed, 3);
    key3 = derive(seed, 4);
  }

  /// The hash of `length` bytes at `address`.
  public long of(long address, long length) {
    if (length > WORDS_BYTES) {
      return ofLong(address, length);
    }
    if (length >= 8) {
      return finish(Mem.getLong(address), Mem.getLong(address + length - 8), length, key2);
    }
    return finish(shortWord(address, (int) length), 0, length, key2);
  }

  /// The hash of a number, for what is kept as a number; it is not the hash of its digits.
  public long ofInteger(long value) {
    return finish(value, 0, Long.BYTES, key3);
  }

  /// 0 to 7 bytes as one word; together with the length it is different for different bytes.
  private static long shortWord(long address, int length) {
    if (length >= 4) {
      long low = Mem.getInt(address) & 0xffff_ffffL;
      return low | ((long) Mem.getInt(address + length - 4) << 32);
    }
    if (length == 0) {
      return 0;
    }
    int first = Mem.getUByte(address);
    int middle = Mem.getUByte(address + (length >>> 1));
    return first | (middle << 8) | (Mem.getUByte(address + length - 1) << 16);
  }

  private long ofLong(long address, long length) {
    long at = address;
    long end = address + length;
    long state = key2;
    if (length > LANES_BYTES) {
      long lane1 = key2;
      long lane2 = key3;
      for (; end - at > LANES_BYTES; at += LANES_BYTES) {
        state = mix(Mem.getLong(at) ^ key0, Mem.getLong(at + 8) ^ state);
        lane1 = mix(Mem.getLong(at + 16) ^ key1, Mem.getLong(at + 24) ^ lane1);
        lane2 = mix(Mem.getLong(at + 32) ^ key3, Mem.getLong(at + 40) ^ lane2);
      }
      state ^= lane1 ^ lane2;
    }
    for (; end - at > WORDS_BYTES; at += WORDS_BYTES) {
      state = mix(Mem.getLong(at) ^ key0, Mem.getLong(at + 8) ^ state);
    }
    return finish(Mem.getLong(end - 16), Mem.getLong(end - 8), length, state);
  }

  private long finish(long a, long b, long length, long state) {
    long x = a ^ key0;
    long y = b ^ key1;
    long low = x * y;
    long high = Math.unsignedMultiplyHigh(x, y);
    return mix(low ^ state ^ (length * LENGTH_STEP), high ^ key3);
  }

  private static long mix(long a, long b) {
    return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
  }

  /// An odd word out of the seed, by the finalizer of splitmix64.
  private static long derive(long seed, int index) {
    long z = seed + index * LENGTH_STEP;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) | 1;
  }
}
