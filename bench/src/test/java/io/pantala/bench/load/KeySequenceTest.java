package io.pantala.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class KeySequenceTest {
  private static final KeyRange RANGE = new KeyRange(100, 199);
  private static final int DRAWS = 10_000;

  private static long[] draw(KeyPattern pattern, KeyRange range, int count, long seed) {
    KeySequence keys = new KeySequence(pattern, range, seed);
    return LongStream.generate(keys::next).limit(count).toArray();
  }

  @Test
  void randomKeysCoverTheRangeEvenlyAndOnlyIt() {
    long[] keys = draw(KeyPattern.RANDOM, RANGE, DRAWS, 1);
    long[] counts = new long[100];
    for (long key : keys) {
      counts[(int) (key - 100)]++;
    }
    assertThat(LongStream.of(counts).min().orElseThrow()).isGreaterThan(50);
    assertThat(LongStream.of(counts).max().orElseThrow()).isLessThan(200);
  }

  @Test
  void sequentialKeysWalkUpAndStartAgain() {
    assertThat(draw(KeyPattern.SEQUENTIAL, new KeyRange(7, 9), 5, 1))
        .containsExactly(7, 8, 9, 7, 8);
  }

  @Test
  void gaussianKeysGatherInTheMiddle() {
    long[] keys = draw(KeyPattern.GAUSSIAN, RANGE, DRAWS, 1);
    assertThat(LongStream.of(keys).allMatch(key -> key >= 100 && key <= 199)).isTrue();
    double near = LongStream.of(keys).filter(k -> k >= 133 && k < 167).count();
    assertThat(near / DRAWS).isBetween(0.6, 0.75); // one deviation: 0.68
  }

  @Test
  void theSameSeedGivesTheSameKeys() {
    assertThat(draw(KeyPattern.RANDOM, RANGE, 50, 9))
        .isEqualTo(draw(KeyPattern.RANDOM, RANGE, 50, 9));
    assertThat(draw(KeyPattern.RANDOM, RANGE, 50, 9))
        .isNotEqualTo(draw(KeyPattern.RANDOM, RANGE, 50, 10));
  }

  @Test
  void partsCoverTheRangeWithoutOverlap() {
    KeyRange range = new KeyRange(5, 27);
    for (int parts = 1; parts <= 23; parts++) {
      long next = 5;
      for (int i = 0; i < parts; i++) {
        KeyRange part = range.part(i, parts);
        assertThat(part.first()).isEqualTo(next);
        next = part.last() + 1;
      }
      assertThat(next).isEqualTo(28);
    }
  }

  @Test
  void morePartsThanKeysRepeat() {
    assertThat(new KeyRange(1, 2).part(2, 3)).isEqualTo(new KeyRange(1, 1));
  }

  @Test
  void randomBitsReachBothEnds() {
    assertThat(RANGE.at(0)).isEqualTo(100);
    assertThat(RANGE.at(-1)).isEqualTo(199);
  }
}
