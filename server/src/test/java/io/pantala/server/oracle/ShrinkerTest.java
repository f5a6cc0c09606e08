package io.pantala.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {
  private static final List<Integer> HISTORY = IntStream.range(0, 1000).boxed().toList();

  @Test
  void keepsWhatIsNeededAndNothingElse() {
    List<Integer> needed = List.of(3, 500, 501, 998);
    Shrinker<Integer> shrinker = new Shrinker<>(part -> part.containsAll(needed), 1000);
    assertThat(shrinker.shrink(HISTORY)).isEqualTo(needed);
  }

  @Test
  void keepsAFailingHistoryWhenItsTriesEnd() {
    Shrinker<Integer> shrinker = new Shrinker<>(part -> part.contains(7), 5);
    assertThat(shrinker.shrink(HISTORY)).contains(7).hasSizeLessThan(HISTORY.size());
  }

  @Test
  void oneElementStays() {
    Shrinker<Integer> shrinker = new Shrinker<>(part -> part.size() > 0, 1000);
    assertThat(shrinker.shrink(HISTORY)).hasSize(1);
  }
}
