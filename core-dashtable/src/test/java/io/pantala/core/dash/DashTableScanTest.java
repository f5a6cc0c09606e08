package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NativeMemoryCheck.class)
final class DashTableScanTest {
  private static final int SCANS = 6;

  @Test
  void anEmptyTableEndsAtOnce() {
    try (TestTable test = new TestTable()) {
      assertThat(test.table.scan(0, record -> {})).isZero();
    }
  }

  /// Any number a client sends is a cursor: it must neither fail nor loop for ever.
  @Test
  void acceptsForeignCursors() {
    Random random = new Random(Seed.value());
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < 2_000; i++) {
        test.insert(random.nextLong(), i, -1);
      }
      for (int i = 0; i < 2_000; i++) {
        long cursor = random.nextLong() >>> random.nextInt(64);
        long next = test.table.scan(cursor, record -> {});
        assertThat(next == 0 || next > cursor).isTrue();
      }
    }
  }

  @Test
  void aTableAtRestShowsEachRecordOnce() {
    Random random = new Random(Seed.value());
    try (TestTable test = new TestTable()) {
      List<Long> seen = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        test.insert(random.nextLong(), i, -1);
      }
      long cursor = 0;
      do {
        cursor = test.table.scan(cursor, record -> seen.add(TestTable.id(record)));
      } while (cursor != 0);
      assertThat(seen).hasSize(20_000).doesNotHaveDuplicates();
    }
  }

  /// Records that stay from the first step to the last are all shown, while others come and go by
  /// the thousand between the steps.
  @ParameterizedTest
  @EnumSource
  void showsWhatStaysWhileTheTableGrowsAndShrinks(Hashes hashes) {
    Seed.run(seed -> scanWhileChanging(new Random(seed), hashes));
  }

  private record Item(long h, long id) {}

  private static void scanWhileChanging(Random random, Hashes hashes) {
    try (TestTable test = new TestTable()) {
      List<Item> passing = new ArrayList<>();
      Set<Long> staying = new HashSet<>();
      long id = 0;
      for (int i = 0; i < 400; i++) {
        staying.add(id);
        test.insert(hashes.draw(random), id++, -1);
      }
      int splits = 0;
      for (int scan = 0; scan < SCANS; scan++) {
        Set<Long> seen = new HashSet<>();
        long cursor = 0;
        do {
          cursor = test.table.scan(cursor, record -> seen.add(TestTable.id(record)));
          long bytes = test.table.bytes();
          id = change(test, random, hashes, passing, id);
          splits += test.table.bytes() != bytes ? 1 : 0;
        } while (cursor != 0);
        assertThat(seen).containsAll(staying);
      }
      assertThat(splits).isGreaterThan(SCANS);
    }
  }

  private static long change(
      TestTable test, Random random, Hashes hashes, List<Item> passing, long firstId) {
    long id = firstId;
    int target = random.nextInt(8) == 0 ? random.nextInt(5_000) : passing.size();
    while (passing.size() < target) {
      Item item = new Item(hashes.draw(random), id++);
      test.insert(item.h, item.id, -1);
      passing.add(item);
    }
    while (passing.size() > target) {
      Item item = passing.removeLast();
      test.erase(item.h, item.id);
    }
    return id;
  }
}
