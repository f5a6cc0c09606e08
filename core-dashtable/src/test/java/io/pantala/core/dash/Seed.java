package io.pantala.core.dash;

import java.util.function.LongConsumer;

/// The seed of a random test: `-Dseed=` or a fixed one. A failure names it.
final class Seed {
  private static final long DEFAULT = 20_261_120L;

  private Seed() {}

  static long value() {
    return property("seed", DEFAULT);
  }

  /// Runs the test with the seed, and with the seeds after it until `-Dseconds=` are over.
  static void run(LongConsumer test) {
    long end = System.nanoTime() + property("seconds", 0) * 1_000_000_000L;
    long seed = value();
    do {
      try {
        test.accept(seed);
      } catch (Throwable t) {
        throw new AssertionError("with -Dseed=" + seed, t);
      }
      seed++;
    } while (System.nanoTime() - end < 0);
  }

  private static long property(String name, long otherwise) {
    String given = System.getProperty(name, "");
    return given.isBlank() ? otherwise : Long.parseLong(given);
  }
}
