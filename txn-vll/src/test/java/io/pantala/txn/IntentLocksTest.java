package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class IntentLocksTest {
  private final IntentLocks locks = new IntentLocks();

  private static Claims key(long lockKey, boolean exclusive) {
    Claims claims = new Claims();
    claims.add(lockKey, exclusive);
    return claims;
  }

  private static Claims shard(boolean exclusive) {
    Claims claims = new Claims();
    claims.addShard(exclusive);
    return claims;
  }

  @Test
  void conflictsAreThoseOfTheTable() {
    List<Claims> all = List.of(key(1, false), key(1, true), shard(false), shard(true));
    boolean[][] conflicts = {
      {false, true, false, true},
      {true, true, true, true},
      {false, true, false, true},
      {true, true, true, true}
    };
    for (int held = 0; held < 4; held++) {
      locks.acquire(all.get(held));
      for (int wanted = 0; wanted < 4; wanted++) {
        assertThat(locks.areFree(all.get(wanted)))
            .as("%d wants, %d is held", wanted, held)
            .isEqualTo(!conflicts[wanted][held]);
      }
      assertThat(locks.isFree(1, false)).isEqualTo(!conflicts[0][held]);
      assertThat(locks.isFree(1, true)).isEqualTo(!conflicts[1][held]);
      assertThat(locks.isFree(2, true)).isEqualTo(held < 2);
      locks.release(all.get(held));
      assertThat(locks.isEmpty()).isTrue();
    }
  }

  @Test
  void theSameKeyMayBeClaimedTwiceByOne() {
    Claims twice = key(5, true);
    twice.add(5, false);
    twice.add(5, true);
    assertThat(locks.areFree(twice)).isTrue();
    locks.acquire(twice);
    assertThat(locks.exclusiveCount(5)).isEqualTo(2);
    assertThat(locks.sharedCount(5)).isEqualTo(1);
    locks.release(twice);
    assertThat(locks.isEmpty()).isTrue();
  }

  @Test
  void growsAndShrinksAgain() {
    int smallest = locks.slots();
    Claims many = new Claims();
    for (int i = 0; i < 10_000; i++) {
      many.add(i * 0x100000000L, true);
    }
    locks.acquire(many);
    assertThat(locks.keyCount()).isEqualTo(10_000);
    assertThat(locks.slots()).isGreaterThan(20_000);
    locks.release(many);
    assertThat(locks.slots()).isEqualTo(smallest);
  }

  /// Many claims come and go; free or not is compared with a look at each one that is held.
  @Test
  void agreesWithAModel() {
    String given = System.getProperty("seed", "");
    long seed = given.isEmpty() ? 42 : Long.parseLong(given);
    SplittableRandom random = new SplittableRandom(seed);
    List<Claims> held = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      if (held.isEmpty() || random.nextInt(held.size() + 30) < 30) {
        Claims wanted = RandomClaims.draw(random, 300);
        boolean free = held.stream().noneMatch(one -> RandomClaims.conflict(one, wanted));
        assertThat(locks.areFree(wanted)).as("seed %d", seed).isEqualTo(free);
        locks.acquire(wanted);
        held.add(wanted);
      } else {
        locks.release(held.remove(random.nextInt(held.size())));
      }
    }
    held.forEach(locks::release);
    assertThat(locks.isEmpty()).isTrue();
    assertThat(locks.keyCount()).isZero();
  }
}
