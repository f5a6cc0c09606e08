package io.pantala.bench.load;

import java.util.SplittableRandom;

/// Draws the keys of one connection, one after the other, for ever. Not thread safe; the same seed
/// gives the same keys.
final class KeySequence {
  private static final int DEVIATIONS_IN_RANGE = 6;

  private final KeyPattern pattern;
  private final KeyRange range;
  private final SplittableRandom random;
  private long next;

  /// @param range the keys of this connection: for [KeyPattern#PARALLEL] its own part
  KeySequence(KeyPattern pattern, KeyRange range, long seed) {
    this.pattern = pattern;
    this.range = range;
    this.random = new SplittableRandom(seed);
    this.next = range.first();
  }

  long next() {
    return switch (pattern) {
      case RANDOM -> range.at(random.nextLong());
      case GAUSSIAN -> gaussian();
      case SEQUENTIAL, PARALLEL -> step();
    };
  }

  private long step() {
    long key = next;
    next = key == range.last() ? range.first() : key + 1;
    return key;
  }

  private long gaussian() {
    double middle = (range.first() + (double) range.last()) / 2;
    double deviation = (double) range.count() / DEVIATIONS_IN_RANGE;
    while (true) {
      long key = Math.round(middle + random.nextGaussian() * deviation);
      if (key >= range.first() && key <= range.last()) {
        return key;
      }
    }
  }
}
