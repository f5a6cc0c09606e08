package io.pantala.core.dash;

/// The seed of a random test: `-Dseed=` or a fixed one. A failure carries it.
final class Seed {
  private static final long DEFAULT = 20_261_120L;

  private Seed() {}

  static long value() {
    String given = System.getProperty("seed", "");
    return given.isBlank() ? DEFAULT : Long.parseLong(given);
  }

  /// Runs a test body and adds the seed to its failure.
  static void run(long seed, Runnable body) {
    try {
      body.run();
    } catch (Throwable t) {
      throw new AssertionError("failed with -Dseed=" + seed, t);
    }
  }
}
