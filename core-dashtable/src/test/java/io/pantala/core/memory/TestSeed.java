package io.pantala.core.memory;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The seed of a random test: `-Dseed=`, else a fixed one.
public final class TestSeed {
  private static final long DEFAULT = 20_261_120;

  private TestSeed() {}

  /// Runs the test, and names the seed when it fails.
  public static void run(Consumer<SplittableRandom> test) {
    long seed = Long.getLong("seed", DEFAULT);
    try {
      test.accept(new SplittableRandom(seed));
    } catch (Throwable t) {
      throw new AssertionError("with -Dseed=" + seed, t);
    }
  }
}
