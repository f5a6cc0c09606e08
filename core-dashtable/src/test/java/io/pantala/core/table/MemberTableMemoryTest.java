package io.pantala.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What tables take from the memory, and that they are whole when it has none left.
@ExtendWith(NativeMemoryCheck.class)
final class MemberTableMemoryTest {
  private static final int MEMBERS = 2_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 640, 641, 900, 1_500})
  void withoutMemoryNothingChanges(int before) {
    try (TestMembers test = new TestMembers(MemberKind.FIELD)) {
      for (int i = 0; i < before; i++) {
        test.put("field:" + i, "a value");
      }
      test.scarce.exhaust(64, 0);
      int failed = 0;
      int size = before;
      for (int i = 0; i < MEMBERS && failed < 50; i++) {
        String field = "more:" + i;
        long bytes = test.table.bytes(test.root);
        Throwable thrown = catchThrowable(() -> test.put(field, "a value of another length"));
        if (thrown == null) {
          size++;
        } else {
          assertThat(thrown).isSameAs(MemoryExhausted.INSTANCE);
          failed++;
          assertThat(test.find(field)).isZero();
          assertThat(test.table.bytes(test.root)).isGreaterThanOrEqualTo(bytes);
        }
      }
      assertThat(failed).isEqualTo(50);
      assertThat(MemberTable.size(test.root)).isEqualTo(size);
      TableInvariants.check(test.table, test.root);
      for (int i = 0; i < before; i++) {
        assertThat(test.value(test.find("field:" + i))).isEqualTo("a value");
        assertThat(test.remove("field:" + i)).isTrue();
      }
      TableInvariants.check(test.table, test.root);
      test.scarce.relax();
    }
  }

  @Test
  void aCopyWithoutMemoryLeavesNothing() {
    try (TestMembers test = new TestMembers(MemberKind.SET);
        NativeBuffer image = new NativeBuffer()) {
      for (int i = 0; i < MEMBERS; i++) {
        test.add("member:" + i);
      }
      test.table.writeImage(test.root, image);
      test.scarce.exhaust(16, MEMBERS / 2);
      long used = test.scarce.memory.used();
      assertThat(catchThrowable(() -> test.table.copy(test.root)))
          .isSameAs(MemoryExhausted.INSTANCE);
      assertThat(catchThrowable(() -> test.table.ofImage(image.address(), image.position())))
          .isSameAs(MemoryExhausted.INSTANCE);
      assertThat(test.scarce.memory.used()).isEqualTo(used);
      test.scarce.relax();
    }
  }

  /// Beyond the bytes of the member; redis-server 7.0.15 takes 50 to 60.
  @ParameterizedTest
  @EnumSource(names = {"SET", "FIELD"})
  void membersAreCompact(MemberKind kind) {
    try (TestMembers test = new TestMembers(kind)) {
      int payload = 0;
      for (int i = 0; i < 20_000; i++) {
        if (kind.hasValues()) {
          test.put("0123456789a%05d".formatted(i), "0123456789abcdef");
          payload += 32;
        } else {
          test.add("m:%08d".formatted(i));
          payload += 10;
        }
      }
      double beyond = (test.table.bytes(test.root) - payload) / 20_000.0;
      assertThat(beyond).isLessThan(20);
    }
  }

  @Test
  void integersTakeNoBlocks() {
    SplittableRandom random = new SplittableRandom(1);
    try (TestMembers test = new TestMembers(MemberKind.SET)) {
      for (int i = 0; i < 20_000; i++) {
        test.add(Integer.toString(random.nextInt()));
      }
      assertThat(test.table.bytes(test.root) / 20_000.0).isLessThan(14);
    }
  }

  @Test
  void aTableOfOneMemberIsSmall() {
    try (TestMembers test = new TestMembers(MemberKind.SET)) {
      test.add("member");
      assertThat(test.table.bytes(test.root)).isEqualTo(72 + 64 + 8);
    }
  }

  @Test
  void aTableThatShrinksGivesItsMemoryBack() {
    try (TestMembers test = new TestMembers(MemberKind.SET)) {
      for (int i = 0; i < 20_000; i++) {
        test.add("member" + i);
      }
      for (int i = 3; i < 20_000; i++) {
        test.remove("member" + i);
      }
      TableInvariants.check(test.table, test.root);
      assertThat(test.table.bytes(test.root)).isLessThan(1_000);
    }
  }

  /// After most of many sets are gone, the blocks of the others are moved together.
  @Test
  void compactionMovesSegmentsAndMembers() {
    try (TestMembers test = new TestMembers(MemberKind.SET)) {
      for (int i = 0; i < 300_000; i++) {
        test.add("a member of some length " + i);
      }
      for (int i = 0; i < 300_000; i++) {
        if (i % 8 != 0) {
          test.remove("a member of some length " + i);
        }
      }
      long mapped = test.scarce.memory.mapped();
      for (int pass = 0; pass < 3; pass++) {
        test.root = test.table.compactRoot(test.root);
        long cursor = 0;
        do {
          cursor = test.table.compactSlice(test.root, cursor, 500);
        } while (cursor != 0);
      }
      assertThat(test.scarce.memory.mapped()).isLessThan(mapped);
      TableInvariants.check(test.table, test.root);
      assertThat(test.find("a member of some length 800")).isNotZero();
    }
  }

  /// All members are drawn, none much more often than the others.
  @ParameterizedTest
  @ValueSource(ints = {5, 900, 3_000})
  void randomMembersAreEven(int members) {
    SplittableRandom random = new SplittableRandom(1);
    int each = 200;
    try (TestMembers test = new TestMembers(MemberKind.SET)) {
      for (int i = 0; i < members; i++) {
        test.add(Integer.toString(i));
      }
      int[] drawn = new int[members];
      for (int i = 0; i < members * each; i++) {
        drawn[Integer.parseInt(test.member(test.table.random(test.root, random)))]++;
      }
      double chiSquare = 0;
      for (int count : drawn) {
        chiSquare += Math.pow(count - each, 2) / each;
      }
      // Mean n - 1, deviation sqrt(2 n): six of them.
      assertThat(chiSquare).isLessThan(members + 6 * Math.sqrt(2.0 * members));
    }
  }
}
