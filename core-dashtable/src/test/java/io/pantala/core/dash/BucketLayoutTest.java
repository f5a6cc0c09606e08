package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BucketLayoutTest {
  @Test
  void matchesExactlyTheEqualFingerprints() {
    Random random = new Random(Seed.value());
    try (Arena arena = Arena.ofConfined()) {
      long bucket = arena.allocate(BucketLayout.BYTES, BucketLayout.BYTES).address();
      for (int round = 0; round < 20_000; round++) {
        // Neighbours that differ by one bit are what an inexact compare gets wrong.
        int near = random.nextInt(256);
        for (int i = 0; i < BucketLayout.FIRST_SLOT; i++) {
          Mem.putByte(bucket + i, random.nextInt(3) == 0 ? near : near ^ (1 << random.nextInt(8)));
        }
        assertThat(slots(BucketLayout.match(bucket, BucketLayout.pattern(near))))
            .isEqualTo(equal(bucket, near));
        assertThat(slots(BucketLayout.free(bucket))).isEqualTo(equal(bucket, 0));
        assertThat(BucketLayout.size(bucket))
            .isEqualTo(BucketLayout.SLOTS - Integer.bitCount(equal(bucket, 0)));
        assertThat(slots(BucketLayout.occupied(bucket)))
            .isEqualTo(~equal(bucket, 0) & ((1 << BucketLayout.SLOTS) - 1));
      }
    }
  }

  @Test
  void separatesTwoCopies() {
    Random random = new Random(Seed.value());
    try (Arena arena = Arena.ofConfined()) {
      long from = arena.allocate(BucketLayout.BYTES, BucketLayout.BYTES).address();
      long to = arena.allocate(BucketLayout.BYTES, BucketLayout.BYTES).address();
      for (int round = 0; round < 2_000; round++) {
        for (int i = 0; i < BucketLayout.FIRST_SLOT; i++) {
          Mem.putByte(from + i, 1 + random.nextInt(255));
        }
        int epoch = Mem.getUByte(from + 15);
        byte[] before = Mem.toArray(from, BucketLayout.SLOTS);
        long moving = random.nextLong() & BucketLayout.occupied(from);
        BucketLayout.separate(from, to, moving);
        for (int i = 0; i < BucketLayout.SLOTS; i++) {
          boolean moves = (slots(moving) >> i & 1) != 0;
          int fingerprint = before[i] & 0xff;
          assertThat(BucketLayout.fingerprint(from, i)).isEqualTo(moves ? 0 : fingerprint);
          assertThat(BucketLayout.fingerprint(to, i)).isEqualTo(moves ? fingerprint : 0);
        }
        assertThat(BucketLayout.overflow(from)).isZero();
        assertThat(BucketLayout.overflow(to)).isZero();
        assertThat(Mem.getUByte(from + 15)).isEqualTo(epoch);
        assertThat(Mem.getUByte(to + 15)).isEqualTo(epoch);
      }
    }
  }

  /// The set as bits 0..13.
  private static int slots(long set) {
    int bits = 0;
    for (long left = set; left != 0; left = BucketLayout.rest(left)) {
      bits |= 1 << BucketLayout.first(left);
    }
    return bits;
  }

  private static int equal(long bucket, int fingerprint) {
    int bits = 0;
    for (int i = 0; i < BucketLayout.SLOTS; i++) {
      bits |= BucketLayout.fingerprint(bucket, i) == fingerprint ? 1 << i : 0;
    }
    return bits;
  }
}
