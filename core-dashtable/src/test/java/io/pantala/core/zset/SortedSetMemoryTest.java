package io.pantala.core.zset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pantala.core.dash.KeyHash;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What sorted sets take from the memory, and that they are whole when it has none left.
@ExtendWith(NativeMemoryCheck.class)
final class SortedSetMemoryTest {
  private static final int MEMBERS = 5_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private ScarceMemory scarce;
  private SortedSet sets;
  private NativeBuffer text;
  private long root;

  @BeforeEach
  void open() {
    scarce = new ScarceMemory();
    sets = new SortedSet(scarce.memory, new KeyHash(5));
    text = new NativeBuffer();
    root = sets.create(0);
  }

  @AfterEach
  void close() {
    scarce.relax();
    while (!sets.freeSlice(root, 100)) {}
    text.close();
    sets.close();
    scarce.close();
  }

  private void add(String member, double score) {
    sets.add(root, score, write(member), member.length());
  }

  private long find(String member) {
    return sets.find(root, write(member), member.length());
  }

  private long write(String member) {
    text.clear();
    text.append(member.getBytes(ISO_8859_1));
    return text.address();
  }

  private void fill(int members) {
    for (int i = 0; i < members; i++) {
      add("m:%08d".formatted(i), random.nextDouble());
    }
  }

  @Test
  void withoutMemoryNothingIsAdded() {
    fill(MEMBERS);
    scarce.exhaust(TreeNode.BYTES, 0);
    int failed = 0;
    long size = MEMBERS;
    for (int i = 0; i < 4 * MEMBERS && failed < 50; i++) {
      String member = "more:" + i;
      double score = random.nextDouble();
      Throwable thrown = catchThrowable(() -> add(member, score));
      if (thrown == null) {
        size++;
      } else {
        assertThat(thrown).isSameAs(MemoryExhausted.INSTANCE);
        assertThat(find(member)).isZero();
        failed++;
      }
    }
    assertThat(failed).isEqualTo(50);
    assertThat(SortedSet.size(root)).isEqualTo(size);
    TreeInvariants.check(root);
  }

  @Test
  void withoutMemoryScoresStay() {
    fill(MEMBERS);
    scarce.exhaust(TreeNode.BYTES, 0);
    int failed = 0;
    for (int i = 0; i < 40 * MEMBERS && failed < 20; i++) {
      long block = find("m:%08d".formatted(i % MEMBERS));
      double old = ScoredMember.score(block);
      double score = 0.5 + random.nextDouble() * 0.01;
      if (catchThrowable(() -> sets.setScore(root, block, score)) != null) {
        assertThat(ScoredMember.score(block)).isEqualTo(old);
        failed++;
      }
    }
    assertThat(failed).isEqualTo(20);
    TreeInvariants.check(root);
    assertThat(SortedSet.size(root)).isEqualTo(MEMBERS);
  }

  @Test
  void aCopyWithoutMemoryLeavesNothing() {
    fill(MEMBERS);
    scarce.exhaust(TreeNode.BYTES, 20);
    long used = scarce.memory.used();
    assertThat(catchThrowable(() -> sets.copy(root))).isSameAs(MemoryExhausted.INSTANCE);
    assertThat(scarce.memory.used()).isEqualTo(used);
  }

  /// All bytes of a member of 10 bytes and its score; redis-server 7.0.15 takes 117.
  @Test
  void membersAreCompact() {
    fill(4 * MEMBERS);
    assertThat(sets.bytes(root) / (4.0 * MEMBERS)).isLessThan(70);
  }

  /// Entries that come in order fill their leaves.
  @Test
  void risingAndFallingScoresFillTheLeaves() {
    for (int i = 0; i < MEMBERS; i++) {
      add("rising" + i, i);
      add("falling" + i, -i);
    }
    long least = 2 * MEMBERS / TreeNode.LEAF_ENTRIES;
    assertThat(TreeInvariants.check(root)).isLessThan(least + least / 8);
  }

  @Test
  void compactionMovesNodesAndMembers() {
    fill(60 * MEMBERS);
    for (int i = 0; i < 60 * MEMBERS; i++) {
      if (i % 10 != 0) {
        String member = "m:%08d".formatted(i);
        assertThat(sets.remove(root, write(member), member.length())).isTrue();
      }
    }
    long mapped = scarce.memory.mapped();
    for (int pass = 0; pass < 3; pass++) {
      root = sets.compactRoot(root);
      long cursor = 0;
      do {
        cursor = sets.compactSlice(root, cursor, 500);
      } while (cursor != 0);
    }
    assertThat(scarce.memory.mapped()).isLessThan(mapped);
    TreeInvariants.check(root);
    for (int i = 0; i < 60 * MEMBERS; i += 10) {
      assertThat(find("m:%08d".formatted(i))).isNotZero();
    }
  }
}
