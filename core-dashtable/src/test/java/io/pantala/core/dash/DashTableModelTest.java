package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.record.RecordLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random operations on a table and on a plain map of the same items; they must agree, and the
/// table's invariants must hold.
@ExtendWith(NativeMemoryCheck.class)
final class DashTableModelTest {
  private static final int OPERATIONS = 100_000;
  private static final int CHECK_EVERY = 4_000;
  private static final int MOST_ITEMS = 12_000;

  private record Item(long h, long id) {}

  /// One run: the table, the model (item to deadline, -1 for none) and the clock.
  private static final class Run {
    final TestTable test = new TestTable();
    final Map<Item, Long> model = new HashMap<>();
    final List<Item> order = new ArrayList<>();
    final Map<Item, Integer> places = new HashMap<>();
    final Random random;
    final Hashes hashes;
    long now = 1_000_000;
    long nextId;
    long expireCursor;
    long relocateCursor;
    boolean growing;
    int target;

    Run(long seed, Hashes hashes) {
      random = new Random(seed);
      this.hashes = hashes;
    }

    void step() {
      if (growing ? order.size() >= target : order.size() <= target) {
        growing = !growing;
        target =
            random.nextInt(growing ? MOST_ITEMS : MOST_ITEMS / 8) + (growing ? order.size() : 0);
      }
      int kind = random.nextInt(1_000);
      if (kind < (growing ? 600 : 100) || order.isEmpty()) {
        insert();
      } else if (kind < 700) {
        erase();
      } else if (kind < 850) {
        find();
      } else if (kind < 990) {
        replace();
      } else if (kind < 995) {
        expireSlice();
      } else {
        relocateSlice();
      }
    }

    long drawDeadline() {
      return random.nextInt(4) == 0 ? now + random.nextInt(20_000) : -1;
    }

    void insert() {
      Item item = new Item(hashes.draw(random), nextId++);
      long deadline = drawDeadline();
      long record = test.newRecord(item.h, item.id, deadline);
      long slot = test.table.insert(item.h, record);
      assertThat(DashTable.record(slot)).isEqualTo(record);
      model.put(item, deadline);
      places.put(item, order.size());
      order.add(item);
    }

    Item pick() {
      return order.get(random.nextInt(order.size()));
    }

    void erase() {
      Item item = pick();
      test.erase(item.h, item.id);
      forget(item);
      assertThat(test.find(item.h, item.id)).isZero();
    }

    void forget(Item item) {
      assertThat(model.remove(item)).isNotNull();
      int at = Objects.requireNonNull(places.remove(item));
      Item last = order.removeLast();
      if (at < order.size()) {
        order.set(at, last);
        places.put(last, at);
      }
    }

    void find() {
      Item item = pick();
      long slot = test.find(item.h, item.id);
      assertThat(slot).isNotZero();
      assertThat(TestTable.id(DashTable.record(slot))).isEqualTo(item.id);
      assertThat(test.find(item.h, -1)).isZero();
      assertThat(test.find(hashes.draw(random), -2)).isZero();
    }

    void replace() {
      Item item = pick();
      long slot = test.find(item.h, item.id);
      long old = DashTable.record(slot);
      long deadline = drawDeadline();
      long record = test.newRecord(item.h, item.id, deadline);
      test.table.replace(item.h, slot, record);
      test.freeRecord(old);
      model.put(item, deadline);
    }

    void expireSlice() {
      now += random.nextInt(100);
      expireCursor = test.table.expire(expireCursor, now, 500, this::expired);
    }

    void expired(long h, long slot) {
      long record = DashTable.record(slot);
      Item item = new Item(h, TestTable.id(record));
      assertThat(model.get(item)).isBetween(0L, now);
      if (random.nextInt(4) > 0) {
        test.table.erase(h, slot);
        test.freeRecord(record);
        forget(item);
      }
    }

    void relocateSlice() {
      relocateCursor = test.table.relocate(relocateCursor, 500, this::move);
    }

    long move(long record) {
      if (random.nextBoolean()) {
        return record;
      }
      long moved =
          test.newRecord(
              TestTable.hash(record), TestTable.id(record), RecordLayout.deadline(record));
      test.freeRecord(record);
      return moved;
    }

    void check() {
      TableInvariants.check(test);
      assertThat(test.table.size()).isEqualTo(model.size());
      Set<Item> seen = new HashSet<>();
      long cursor = 0;
      do {
        cursor = test.table.scan(cursor, record -> seen.add(item(record)));
        assertThat(cursor >>> 40).isZero();
      } while (cursor != 0);
      assertThat(seen).isEqualTo(model.keySet());
    }

    static Item item(long record) {
      return new Item(TestTable.hash(record), TestTable.id(record));
    }

    void findAllOfThem() {
      int n = order.size() + 40;
      long[] hashes = new long[n];
      long[] keys = new long[n];
      int[] lengths = new int[n];
      long[] slots = new long[n];
      for (int i = 0; i < n; i++) {
        Item item = i < order.size() ? order.get(i) : new Item(this.hashes.draw(random), -3);
        hashes[i] = item.h;
        lengths[i] = TestTable.KEY_BYTES;
        long slot = test.find(item.h, item.id);
        keys[i] = slot != 0 ? RecordLayout.keyAddress(DashTable.record(slot)) : test.key(0, -3);
      }
      test.table.findAll(n, hashes, keys, lengths, slots);
      for (int i = 0; i < n; i++) {
        long expected = i < order.size() ? keys[i] : 0;
        long found = slots[i] == 0 ? 0 : RecordLayout.keyAddress(DashTable.record(slots[i]));
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithAMap(Hashes hashes) {
    Seed.run(seed -> run(seed, hashes));
  }

  private static void run(long seed, Hashes hashes) {
    Run run = new Run(seed, hashes);
    long bytes = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      run.step();
      if (run.test.table.bytes() != bytes) { // a split or a merge
        bytes = run.test.table.bytes();
        TableInvariants.check(run.test);
      }
      if (i % CHECK_EVERY == 0) {
        run.check();
      }
    }
    run.findAllOfThem();
    run.test.close();
  }
}
