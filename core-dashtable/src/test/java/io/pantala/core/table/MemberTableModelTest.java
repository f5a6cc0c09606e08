package io.pantala.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.TestSeed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random operations on a table and on a plain map of the same members; they must agree, and the
/// table's invariants must hold.
@ExtendWith(NativeMemoryCheck.class)
final class MemberTableModelTest {
  private static final int OPERATIONS = 25_000;
  private static final int CHECK_EVERY = 2_500;
  private static final int MOST_MEMBERS = 3_000;

  private record Content(String value, long deadline) {}

  private static final class Run {
    final TestMembers test;
    final MemberKind kind;
    final SplittableRandom random;
    final Map<String, Content> model = new HashMap<>();
    final List<String> order = new ArrayList<>();

    /// What a scan that is under way must still show, and has shown.
    final Set<String> stable = new HashSet<>();

    final Set<String> shown = new HashSet<>();
    long scanCursor;
    long compactCursor;
    long expireCursor;
    long now = 1_000_000;
    boolean growing = true;
    int target = MOST_MEMBERS;

    Run(SplittableRandom random, MemberKind kind, int splitMembers) {
      this.random = random;
      this.kind = kind;
      test = new TestMembers(kind, splitMembers);
    }

    void step() {
      if (growing ? model.size() >= target : model.size() <= target) {
        growing = !growing;
        target = growing ? model.size() + random.nextInt(MOST_MEMBERS) : random.nextInt(40);
      }
      int draw = random.nextInt(1_000);
      if (draw < (growing ? 650 : 150)) {
        put();
      } else if (draw < 750) {
        remove();
      } else if (draw < 850) {
        find();
      } else if (draw < 900) {
        deadline();
      } else if (draw < 990) {
        scanStep();
      } else if (draw < 995) {
        expireSlice();
      } else {
        compactCursor = test.table.compactSlice(test.root, compactCursor, 100);
        test.root = test.table.compactRoot(test.root);
      }
    }

    void put() {
      String member = TestMembers.drawMember(random);
      String value = kind.hasValues() ? TestMembers.drawValue(random) : "";
      Content old = model.get(member);
      boolean isNew = kind.hasValues() ? test.put(member, value) : test.add(member);
      assertThat(isNew).isEqualTo(old == null);
      model.put(member, new Content(value, old == null ? -1 : old.deadline));
      if (isNew) {
        order.add(member);
      }
    }

    void remove() {
      String member = order.isEmpty() ? "absent" : order.get(random.nextInt(order.size()));
      if (random.nextInt(8) == 0) {
        member = TestMembers.drawMember(random);
      }
      assertThat(test.remove(member)).isEqualTo(model.containsKey(member));
      forget(member);
    }

    void forget(String member) {
      if (model.remove(member) != null) {
        stable.remove(member);
        int at = order.indexOf(member);
        String last = order.removeLast();
        if (at < order.size()) {
          order.set(at, last);
        }
      }
    }

    void find() {
      String member = TestMembers.drawMember(random);
      checkMember(member, test.find(member));
      if (model.isEmpty()) {
        assertThat(test.table.random(test.root, random)).isZero();
      } else {
        long slot = test.table.random(test.root, random);
        checkMember(test.member(slot), slot);
        assertThat(model).containsKey(test.member(slot));
      }
    }

    void checkMember(String member, long slot) {
      Content content = model.get(member);
      assertThat(slot != 0).isEqualTo(content != null);
      if (content != null) {
        assertThat(test.member(slot)).isEqualTo(member);
        assertThat(test.table.memberLength(slot)).isEqualTo(member.length());
        assertThat(MemberTable.deadline(slot)).isEqualTo(content.deadline);
        if (kind.hasValues()) {
          assertThat(test.value(slot)).isEqualTo(content.value);
        }
      }
    }

    void deadline() {
      if (!order.isEmpty()) {
        String member = order.get(random.nextInt(order.size()));
        long deadline = random.nextInt(3) == 0 ? -1 : now + random.nextInt(20_000);
        long slot = test.find(member);
        test.table.setDeadline(test.root, slot, deadline);
        assertThat(test.find(member)).isEqualTo(slot);
        model.put(member, new Content(content(member).value, deadline));
      }
    }

    Content content(String member) {
      return Objects.requireNonNull(model.get(member));
    }

    void scanStep() {
      if (scanCursor == 0) {
        stable.addAll(model.keySet());
        shown.clear();
      }
      scanCursor = test.table.scan(test.root, scanCursor, slot -> shown.add(test.member(slot)));
      if (scanCursor == 0) {
        assertThat(shown).containsAll(stable);
        stable.clear();
      }
    }

    void expireSlice() {
      now += random.nextInt(2_000);
      List<String> gone = new ArrayList<>();
      expireCursor =
          test.table.expire(test.root, expireCursor, now, 500, slot -> gone.add(test.member(slot)));
      for (String member : gone) {
        assertThat(content(member).deadline).isBetween(0L, now);
        forget(member);
      }
    }

    void check() {
      TableInvariants.check(test.table, test.root);
      assertThat(test.scarce.memory.used()).isEqualTo(test.table.bytes(test.root));
      assertThat(MemberTable.size(test.root)).isEqualTo(model.size());
      Set<String> seen = new HashSet<>();
      long cursor = 0;
      do {
        cursor =
            test.table.scan(
                test.root, cursor, slot -> assertThat(seen.add(test.member(slot))).isTrue());
      } while (cursor != 0);
      assertThat(seen).isEqualTo(model.keySet());
    }

    void finish() {
      check();
      for (boolean byImage : new boolean[] {true, false}) {
        test.becomeCopy(byImage);
        check();
      }
      model.forEach((member, content) -> checkMember(member, test.find(member)));
      expireCursor = 0;
      now += 1_000_000;
      do {
        expireSlice();
      } while (expireCursor != 0);
      assertThat(MemberTable.expiring(test.root)).isZero();
      check();
      test.close();
    }
  }

  /// As many segments as to need more bits of the hash than the slots hold.
  @Test
  void splitsByBitsThatOnlyTheMembersGive() {
    int members = 40_000;
    try (TestMembers test = new TestMembers(MemberKind.FIELD, 1)) {
      for (int i = 0; i < members; i++) {
        assertThat(test.put("field" + i, "")).isTrue();
      }
      assertThat(TableLayout.segments(test.root))
          .isGreaterThan(1 << (MemberHash.TAGGED_DIRECTORY_BITS + 1));
      TableInvariants.check(test.table, test.root);
      for (int i = 0; i < members; i++) {
        assertThat(test.remove("field" + i)).isTrue();
      }
      assertThat(TableLayout.segments(test.root)).isEqualTo(1);
      TableInvariants.check(test.table, test.root);
    }
  }

  @ParameterizedTest
  @CsvSource({"SET, 640", "SET, 1", "FIELD, 640", "FIELD, 8"})
  void agreesWithAMap(MemberKind kind, int splitMembers) {
    TestSeed.run(
        random -> {
          Run run = new Run(random, kind, splitMembers);
          for (int i = 0; i < OPERATIONS; i++) {
            run.step();
            if (i % CHECK_EVERY == 0) {
              run.check();
            }
          }
          run.finish();
        });
  }
}
