package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The 64-bit XXH3 digest of a string, with the default secret and no seed: what DIGEST answers and
/// IFDEQ compares with. Written from the algorithm's public specification (xxHash,
/// `doc/xxhash_spec.md`). Any thread.
///
/// ```text
///   bytes   0..16     a formula for each of 0, 1-3, 4-8, 9-16
///           17..240   one accumulator over pairs of words
///           241..     8 accumulators over stripes of 64 bytes; 16 stripes, then a scramble
/// ```
public final class StringDigest {
  /// Length of a digest's hexadecimal text.
  public static final int TEXT_BYTES = 16;

  private static final int SHORT_MAX = 128;
  private static final int MEDIUM_MAX = 240;
  private static final int STRIPE_BYTES = 64;
  private static final int LANES = 8;
  private static final int BLOCK_STRIPES = 16;
  private static final int BLOCK_BYTES = BLOCK_STRIPES * STRIPE_BYTES;

  private static final long PRIME32_1 = 0x9e3779b1L;
  private static final long PRIME32_2 = 0x85ebca77L;
  private static final long PRIME32_3 = 0xc2b2ae3dL;
  private static final long PRIME64_1 = 0x9e3779b185ebca87L;
  private static final long PRIME64_2 = 0xc2b2ae3d27d4eb4fL;
  private static final long PRIME64_3 = 0x165667b19e3779f9L;
  private static final long PRIME64_4 = 0x85ebca77c2b2ae63L;
  private static final long PRIME64_5 = 0x27d4eb2f165667c5L;
  private static final long PRIME_MX1 = 0x165667919e3779f9L;
  private static final long PRIME_MX2 = 0x9fb21c651e98df25L;

