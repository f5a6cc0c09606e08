package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TxQueueTest {
  private static final class Entry extends Scheduled<Void> {
    @Override
    void onDue(ShardExecutor<Void> at) {}
  }

  /// Entries come in any order of ids and leave from anywhere; the model is a sorted list.
  @Test
  void agreesWithASortedList() {
    SplittableRandom random = new SplittableRandom(3);
    TxQueue<Void> queue = new TxQueue<>();
    List<Scheduled<Void>> model = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (model.isEmpty() || random.nextInt(model.size() + 10) < 10) {
        Entry added = new Entry();
        added.id = random.nextInt(50);
        queue.insert(added);
        int at = model.size();
        while (at > 0 && model.get(at - 1).id > added.id) {
          at--;
        }
        model.add(at, added);
      } else {
        queue.remove(model.remove(random.nextInt(model.size())));
      }
      assertSame(queue, model);
    }
  }

  private static void assertSame(TxQueue<Void> queue, List<Scheduled<Void>> model) {
    assertThat(queue.size()).isEqualTo(model.size());
    assertThat(queue.isEmpty()).isEqualTo(model.isEmpty());
    long tail = model.isEmpty() ? Scheduled.NO_ID : model.getLast().id;
    assertThat(queue.tailId()).isEqualTo(tail);
    Scheduled<Void> at = queue.head();
    Scheduled<Void> before = null;
    for (Scheduled<Void> expected : model) {
      if (at == null || !at.equals(expected) || !Objects.equals(at.previous, before)) {
        throw new AssertionError("order");
      }
      before = at;
      at = at.next;
    }
    assertThat(at == null).isTrue();
  }
}
