package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ContentionTest {
  /// It may see a conflict that is none, but seldom; it never misses one.
  @Test
  void missesNoConflict() {
    SplittableRandom random = new SplittableRandom(7);
    Contention contention = new Contention();
    int free = 0;
    int seenAsFree = 0;
    for (int round = 0; round < 20_000; round++) {
      contention.clear();
      List<Claims> before = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        Claims claims = RandomClaims.draw(random, 100);
        contention.add(claims);
        before.add(claims);
      }
      Claims wanted = RandomClaims.draw(random, 100);
      boolean conflicts = before.stream().anyMatch(one -> RandomClaims.conflict(one, wanted));
      assertThat(!conflicts || contention.blocks(wanted)).as("round %d", round).isTrue();
      free += conflicts ? 0 : 1;
      seenAsFree += contention.blocks(wanted) ? 0 : 1;
    }
    assertThat(seenAsFree).isGreaterThan(free * 9 / 10);
  }

  @Test
  void manyKeysCountAsTheWholeShard() {
    Contention contention = new Contention();
    Claims many = new Claims();
    for (int i = 0; i < 1000; i++) {
      many.add(i, false);
    }
    contention.add(many);
    Claims one = new Claims();
    one.add(5000, false);
    assertThat(contention.blocks(one)).isTrue();
    contention.clear();
    assertThat(contention.blocks(one)).isFalse();
    assertThat(contention.blocks(many)).isFalse();
    contention.add(one);
    assertThat(contention.blocks(many)).isTrue();
  }
}
