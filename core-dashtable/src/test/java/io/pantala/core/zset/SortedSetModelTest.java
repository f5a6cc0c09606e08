package io.pantala.core.zset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.dash.KeyHash;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.table.MemberTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random operations on a sorted set and on plain JDK collections; they must agree, and the
/// invariants of the tree must hold.
@ExtendWith(NativeMemoryCheck.class)
final class SortedSetModelTest {
  private static final int OPERATIONS = 25_000;
  private static final int CHECK_EVERY = 1_000;
  private static final int MOST_MEMBERS = 6_000;
  private static final double[] SPECIAL = {
    0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 1e300
  };

  /// How scores are drawn.
  enum Scores {
    EVEN,
    /// All equal: only members decide.
    ONE,
    FEW_AND_SPECIAL,
    RISING,
    FALLING
  }

  private record Entry(double score, String member) {
    static final Comparator<Entry> ORDER =
        (a, b) -> a.score != b.score ? (a.score < b.score ? -1 : 1) : a.member.compareTo(b.member);
  }

  private static final class Run {
    final ScarceMemory scarce = new ScarceMemory();
    final SortedSet sets = new SortedSet(scarce.memory, new KeyHash(5));
    final ScoreCursor cursor = new ScoreCursor();
    final NativeBuffer text = new NativeBuffer();
    final Map<String, Double> model = new HashMap<>();
    final TreeSet<Entry> order = new TreeSet<>(Entry.ORDER);
    final SplittableRandom random;
    final Scores scores;
    long root = sets.create(0);
    long compactCursor;
    double clock;
    boolean growing = true;
    int target = MOST_MEMBERS;

    Run(SplittableRandom random, Scores scores) {
      this.random = random;
      this.scores = scores;
    }

    void step() {
      if (growing ? model.size() >= target : model.size() <= target) {
        growing = !growing;
        target = growing ? model.size() + random.nextInt(MOST_MEMBERS) : random.nextInt(40);
      }
      int draw = random.nextInt(1_000);
      if (draw < (growing ? 600 : 150)) {
        put(drawMember(), drawScore());
      } else if (draw < 750) {
        remove(growing ? drawMember() : anyMember());
      } else if (draw < 850) {
        put(anyMember(), drawScore());
      } else if (draw < 960) {
        rank();
      } else if (draw < 980) {
        count();
      } else if (draw < 990) {
        compactCursor = sets.compactSlice(root, compactCursor, 300);
        root = sets.compactRoot(root);
      } else if (draw < 992 || (!growing && draw < 996)) {
        removeRange();
      } else {
        range();
      }
    }

    String drawMember() {
      return switch (random.nextInt(4)) {
        case 0 -> Integer.toString(random.nextInt(3_000));
        case 1 -> "m".repeat(random.nextInt(300));
        default -> "member-" + random.nextInt(12_000);
      };
    }

    String anyMember() {
      long block = sets.random(root, random);
      assertThat(block == 0).isEqualTo(model.isEmpty());
      return block == 0 ? drawMember() : member(block);
    }

    double drawScore() {
      return switch (scores) {
        case EVEN -> random.nextDouble() * 1_000 - 500;
        case ONE -> 7;
        case FEW_AND_SPECIAL ->
            random.nextBoolean()
                ? random.nextInt(20) - 10
                : SPECIAL[random.nextInt(SPECIAL.length)];
        case RISING -> clock += random.nextInt(3);
        case FALLING -> clock -= random.nextInt(3);
      };
    }

    long write(String member) {
      text.clear();
      text.reserve(1);
      text.append(member.getBytes(ISO_8859_1));
      return text.address();
    }

    static String member(long block) {
      int length = ScoredMember.memberLength(block);
      return new String(Mem.toArray(ScoredMember.memberAddress(block), length), ISO_8859_1);
    }

    void put(String member, double score) {
      long block = sets.find(root, write(member), member.length());
      Double old = model.get(member);
      assertThat(block != 0).isEqualTo(old != null);
      if (old == null) {
        sets.add(root, score, write(member), member.length());
      } else {
        assertThat(ScoredMember.score(block)).isEqualTo(old);
        sets.setScore(root, block, score);
        order.remove(new Entry(old, member));
      }
      // As in Redis: another zero is the same score.
      double now = old != null && old.doubleValue() == score ? old : score;
      model.put(member, now);
      order.add(new Entry(now, member));
    }

