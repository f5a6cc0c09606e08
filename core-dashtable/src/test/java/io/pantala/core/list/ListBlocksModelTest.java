package io.pantala.core.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.db.BigValues;
import io.pantala.core.listpack.Elements;
import io.pantala.core.listpack.ListpackElement;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.memory.TestSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A list of blocks beside an array list, with and without memory to spare.
@ExtendWith(NativeMemoryCheck.class)
final class ListBlocksModelTest {
  private static final int STEPS = 12_000;
  private static final int MOST = 3_000;

  private final NativeBuffer text = new NativeBuffer();
  private final NativeBuffer image = new NativeBuffer();
  private final ListpackElement element = new ListpackElement();
  private final ListCursor cursor = new ListCursor();
  private List<String> model = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);
  private int refused;

  @ParameterizedTest
  @ValueSource(ints = {-1, -2, 1, 3, 128})
  void agreesWithTheModel(int maxListpackSize) {
    TestSeed.run(seeded -> run(seeded, ListLimit.of(maxListpackSize)));
  }

  private void run(SplittableRandom seeded, ListLimit limit) {
    random = seeded;
    model = new ArrayList<>();
    refused = 0;
    try (ScarceMemory scarce = new ScarceMemory();
        text;
        image) {
      BigValues values = new BigValues(scarce.memory);
      ListBlocks lists = new ListBlocks(values, limit);
      ListValue value = (ListValue) values.of(ListBlocks.KIND);
      long root = lists.create();
      for (int step = 0; step < STEPS; step++) {
        if (step % 2_000 == 1_000) {
          scarce.exhaust(8 << 10, 1);
          scarce.exhaust(200, 1);
          scarce.exhaust(48, 3);
        } else if (step % 2_000 == 1_400) {
          scarce.relax();
        }
        try {
          root = step(lists, value, root, step / 3_000 % 2 == 0);
        } catch (MemoryExhausted e) {
          refused++;
          ListInvariants.check(value, root, model, limit);
        }
        if (step % 100 == 0) {
          ListInvariants.check(value, root, model, limit);
        }
      }
      assertThat(refused).isPositive();
      scarce.relax();
      lists.free(root);
      values.freeing().finish();
    }
  }

  private long step(ListBlocks lists, ListValue value, long root, boolean grows) {
    int what = random.nextInt(100);
    if (what < 40) {
      if (grows ? model.size() < MOST : what < 10) {
        push(lists, root);
      } else {
        pop(lists, root);
      }
    } else if (what < 60) {
      insert(lists, root);
    } else if (what < 70) {
      set(lists, root);
    } else if (what < 80) {
      delete(lists, root);
    } else if (what < 82) {
      deleteRange(lists, root, grows);
    } else if (what < 83) {
      return copy(lists, value, root);
    } else if (what < 84) {
      return compact(value, root);
    } else {
      seek(root);
    }
    return root;
  }

  private String draw() {
    String drawn = Elements.draw(random, 300);
    text.clear();
    text.append(drawn.getBytes(ISO_8859_1));
    element.set(text.address(), drawn.length());
    return drawn;
  }

  private void push(ListBlocks lists, long root) {
    String added = draw();
    if (random.nextBoolean()) {
      lists.pushFirst(root, element);
      model.addFirst(added);
    } else {
      lists.pushLast(root, element);
      model.addLast(added);
    }
  }

  private void pop(ListBlocks lists, long root) {
    if (model.isEmpty()) {
      return;
    }
    boolean first = random.nextBoolean();
    cursor.seek(root, first ? 0 : -1);
    assertThat(ListInvariants.text(cursor)).isEqualTo(first ? model.getFirst() : model.getLast());
    lists.delete(cursor, !first);
    model.remove(first ? 0 : model.size() - 1);
  }

  private void insert(ListBlocks lists, long root) {
    if (model.isEmpty()) {
      return;
    }
    int at = random.nextInt(model.size());
    String added = draw();
    cursor.seek(root, at);
    if (random.nextBoolean()) {
      lists.insertBefore(cursor, element);
    } else {
      lists.insertAfter(cursor, element);
      at++;
    }
    model.add(at, added);
    assertThat(ListInvariants.text(cursor)).isEqualTo(added);
  }

  private void set(ListBlocks lists, long root) {
    if (model.isEmpty()) {
      return;
    }
    int at = random.nextInt(model.size());
    String other = draw();
    cursor.seek(root, at - model.size());
    lists.set(cursor, element);
    model.set(at, other);
  }

  /// Some in a row.
  private void delete(ListBlocks lists, long root) {
    if (model.isEmpty()) {
      return;
    }
    int at = random.nextInt(model.size());
    boolean backward = random.nextBoolean();
    boolean is = cursor.seek(root, at);
    for (int i = random.nextInt(4); i >= 0 && is; i--) {
      assertThat(cursor.holds(elementOf(model.get(at)))).isTrue();
      lists.delete(cursor, backward);
      model.remove(at);
      at = backward ? at - 1 : at;
      is = cursor.isAtElement();
      assertThat(is).isEqualTo(at >= 0 && at < model.size());
    }
  }

  private ListpackElement elementOf(String value) {
    text.clear();
    text.append(value.getBytes(ISO_8859_1));
    return element.set(text.address(), value.length());
  }

  private void deleteRange(ListBlocks lists, long root, boolean grows) {
    int from = random.nextInt(model.size() + 1);
    int most = grows ? 50 : model.size() + 2;
    int count = random.nextInt(most);
    lists.deleteRange(root, from, count);
    model.subList(from, Math.min(model.size(), from + count)).clear();
  }

  private long copy(ListBlocks lists, ListValue value, long root) {
    long copy;
    if (random.nextBoolean()) {
      copy = value.copy(root);
    } else {
      image.clear();
      value.writeImage(root, image);
      copy = value.ofImage(image.address(), image.position());
    }
    lists.free(root);
    return copy;
  }

  private static long compact(ListValue value, long root) {
    long moved = value.compactRoot(root);
    for (long at = value.compactSlice(moved, 0, 3); at != 0; ) {
      at = value.compactSlice(moved, at, 3);
    }
    return moved;
  }

  private void seek(long root) {
    int at = random.nextInt(model.size() + 2) - 1;
    boolean is = cursor.seek(root, at < 0 ? -1 - model.size() : at);
    assertThat(is).isEqualTo(at >= 0 && at < model.size());
    if (is) {
      assertThat(ListInvariants.text(cursor)).isEqualTo(model.get(at));
    }
  }
}
