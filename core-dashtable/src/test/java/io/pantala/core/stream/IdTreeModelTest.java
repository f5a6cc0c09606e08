package io.pantala.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A tree of IDs beside a tree map: growing at the end, at random, shrinking from the start and at
/// random, with and without memory to spare.
@ExtendWith(NativeMemoryCheck.class)
final class IdTreeModelTest {
  private static final int STEPS = 60_000;

  private record Id(long ms, long seq) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      return IdNode.compare(ms, seq, other.ms, other.seq);
    }
  }

  private TreeMap<Id, Long> model = new TreeMap<>();
  private long next;
  private int refused;

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 24})
  void agreesWithTheModel(int valueBytes) {
    TestSeed.run(
        random -> {
          model = new TreeMap<>();
          next = 0;
          refused = 0;
          try (ScarceMemory scarce = new ScarceMemory()) {
            run(random, scarce, valueBytes);
          }
        });
  }

  private void run(SplittableRandom random, ScarceMemory scarce, int valueBytes) {
    IdTree tree = new IdTree(scarce.memory, valueBytes);
    long header = scarce.memory.allocate(IdTree.HEADER_BYTES, MemoryUse.VALUE);
    IdTree.format(header);
    for (int step = 0; step < STEPS; step++) {
      if (step % 5_000 == 2_000) {
        scarce.exhaust(1024, 2);
      } else if (step % 5_000 == 2_500) {
        scarce.relax();
      }
      int phase = step / 10_000 % 3;
      int what = random.nextInt(10);
      if (what < (phase == 2 ? 2 : 7)) {
        insert(random, tree, header, valueBytes, phase == 0);
      } else {
        remove(random, tree, header, phase == 2);
      }
      look(random, tree, header, valueBytes);
      if (step % 1_000 == 0) {
        check(tree, header);
      }
    }
    scarce.relax();
    assertThat(refused).isPositive();
    check(tree, header);
    while (tree.lastLeaf(header) != 0) {
      tree.freeLastLeaf(header);
    }
    assertThat(IdTree.bytes(header)).isZero();
    assertThat(IdTree.count(header)).isZero();
    scarce.memory.free(header, IdTree.HEADER_BYTES, MemoryUse.VALUE);
  }

  private void insert(
      SplittableRandom random, IdTree tree, long header, int valueBytes, boolean atEnd) {
    Id id = atEnd ? new Id(next++, 0) : draw(random);
    if (model.containsKey(id)) {
      return;
    }
    try {
      long entry = tree.insert(header, id.ms, id.seq);
      if (valueBytes > 0) {
        Mem.putLong(IdTree.value(entry), id.ms * 31 + id.seq);
      }
      model.put(id, id.ms * 31 + id.seq);
    } catch (MemoryExhausted e) {
      refused++;
    }
  }

  private Id draw(SplittableRandom random) {
    if (random.nextInt(100) == 0) {
      return new Id(random.nextInt(2) - 1, random.nextInt(2) - 1);
    }
    return new Id(random.nextLong(Math.max(next, 1)), random.nextInt(4));
  }

  private void remove(SplittableRandom random, IdTree tree, long header, boolean fromStart) {
    if (model.isEmpty()) {
      return;
    }
    Id id = fromStart && random.nextInt(3) > 0 ? model.firstKey() : model.ceilingKey(draw(random));
    if (id != null) {
      assertThat(tree.remove(header, id.ms, id.seq)).isTrue();
      model.remove(id);
      assertThat(tree.remove(header, id.ms, id.seq)).isFalse();
    }
  }

  private void look(SplittableRandom random, IdTree tree, long header, int valueBytes) {
    Id id = draw(random);
    same(tree.find(header, id.ms, id.seq), model.containsKey(id) ? id : null, valueBytes);
    same(tree.ceiling(header, id.ms, id.seq), model.ceilingKey(id), valueBytes);
    same(tree.floor(header, id.ms, id.seq), model.floorKey(id), valueBytes);
    same(tree.after(header, id.ms, id.seq), model.higherKey(id), valueBytes);
    same(tree.before(header, id.ms, id.seq), model.lowerKey(id), valueBytes);
  }

  private static void same(long entry, @Nullable Id expected, int valueBytes) {
    if (expected == null) {
      assertThat(entry).isZero();
      return;
    }
    assertThat(entry).isNotZero();
    assertThat(new Id(IdNode.ms(entry), IdNode.seq(entry))).isEqualTo(expected);
    if (valueBytes > 0) {
      assertThat(Mem.getLong(IdTree.value(entry))).isEqualTo(expected.ms * 31 + expected.seq);
    }
  }

  private void check(IdTree tree, long header) {
    assertThat(IdTree.count(header)).isEqualTo(model.size());
    long entry = tree.first(header);
    for (Map.Entry<Id, Long> expected : model.entrySet()) {
      assertThat(IdNode.ms(entry)).isEqualTo(expected.getKey().ms);
      assertThat(IdNode.seq(entry)).isEqualTo(expected.getKey().seq);
      entry = tree.after(header, IdNode.ms(entry), IdNode.seq(entry));
    }
    assertThat(entry).isZero();
    long root = Mem.getLong(header);
    long[] seen = new long[2];
    if (root != 0) {
      walk(tree, root, IdNode.height(root), seen);
    }
    assertThat(seen[0]).isEqualTo(model.size());
    assertThat(IdTree.bytes(header)).isEqualTo(seen[1]);
  }

  /// Adds entries and bytes of the nodes from this one down.
  private static void walk(IdTree tree, long node, int height, long[] seen) {
    assertThat(IdNode.height(node)).isEqualTo(height);
    assertThat(IdNode.count(node)).isBetween(1, IdNode.capacity(node));
    seen[1] += ShardMemory.blockBytes(tree.nodeBytes(node));
    if (height == 0) {
      seen[0] += IdNode.count(node);
      return;
    }
    for (int i = 0; i < IdNode.count(node); i++) {
      walk(tree, IdNode.child(node, i), height - 1, seen);
    }
  }
}