    void remove(String member) {
      Double old = model.remove(member);
      assertThat(sets.remove(root, write(member), member.length())).isEqualTo(old != null);
      if (old != null) {
        order.remove(new Entry(old, member));
      }
    }

    void removeRange() {
      if (!model.isEmpty()) {
        int from = random.nextInt(model.size());
        int count = random.nextInt(Math.min(400, model.size() - from) + 1);
        sets.removeRange(root, from, count);
        for (Entry entry : List.copyOf(order).subList(from, from + count)) {
          order.remove(entry);
          model.remove(entry.member);
        }
      }
    }

    void rank() {
      String member = anyMember();
      long block = sets.find(root, write(member), member.length());
      if (block != 0) {
        double score = Objects.requireNonNull(model.get(member));
        long rank = sets.rank(root, block);
        sets.seek(root, rank, cursor);
        assertThat(cursor.block()).isEqualTo(block);
        assertThat(cursor.score()).isEqualTo(score);
        if (random.nextInt(50) == 0) {
          assertThat(rank).isEqualTo(order.headSet(new Entry(score, member)).size());
        }
      }
    }

    void count() {
      double score = drawScore();
      long below = order.stream().filter(entry -> entry.score < score).count();
      long equal = order.stream().filter(entry -> entry.score == score).count();
      assertThat(sets.countBelow(root, score, false)).isEqualTo(below);
      assertThat(sets.countBelow(root, score, true)).isEqualTo(below + equal);
      String member = drawMember();
      long lower = sets.countBelow(root, write(member), member.length(), false);
      long notHigher = sets.countBelow(root, write(member), member.length(), true);
      if (scores == Scores.ONE) {
        assertThat(lower).isEqualTo(order.headSet(new Entry(7, member)).size());
        assertThat(notHigher).isEqualTo(order.headSet(new Entry(7, member), true).size());
      }
      assertThat(lower).isBetween(0L, (long) model.size());
    }

    void range() {
      List<Entry> all = List.copyOf(order);
      int from = random.nextInt(model.size() + 1);
      sets.seek(root, from, cursor);
      for (int i = from; i < Math.min(all.size(), from + 200); i++) {
        assertThat(member(cursor.block())).isEqualTo(all.get(i).member);
        cursor.next();
      }
      assertThat(cursor.isAtEnd()).isEqualTo(from + 200 >= all.size());
      sets.seek(root, from - 1L, cursor);
      for (int i = from - 1; i >= Math.max(0, from - 200); i--) {
        assertThat(member(cursor.block())).isEqualTo(all.get(i).member);
        cursor.previous();
      }
      assertThat(cursor.isAtEnd()).isEqualTo(from <= 200);
    }

    void check() {
      TreeInvariants.check(root);
      assertThat(scarce.memory.used()).isEqualTo(sets.bytes(root));
      List<Entry> seen = new ArrayList<>();
      for (sets.seek(root, 0, cursor); !cursor.isAtEnd(); cursor.next()) {
        seen.add(new Entry(cursor.score(), member(cursor.block())));
      }
      assertThat(seen.equals(List.copyOf(order))).isTrue();
      Set<String> scanned = new HashSet<>();
      long at = 0;
      do {
        at = sets.scan(root, at, slot -> scanned.add(member(MemberTable.block(slot))));
      } while (at != 0);
      assertThat(scanned.equals(model.keySet())).isTrue();
    }

    void finish() {
      check();
      for (boolean byImage : new boolean[] {false, true}) {
        long copy = byImage ? imageOf() : sets.copy(root);
        free();
        root = copy;
        check();
      }
      free();
      text.close();
      sets.close();
      scarce.close();
    }

    long imageOf() {
      try (NativeBuffer image = new NativeBuffer()) {
        sets.writeImage(root, image);
        return sets.ofImage(image.address(), image.position());
      }
    }

    void free() {
      while (!sets.freeSlice(root, 50)) {}
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithJdkCollections(Scores scores) {
    TestSeed.run(
        random -> {
          Run run = new Run(random, scores);
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
