package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class RandomRecordTest {
  private static final int DRAWS_PER_ITEM = 50;

  private final Random random = new Random(Seed.value());

  /// Few items in one segment, and segments of different depths.
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 300, 1_300, 10_000})
  void allRecordsAreEquallyLikely(int items) {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < items; i++) {
        test.insert(random.nextLong(), i, -1);
      }
      assertEven(test, items);
    }
  }

  /// Three in five hashes begin with the same directory bit.
  @Test
  void recordsOfThinlyFilledSegmentsAreNotMoreLikely() {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < 4_000; i++) {
        long first = HashBits.directoryBit(0);
        test.insert((random.nextLong() & ~first) | (i % 5 < 2 ? first : 0), i, -1);
      }
      assertEven(test, 4_000);
    }
  }

  /// Chi-square within six standard deviations of its mean.
  private void assertEven(TestTable test, int items) {
    int[] drawn = new int[items];
    for (int i = 0; i < items * DRAWS_PER_ITEM; i++) {
      drawn[(int) TestTable.id(test.table.randomRecord(random))]++;
    }
    double sum = 0;
    for (int count : drawn) {
      double off = count - DRAWS_PER_ITEM;
      sum += off * off / DRAWS_PER_ITEM;
    }
    assertThat(Math.abs(sum - items + 1)).isLessThan(6 * Math.sqrt(2.0 * items));
  }

  @ParameterizedTest
  @EnumSource
  void findsARecordHoweverUnevenTheHashes(Hashes hashes) {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < 3_000; i++) {
        test.insert(hashes.draw(random), i, -1);
        long id = TestTable.id(test.table.randomRecord(random));
        assertThat(id).isBetween(0L, (long) i);
      }
    }
  }

  /// 84 items in one corner of a directory that is 28 bits deep and empty elsewhere.
  @Test
  void findsTheOnlyCornerThatHoldsRecords() {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < 85; i++) {
        test.insert(0x1234_5678_0000L ^ (i == 84 ? 1L << 20 : 0), i, -1);
      }
      assertThat(SegmentLayout.depth(test.table.directory().segment(0x1234_5678_0000L)))
          .isEqualTo(28);
      for (int i = 0; i < 1_000; i++) {
        assertThat(TestTable.id(test.table.randomRecord(random))).isBetween(0L, 84L);
      }
    }
  }
}