  private static final byte[] SECRET =
      HexFormat.of()
          .parseHex(
              "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                  + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                  + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                  + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                  + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                  + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

  /// Where in the secret the last stripe, the scramble and the final merge begin.
  private static final int LAST_STRIPE_SECRET = SECRET.length - 71;

  private static final int SCRAMBLE_SECRET = SECRET.length - STRIPE_BYTES;
  private static final int MERGE_SECRET = 11;

  /// Of the words after the first 8, and of the last 16 bytes, of a medium input.
  private static final int SECOND_ROUND_SECRET = 3;

  private static final int LAST_PAIR_SECRET = 119;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private StringDigest() {}

  /// The digest of the `length` bytes at `address`.
  public static long of(long address, long length) {
    if (length <= 16) {
      return ofTiny(address, (int) length);
    }
    if (length <= SHORT_MAX) {
      return ofShort(address, length);
    }
    return length <= MEDIUM_MAX ? ofMedium(address, (int) length) : ofLong(address, length);
  }

  /// Writes the 16 lower case hexadecimal digits of a digest.
  public static void write(long address, long digest) {
    for (int i = 0; i < TEXT_BYTES; i++) {
      int digit = (int) (digest >>> (60 - 4 * i)) & 0xf;
      Mem.putByte(address + i, digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
  }

  private static long ofTiny(long at, int length) {
    if (length > 8) {
      return of9To16(at, length);
    }
    if (length >= 4) {
      return of4To8(at, length);
    }
    if (length == 0) {
      return finish64(secret(56) ^ secret(64));
    }
    int combined =
        Mem.getUByte(at + length - 1)
            | length << 8
            | Mem.getUByte(at) << 16
            | Mem.getUByte(at + (length >> 1)) << 24;
    long words = secret(0);
    return finish64(((words ^ words >>> 32) & 0xffffffffL) ^ (combined & 0xffffffffL));
  }

  private static long of4To8(long at, int length) {
    long first = Mem.getInt(at) & 0xffffffffL;
    long last = Mem.getInt(at + length - 4) & 0xffffffffL;
    long value = secret(8) ^ secret(16) ^ (last | first << 32);
    value ^= Long.rotateLeft(value, 49) ^ Long.rotateLeft(value, 24);
    value *= PRIME_MX2;
    value ^= (value >>> 35) + length;
    value *= PRIME_MX2;
    return value ^ value >>> 28;
  }

  private static long of9To16(long at, int length) {
    long low = secret(24) ^ secret(32) ^ Mem.getLong(at);
    long high = secret(40) ^ secret(48) ^ Mem.getLong(at + length - 8);
    return finish(length + Long.reverseBytes(low) + high + foldedProduct(low, high));
  }

  /// Pairs of 16 bytes from both ends towards the middle.
  private static long ofShort(long at, long length) {
    long sum = length * PRIME64_1;
    for (int i = (int) ((length - 1) >> 5); i >= 0; i--) {
      sum += mix(at + i * 16L, i * 32);
      sum += mix(at + length - i * 16L - 16, i * 32 + 16);
    }
    return finish(sum);
  }

  private static long ofMedium(long at, int length) {
    long sum = length * PRIME64_1;
    for (int i = 0; i < 8; i++) {
      sum += mix(at + i * 16L, i * 16);
    }
    sum = finish(sum);
    for (int i = 8; i < length >> 4; i++) {
      sum += mix(at + i * 16L, (i - 8) * 16 + SECOND_ROUND_SECRET);
    }
    return finish(sum + mix(at + length - 16, LAST_PAIR_SECRET));
  }

  private static long ofLong(long at, long length) {
    long[] lanes = {
      PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1
    };
    long block = at;
    long end = at + length;
    for (; end - block > BLOCK_BYTES; block += BLOCK_BYTES) {
      accumulate(lanes, block, BLOCK_STRIPES);
      scramble(lanes);
    }
    accumulate(lanes, block, (int) ((end - block - 1) / STRIPE_BYTES));
    accumulateStripe(lanes, end - STRIPE_BYTES, LAST_STRIPE_SECRET);
    return merge(lanes, length * PRIME64_1);
  }

  private static void accumulate(long[] lanes, long at, int stripes) {
    for (int i = 0; i < stripes; i++) {
      accumulateStripe(lanes, at + (long) i * STRIPE_BYTES, i * 8);
    }
  }

  private static void accumulateStripe(long[] lanes, long at, int secret) {
    for (int i = 0; i < LANES; i++) {
      long word = Mem.getLong(at + 8L * i);
      long mixed = word ^ secret(secret + 8 * i);
      lanes[i ^ 1] += word;
      lanes[i] += (mixed & 0xffffffffL) * (mixed >>> 32);
    }
  }

  private static void scramble(long[] lanes) {
    for (int i = 0; i < LANES; i++) {
      long lane = lanes[i];
      lanes[i] = (lane ^ lane >>> 47 ^ secret(SCRAMBLE_SECRET + 8 * i)) * PRIME32_1;
    }
  }

  private static long merge(long[] lanes, long start) {
    long sum = start;
    for (int i = 0; i < LANES; i += 2) {
      int at = MERGE_SECRET + 8 * i;
      sum += foldedProduct(lanes[i] ^ secret(at), lanes[i + 1] ^ secret(at + 8));
    }
    return finish(sum);
  }

  private static long mix(long at, int secret) {
    return foldedProduct(
        Mem.getLong(at) ^ secret(secret), Mem.getLong(at + 8) ^ secret(secret + 8));
  }

  /// Both halves of the 128-bit product, exclusive-ored.
  private static long foldedProduct(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }

  private static long finish(long value) {
    long mixed = (value ^ value >>> 37) * PRIME_MX1;
    return mixed ^ mixed >>> 32;
  }

  /// The last step of the older XXH64.
  private static long finish64(long value) {
    long mixed = (value ^ value >>> 33) * PRIME64_2;
    mixed = (mixed ^ mixed >>> 29) * PRIME64_3;
    return mixed ^ mixed >>> 32;
  }

  private static long secret(int offset) {
    return (long) WORD.get(SECRET, offset);
  }
}
