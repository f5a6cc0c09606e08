package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class DashTableExpireTest {
  private static final int ITEMS = 10_000;
  private static final int WHOLE_SEGMENT = 1_000;

  private final Random random = new Random(Seed.value());
  private final Set<Long> reported = new HashSet<>();

  @Test
  void aRoundReportsWhatIsOverAndNothingElse() {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < ITEMS; i++) {
        test.insert(random.nextLong(), i, i % 2 == 0 ? i : -1);
      }
      int calls = round(test, 5_000, 300);
      assertThat(calls).isGreaterThan(10);
      assertThat(reported).hasSize(2_501);
      assertThat(reported).allMatch(id -> id % 2 == 0 && id <= 5_000);
      assertThat(test.table.size()).isEqualTo(ITEMS - 2_501);
      TableInvariants.check(test);
      reported.clear();
      round(test, Long.MAX_VALUE - 1, WHOLE_SEGMENT);
      assertThat(test.table.size()).isEqualTo(ITEMS / 2);
      TableInvariants.check(test);
    }
  }

  @Test
  void erasingInsideTheWalkShrinksTheTable() {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < ITEMS; i++) {
        test.insert(random.nextLong(), i, 1);
      }
      round(test, 1, 100);
      assertThat(test.table.size()).isZero();
      assertThat(test.table.bytes()).isEqualTo(ShardMemory.blockBytes(SegmentLayout.BYTES));
    }
  }

  /// After one whole round a segment whose first deadline is far away costs one step.
  @Test
  void passesOverSegmentsThatHoldNothingOver() {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < ITEMS; i++) {
        test.insert(random.nextLong(), i, i % 10 == 0 ? 1 : 1_000_000);
      }
      round(test, 1, WHOLE_SEGMENT);
      assertThat(reported).hasSize(ITEMS / 10);
      reported.clear();
      assertThat(round(test, 1, WHOLE_SEGMENT)).isEqualTo(1);
      assertThat(reported).isEmpty();
      assertThat(round(test, 1_000_000, WHOLE_SEGMENT)).isGreaterThan(10);
      assertThat(test.table.size()).isZero();
    }
  }

  @Test
  void aRecordLeftAloneIsReportedAgain() {
    try (TestTable test = new TestTable()) {
      test.insert(7, 7, 10);
      for (int i = 0; i < 3; i++) {
        long next = test.table.expire(0, 10, WHOLE_SEGMENT, (h, slot) -> reported.add(h));
        assertThat(next).isZero();
        assertThat(reported).containsExactly(7L);
        reported.clear();
      }
    }
  }

  @Test
  void aNewDeadlineCountsAfterReplace() {
    try (TestTable test = new TestTable()) {
      long record = test.insert(7, 7, 1_000);
      test.table.expire(0, 10, WHOLE_SEGMENT, (h, slot) -> reported.add(h));
      RecordLayout.setDeadline(record, 5);
      test.table.replace(7, test.find(7, 7), record);
      test.table.expire(0, 10, WHOLE_SEGMENT, (h, slot) -> reported.add(h));
      assertThat(reported).containsExactly(7L);
    }
  }

  /// Returns how many calls one round took.
  private int round(TestTable test, long nowMs, int work) {
    int calls = 0;
    long cursor = 0;
    do {
      cursor =
          test.table.expire(
              cursor,
              nowMs,
              work,
              (h, slot) -> {
                long record = DashTable.record(slot);
                reported.add(TestTable.id(record));
                test.table.erase(h, slot);
                test.freeRecord(record);
              });
      calls++;
    } while (cursor != 0);
    return calls;
  }
}
