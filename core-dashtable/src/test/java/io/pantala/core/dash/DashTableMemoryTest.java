package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NativeMemoryCheck.class)
final class DashTableMemoryTest {
  private static final int ITEMS = 10_000;

  private final Random random = new Random(Seed.value());

  @Test
  void belongsToTheThreadOfItsMemory() throws InterruptedException {
    try (TestTable test = new TestTable()) {
      test.insert(1, 1, -1);
      Throwable[] thrown = new Throwable[1];
      Thread other =
          new Thread(
              () -> {
                try {
                  test.table.find(1, 0, 0);
                } catch (AssertionError e) {
                  thrown[0] = e;
                }
              });
      other.start();
      other.join();
      assertThat(thrown[0]).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void anEmptyTableOwnsNothing() {
    try (TestTable test = new TestTable()) {
      assertThat(test.table.bytes()).isZero();
      assertThat(test.find(1, 1)).isZero();
      assertThat(test.table.randomRecord(random)).isZero();
      assertThat(test.table.expire(0, Long.MAX_VALUE, 100, (h, slot) -> {})).isZero();
      assertThat(test.table.relocate(0, 100, record -> record)).isZero();
      assertThat(test.table.clearSlice(1, record -> {})).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void followsItsItemsBackToOneSegment(Hashes hashes) {
    try (TestTable test = new TestTable()) {
      long[] inserted = new long[ITEMS];
      for (int i = 0; i < ITEMS; i++) {
        inserted[i] = hashes.draw(random);
        test.insert(inserted[i], i, -1);
      }
      long full = test.table.bytes();
      for (int i = 0; i < ITEMS * 9 / 10; i++) {
        test.erase(inserted[i], i);
      }
      TableInvariants.check(test);
      if (hashes == Hashes.EVEN) {
        assertThat(test.table.bytes()).isLessThan(full / 3);
      }
      for (int i = ITEMS * 9 / 10; i < ITEMS; i++) {
        test.erase(inserted[i], i);
      }
      TableInvariants.check(test);
      assertThat(test.table.bytes()).isEqualTo(ShardMemory.blockBytes(SegmentLayout.BYTES));
      assertThat(test.table.clearSlice(1, record -> {})).isTrue();
      assertThat(test.table.bytes()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void clearsInSlices(Hashes hashes) {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < ITEMS; i++) {
        test.insert(hashes.draw(random), i, -1);
      }
      int slices = 0;
      boolean done;
      do {
        long before = test.table.size();
        done = test.table.clearSlice(1, test::freeRecord);
        assertThat(before - test.table.size()).isLessThanOrEqualTo(SegmentLayout.SLOTS);
        TableInvariants.check(test);
        slices++;
      } while (!done);
      assertThat(slices).isGreaterThan(1);
      assertThat(test.table.bytes()).isZero();
      test.insert(5, 5, -1);
      assertThat(test.find(5, 5)).isNotZero();
    }
  }

  @Test
  void clearsWhatIsInsertedBetweenSlicesToo() {
    try (TestTable test = new TestTable()) {
      for (int i = 0; i < ITEMS; i++) {
        test.insert(random.nextLong(), i, -1);
      }
      for (int i = 0; i < 8; i++) {
        assertThat(test.table.clearSlice(1, test::freeRecord)).isFalse();
        test.insert(random.nextLong(), ITEMS + i, -1);
        TableInvariants.check(test);
      }
      test.clear();
      assertThat(test.table.size()).isZero();
      assertThat(test.table.bytes()).isZero();
    }
  }

  /// What few items are left after a mass deletion lies scattered over all chunks until relocation
  /// has moved the records together.
  @Test
  void relocationGivesChunksBack() {
    try (TestTable test = new TestTable()) {
      test.valueBytes = 100;
      long[] hashes = new long[200_000];
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = random.nextLong();
        test.insert(hashes[i], i, -1);
      }
      for (int i = 0; i < hashes.length; i++) {
        if (i % 40 != 0) {
          test.erase(hashes[i], i);
        }
      }
      long before = test.memory.mapped();
      for (int round = 0; round < 3; round++) {
        long cursor = 0;
        do {
          cursor = test.table.relocate(cursor, 1_000, record -> moveIfSparse(test, record));
        } while (cursor != 0);
        TableInvariants.check(test);
      }
      assertThat(test.memory.mapped()).isLessThanOrEqualTo(before / 2);
      for (int i = 0; i < hashes.length; i += 40) {
        assertThat(test.find(hashes[i], i)).isNotZero();
      }
    }
  }

  /// Segments that took the holes between other blocks move together once those are gone.
  @Test
  void relocationMovesSegments() {
    try (TestTable test = new TestTable()) {
      long[] others = new long[1_024];
      for (int i = 0; i < others.length; i++) {
        others[i] = test.memory.allocate(SegmentLayout.BYTES, MemoryUse.VALUE);
      }
      for (int i = 0; i < others.length; i += 8) {
        test.memory.free(others[i], SegmentLayout.BYTES, MemoryUse.VALUE);
      }
      for (int i = 0; i < 40_000; i++) {
        test.insert(random.nextLong(), i, -1);
      }
      for (int i = 0; i < others.length; i++) {
        if (i % 8 != 0) {
          test.memory.free(others[i], SegmentLayout.BYTES, MemoryUse.VALUE);
        }
      }
      int before = sparseSegments(test);
      for (long cursor = test.table.relocate(0, 100, record -> record); cursor != 0; ) {
        cursor = test.table.relocate(cursor, 100, record -> record);
      }
      TableInvariants.check(test);
      assertThat(before).isGreaterThan(20);
      assertThat(sparseSegments(test)).isLessThan(before / 4);
    }
  }

  private static int sparseSegments(TestTable test) {
    int sparse = 0;
    for (long prefix = 0; prefix < HashBits.PREFIXES; ) {
      long segment = test.table.directory().segment(HashBits.ofPrefix(prefix));
      sparse += test.memory.isSparse(segment, SegmentLayout.BYTES) ? 1 : 0;
      prefix = SegmentLayout.prefixEnd(segment);
    }
    return sparse;
  }

  private static long moveIfSparse(TestTable test, long record) {
    if (!test.memory.isSparse(record, RecordLayout.blockBytes(record))) {
      return record;
    }
    long moved = test.newRecord(TestTable.hash(record), TestTable.id(record), -1);
    test.freeRecord(record);
    return moved;
  }

  @Test
  void withoutRoomForASegmentTheTableStaysAsItWas() {
    assertThat(exhaustedInserts(0)).isGreaterThan(20);
  }

  /// A split that gets its segment but not the directory node it needs gives the segment back.
  @Test
  void withoutRoomForANodeTheTableStaysAsItWas() {
    assertThat(exhaustedInserts(1)).isGreaterThan(3);
  }

  /// Inserts with no room for nodes and for so many segments; one that fails is done again when
  /// there is room. Returns how many failed.
  private int exhaustedInserts(int spareSegments) {
    int failures = 0;
    try (TestTable test = new TestTable()) {
      long[] records = new long[6_000];
      for (int i = 0; i < records.length; i++) {
        records[i] = test.newRecord(Hashes.CLUSTERS.draw(random), i, -1);
      }
      exhaust(test, spareSegments);
      for (long record : records) {
        long h = TestTable.hash(record);
        long bytes = test.table.bytes();
        if (fails(test, h, record)) {
          failures++;
          test.scarce.relax();
          test.table.insert(h, record);
          exhaust(test, spareSegments);
        } else if (test.table.bytes() != bytes) {
          test.scarce.relax();
          exhaust(test, spareSegments);
        }
        assertThat(DashTable.record(test.find(h, TestTable.id(record)))).isEqualTo(record);
      }
      TableInvariants.check(test);
      test.scarce.relax();
    }
    return failures;
  }

  private static void exhaust(TestTable test, int spareSegments) {
    test.scarce.exhaust(SegmentLayout.BYTES, spareSegments);
    test.scarce.exhaust(Directory.NODE_BYTES, 0);
  }

  private static boolean fails(TestTable test, long h, long record) {
    long size = test.table.size();
    try {
      test.table.insert(h, record);
      return false;
    } catch (MemoryExhausted e) {
      assertThat(test.table.size()).isEqualTo(size);
      assertThat(test.find(h, TestTable.id(record))).isZero();
      TableInvariants.check(test);
      return true;
    }
  }

  /// The documented end: more keys than a segment holds that agree in all 32 directory bits.
  @Test
  void refusesMoreEqualHashesThanASegmentHolds() {
    try (TestTable test = new TestTable()) {
      int most = 2 * BucketLayout.SLOTS + SegmentLayout.STASH_BUCKETS * BucketLayout.SLOTS;
      for (int i = 0; i < most; i++) {
        test.insert(0x1234_5678_9abcL, i, -1);
      }
      long record = test.newRecord(0x1234_5678_9abcL, most, -1);
      assertThatThrownBy(() -> test.table.insert(0x1234_5678_9abcL, record))
          .isInstanceOf(MemoryExhausted.class);
      test.freeRecord(record);
      TableInvariants.check(test);
      for (int i = 0; i < most; i++) {
        assertThat(test.find(0x1234_5678_9abcL, i)).isNotZero();
      }
    }
  }
}
