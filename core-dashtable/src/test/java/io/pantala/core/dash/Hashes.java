package io.pantala.core.dash;

import java.util.random.RandomGenerator;

/// Hashes that force the rare paths of the table.
enum Hashes {
  /// As a good hash gives them.
  EVEN {
    @Override
    long draw(RandomGenerator random) {
      return random.nextLong();
    }
  },
  /// Three neighbouring home buckets, across the end of the ring: displacement, stash, lopsided
  /// splits.
  FEW_HOMES {
    @Override
    long draw(RandomGenerator random) {
      long place = (65_536L - 2_000 + random.nextInt(3_500)) & 0xffff;
      return (random.nextLong() & ~0xffffL) | place;
    }
  },
  /// 20 equal directory bits: a trie of three levels, splits that hash keys again.
  DEEP {
    @Override
    long draw(RandomGenerator random) {
      return (random.nextLong() & ~(0xfffffL << 28)) | (0xabcdeL << 28);
    }
  },
  /// Four deep places and a few even hashes beside them.
  CLUSTERS {
    @Override
    long draw(RandomGenerator random) {
      long h = random.nextLong();
      long cluster = (random.nextInt(5) * 0x5_1234_5000L) << 12;
      return cluster == 0 ? h : (h & ~(0x1ffffffL << 23)) | (cluster & (0x1ffffffL << 23));
    }
  },
  /// 256 different fingerprints and homes at most, in 12 directory bits.
  COLLIDING {
    @Override
    long draw(RandomGenerator random) {
      return (random.nextLong() & (0xfffL << 36)) | (random.nextInt(256) << 8);
    }
  };

  abstract long draw(RandomGenerator random);
}
