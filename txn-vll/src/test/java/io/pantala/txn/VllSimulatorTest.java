package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Thousands of small histories under random orders of messages: strictly serializable, all ended,
/// nothing left behind. `-Dseed=` replays one, `-Dseconds=` runs for longer.
final class VllSimulatorTest {
  private static final int SEEDS = 12_000;
  private static final int SEEDS_TO_FIND_A_BUG = 5_000;

  @Test
  void everyHistoryIsStrictlySerializable() {
    String seed = System.getProperty("seed", "");
    if (!seed.isEmpty()) {
      replay(Long.parseLong(seed));
      return;
    }
    String seconds = System.getProperty("seconds", "");
    long until =
        seconds.isEmpty() ? 0 : System.nanoTime() + Long.parseLong(seconds) * 1_000_000_000L;
    long retries = 0;
    long reservations = 0;
    for (long s = 0; s < SEEDS || (until != 0 && System.nanoTime() < until); s++) {
      Simulation simulation = simulation(s, false);
      try {
        simulation.run();
      } catch (AssertionError | RuntimeException e) {
        replay(s);
        throw e;
      }
      retries += simulation.retries();
      reservations += simulation.reservations();
    }
    assertThat(retries).as("refusals are exercised").isGreaterThan(SEEDS / 100);
    assertThat(reservations).as("reservations are exercised").isGreaterThan(SEEDS / 1000);
  }

  /// Rules that are broken on purpose: the simulation must notice.
  enum Bug {
    ACCEPTS_BELOW_TAIL,
    STARTS_BEFORE_DUE,
    RELEASES_BEFORE_LAST_HOP,
    INLINES_BLINDLY;

    SchedulingRules rules() {
      return new SchedulingRules(
          this != ACCEPTS_BELOW_TAIL,
          this != STARTS_BEFORE_DUE,
          this != RELEASES_BEFORE_LAST_HOP,
          true,
          1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsPlantedBugs(Bug bug) {
    for (long seed = 0; seed < SEEDS_TO_FIND_A_BUG; seed++) {
      Simulation broken = new Simulation(seed, bug.rules(), bug == Bug.INLINES_BLINDLY, false);
      try {
        broken.run();
      } catch (AssertionError found) {
        System.out.println(bug + " found by seed " + seed + ": " + found.getMessage());
        return;
      }
    }
    throw new AssertionError(bug + " not found");
  }

  private static Simulation simulation(long seed, boolean isTraced) {
    boolean analyses = seed % 5 != 0;
    int retries = (int) (seed % 3);
    return new Simulation(
        seed, new SchedulingRules(true, true, true, analyses, retries), false, isTraced);
  }

  private static void replay(long seed) {
    Simulation traced = simulation(seed, true);
    try {
      traced.run();
    } catch (AssertionError | RuntimeException e) {
      System.out.println(String.join("\n", traced.history.log()));
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
