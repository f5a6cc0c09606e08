package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyHashTest {
  private static final int LONGEST = 300;

  @Test
  void dependsOnBytesAndLengthAndSeedOnly() {
    Random random = new Random(Seed.value());
    KeyHash hash = new KeyHash(1);
    KeyHash other = new KeyHash(2);
    try (Arena arena = Arena.ofConfined()) {
      long a = arena.allocate(LONGEST + 16).address();
      long b = arena.allocate(LONGEST + 16).address();
      for (int length = 0; length <= LONGEST; length++) {
        byte[] key = new byte[length];
        random.nextBytes(key);
        Mem.fill(a, LONGEST + 16, 0x11);
        Mem.fill(b, LONGEST + 16, 0x22);
        Mem.copyIn(key, 0, a, length);
        Mem.copyIn(key, 0, b + 3, length);
        assertThat(hash.of(a, length)).isEqualTo(hash.of(b + 3, length));
        assertThat(hash.of(a, length)).isNotEqualTo(other.of(a, length));
      }
    }
  }

  @Test
  void allKeysOfOneAndTwoBytesDiffer() {
    KeyHash hash = new KeyHash(Seed.value());
    Set<Long> seen = new HashSet<>();
    try (Arena arena = Arena.ofConfined()) {
      long key = arena.allocate(2).address();
      for (int i = 0; i < 1 << 16; i++) {
        Mem.putShort(key, (short) i);
        seen.add(hash.of(key, 2));
        seen.add(hash.of(key, 1));
      }
    }
    assertThat(seen).hasSize((1 << 16) + (1 << 8));
  }

  @Test
  void zeroesOfEachLengthDiffer() {
    KeyHash hash = new KeyHash(Seed.value());
    Set<Long> seen = new HashSet<>();
    try (Arena arena = Arena.ofConfined()) {
      long zeroes = arena.allocate(LONGEST).address();
      for (int length = 0; length <= LONGEST; length++) {
        seen.add(hash.of(zeroes, length));
      }
    }
    assertThat(seen).hasSize(LONGEST + 1);
  }

  /// Each bit of the key flips each bit of the hash in about half of all keys.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 8, 12, 16, 17, 31, 48, 49, 64, 100, 200})
  void avalanche(int length) {
    int rounds = 2_000;
    Random random = new Random(Seed.value());
    KeyHash hash = new KeyHash(random.nextLong());
    try (Arena arena = Arena.ofConfined()) {
      long key = arena.allocate(length).address();
      byte[] bytes = new byte[length];
      for (int bit = 0; bit < length * 8; bit += Math.max(1, length / 16)) {
        int[] flips = new int[64];
        for (int round = 0; round < rounds; round++) {
          random.nextBytes(bytes);
          Mem.copyIn(bytes, 0, key, length);
          long before = hash.of(key, length);
          Mem.putByte(key + bit / 8, bytes[bit / 8] ^ (1 << (bit % 8)));
          count(before ^ hash.of(key, length), flips);
        }
        for (int flip : flips) {
          // 6.3 standard deviations of a fair coin.
          assertThat(flip).isBetween(rounds / 2 - 141, rounds / 2 + 141);
        }
      }
    }
  }

  private static void count(long set, int[] flips) {
    for (long left = set; left != 0; left &= left - 1) {
      flips[Long.numberOfTrailingZeros(left)]++;
    }
  }

  /// Keys as people name them, spread over fingerprints, home buckets and directory bits.
  @Test
  void spreadsNumberedKeys() {
    int keys = 200_000;
    KeyHash hash = new KeyHash(Seed.value());
    int[] fingerprints = new int[256];
    int[] homes = new int[SegmentLayout.REGULAR_BUCKETS];
    int[] prefixes = new int[1024];
    int[] shards = new int[256];
    Set<Long> all = new HashSet<>();
    try (Arena arena = Arena.ofConfined()) {
      long key = arena.allocate(64).address();
      for (int i = 0; i < keys; i++) {
        byte[] name = ("user:" + i).getBytes(StandardCharsets.US_ASCII);
        Mem.copyIn(name, 0, key, name.length);
        long h = hash.of(key, name.length);
        all.add(h);
        fingerprints[(int) h & 0xff]++;
        homes[HashBits.home(h)]++;
        prefixes[(int) (HashBits.prefix(h) >>> 22)]++;
        shards[(int) (h >>> 56)]++;
      }
    }
    assertThat(all).hasSize(keys);
    assertEven(fingerprints, keys);
    assertEven(homes, keys);
    assertEven(prefixes, keys);
    assertEven(shards, keys);
  }

  /// Chi-square within six standard deviations of its mean.
  private static void assertEven(int[] counts, int total) {
    double expected = (double) total / counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    int freedom = counts.length - 1;
    assertThat(Math.abs(sum - freedom)).isLessThan(6 * Math.sqrt(2.0 * freedom));
  }
}
