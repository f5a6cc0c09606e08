package io.pantala.core.listpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A listpack beside a list of strings.
@ExtendWith(NativeMemoryCheck.class)
final class ListpackModelTest {
  private static final int STEPS = 30_000;
  private static final int MOST = 200;

  @Test
  void agreesWithTheModel() {
    TestSeed.run(ListpackModelTest::run);
  }

  private static void run(SplittableRandom random) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      try (TestListpack listpack = new TestListpack(memory)) {
        List<String> model = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
          boolean grows = step / 1_000 % 2 == 0;
          change(random, listpack, model, grows && model.size() < MOST);
          look(random, listpack, model);
          if (step % 50 == 0) {
            check(listpack, model);
          }
        }
      }
      assertThat(memory.used()).isZero();
    }
  }

  private static void change(
      SplittableRandom random, TestListpack listpack, List<String> model, boolean grows) {
    String value = Elements.draw(random, 500);
    int at = random.nextInt(model.size() + 1);
    long p = at == model.size() ? Listpack.end(listpack.address) : seek(listpack, at);
    int what = random.nextInt(10);
    if (what < (grows ? 6 : 2)) {
      listpack.insert(p, value);
      model.add(at, value);
    } else if (what < 7 && at < model.size()) {
      listpack.replace(p, value);
      model.set(at, value);
    } else if (what < 9 && at < model.size()) {
      Listpack.delete(listpack.address, p);
      listpack.trim();
      model.remove(at);
    } else {
      int count = random.nextInt(4);
      int there = Math.min(count, model.size() - at);
      assertThat(Listpack.deleteRange(listpack.address, p, count)).isEqualTo(there);
      listpack.trim();
      model.subList(at, at + there).clear();
    }
  }

  /// From either end.
  private static long seek(TestListpack listpack, int index) {
    long p = Listpack.seek(listpack.address, index);
    int count = Listpack.count(listpack.address);
    assertThat(Listpack.seek(listpack.address, index - count)).isEqualTo(p);
    return p;
  }

  private static void look(SplittableRandom random, TestListpack listpack, List<String> model) {
    int skip = random.nextInt(3);
    String value =
        model.isEmpty() || random.nextBoolean()
            ? Elements.draw(random, 500)
            : model.get(random.nextInt(model.size()));
    int expected = 0;
    while (expected < model.size() && !model.get(expected).equals(value)) {
      expected += 1 + skip;
    }
    long found = Listpack.find(Listpack.first(listpack.address), listpack.element(value), skip);
    assertThat(found)
        .isEqualTo(expected < model.size() ? Listpack.seek(listpack.address, expected) : 0);
  }

  private static void check(TestListpack listpack, List<String> model) {
    long lp = listpack.address;
    List<String> forward = new ArrayList<>();
    for (long p = Listpack.first(lp); p != 0; p = Listpack.next(p)) {
      forward.add(TestListpack.text(p));
    }
    List<String> backward = new ArrayList<>();
    for (long p = Listpack.last(lp); p != 0; p = Listpack.previous(lp, p)) {
      backward.add(TestListpack.text(p));
    }
    assertThat(forward).isEqualTo(model);
    assertThat(backward.reversed()).isEqualTo(model);
    assertThat(Listpack.count(lp)).isEqualTo(model.size());
    assertThat(Listpack.isEmpty(lp)).isEqualTo(model.isEmpty());
    assertThat(Listpack.seek(lp, model.size())).isZero();
    assertThat(Listpack.seek(lp, -1 - model.size())).isZero();
    assertThat(ListpackCheck.count(lp, Listpack.bytes(lp))).isEqualTo(model.size());
  }

  /// More entries than the header can count.
  @Test
  void countsWhatTheHeaderCannot() {
    int count = 70_000;
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve);
        TestListpack listpack = new TestListpack(memory)) {
      // In one go: an insert of its own for each would copy all each time.
      TestListpack ten = new TestListpack(memory);
      for (int i = 0; i < 10; i++) {
        ten.append("7");
      }
      int bytes = Listpack.bytes(ten.address) - Listpack.EMPTY_BYTES;
      for (int i = 0; i < count / 10; i++) {
        listpack.insertEntries(Listpack.first(ten.address), bytes, 10);
      }
      ten.close();
      long lp = listpack.address;
      assertThat(Listpack.storedCount(lp)).isEqualTo(Listpack.COUNT_UNKNOWN);
      assertThat(Listpack.count(lp)).isEqualTo(count);
      assertThat(ListpackCheck.count(lp, Listpack.bytes(lp))).isEqualTo(count);
      assertThat(Listpack.seek(lp, count)).isZero();
      assertThat(Listpack.seek(lp, count - 1)).isEqualTo(Listpack.last(lp));
      assertThat(Listpack.seek(lp, -count)).isEqualTo(Listpack.first(lp));
      assertThat(Listpack.deleteRange(lp, Listpack.first(lp), 10_000)).isEqualTo(10_000);
      assertThat(Listpack.count(lp)).isEqualTo(count - 10_000);
      assertThat(Listpack.storedCount(lp)).isEqualTo(count - 10_000);
      listpack.trim();
    }
  }
}
