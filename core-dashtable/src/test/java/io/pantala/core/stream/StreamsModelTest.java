package io.pantala.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.db.BigValues;
import io.pantala.core.listpack.Elements;
import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.stream.StreamReader.Entry;
import io.pantala.core.stream.StreamReader.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stream beside a tree map, with and without memory to spare.
@ExtendWith(NativeMemoryCheck.class)
final class StreamsModelTest {
  private static final int STEPS = 10_000;

  private final NativeBuffer text = new NativeBuffer();
  private final NativeBuffer image = new NativeBuffer();
  private final StreamFields fields = new StreamFields();
  private TreeMap<Id, List<String>> model = new TreeMap<>();
  private SplittableRandom random = new SplittableRandom(0);
  private Id last = new Id(0, 0);
  private Id greatestDeleted = new Id(0, 0);
  private long added;
  private int refused;

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 300})
  void agreesWithTheModel(int nodeMaxEntries) {
    TestSeed.run(seeded -> run(seeded, new StreamLimits(2_000, nodeMaxEntries)));
  }

  private void run(SplittableRandom seeded, StreamLimits limits) {
    random = seeded;
    try (ScarceMemory scarce = new ScarceMemory();
        text;
        image) {
      BigValues values = new BigValues(scarce.memory);
      Streams streams = new Streams(values, limits);
      StreamValue value = (StreamValue) values.of(Streams.KIND);
      long root = streams.create();
      for (int step = 0; step < STEPS; step++) {
        if (step % 2_000 == 1_000) {
          scarce.exhaust(2 << 10, 0);
          scarce.exhaust(200, 1);
          scarce.exhaust(56, 1);
        } else if (step % 2_000 == 1_300) {
          scarce.relax();
        }
        try {
          root = step(streams, value, root);
        } catch (MemoryExhausted e) {
          refused++;
          check(streams, value, root);
        }
        if (step % 100 == 0) {
          check(streams, value, root);
        }
      }
      assertThat(refused).isPositive();
      scarce.relax();
      values.freeing().finish();
      assertThat(value.bytes(root)).isEqualTo(scarce.memory.used());
      streams.free(root);
      values.freeing().finish();
    }
  }

  private long step(Streams streams, StreamValue value, long root) {
    int what = random.nextInt(100);
    if (what < 60) {
      append(streams, root);
    } else if (what < 80) {
      delete(streams, root);
    } else if (what < 82) {
      trim(streams, root);
    } else if (what < 83) {
      return copy(streams, value, root);
    } else if (what < 84) {
      long moved = value.compactRoot(root);
      for (long at = value.compactSlice(moved, 0, 3); at != 0; ) {
        at = value.compactSlice(moved, at, 3);
      }
      return moved;
    } else {
      range(streams, root);
    }
    return root;
  }

  private void append(Streams streams, long root) {
    Id id =
        random.nextBoolean()
            ? new Id(last.ms() + random.nextInt(1_000), last.seq() + 1)
            : new Id(last.ms() + 1 + random.nextInt(3), random.nextInt(5));
    List<String> drawn = new ArrayList<>();
    int count = random.nextInt(5) == 0 ? 1 + random.nextInt(4) : 2;
    for (int i = 0; i < count; i++) {
      drawn.add(random.nextInt(10) == 0 ? Elements.draw(random, 1_000) : "field" + i);
      drawn.add(Elements.draw(random, 1_000));
    }
    StreamReader.set(fields, text, drawn);
    streams.append(root, id.ms(), id.seq(), fields);
    model.put(id, drawn);
    last = id;
    added++;
  }

  private Id draw() {
    Id id = new Id(random.nextLong(last.ms() + 2), random.nextInt(5));
    Id near = model.ceilingKey(id);
    return near != null && random.nextInt(3) > 0 ? near : id;
  }

  private void delete(Streams streams, long root) {
    Id id = random.nextInt(4) == 0 && !model.isEmpty() ? model.firstKey() : draw();
    assertThat(streams.delete(root, id.ms(), id.seq())).isEqualTo(model.remove(id) != null);
    if (added > 0 && id.compareTo(greatestDeleted) > 0) {
      Id now = StreamReader.id(Streams.maxDeletedId(root));
      greatestDeleted = now.equals(id) ? id : greatestDeleted;
      assertThat(now).isEqualTo(greatestDeleted);
    }
  }

  private void trim(Streams streams, long root) {
    int left = Math.max(0, model.size() - random.nextInt(40));
    Id from = draw();
    boolean byId = random.nextBoolean();
    boolean whole = random.nextBoolean();
    long limit = random.nextBoolean() ? 0 : random.nextInt(50);
    StreamTrim trim =
        byId
            ? StreamTrim.fromId(from.ms(), from.seq(), whole, limit)
            : StreamTrim.toLength(left, whole, limit);
    long trimmed = streams.trim(root, trim);
    long most = byId ? model.headMap(from).size() : model.size() - left;
    if (whole || limit > 0) {
      assertThat(trimmed).isLessThanOrEqualTo(most);
    } else {
      assertThat(trimmed).isEqualTo(most);
    }
    for (long i = 0; i < trimmed; i++) {
      model.pollFirstEntry();
    }
  }

  private long copy(Streams streams, StreamValue value, long root) {
    long copy;
    if (random.nextBoolean()) {
      copy = value.copy(root);
    } else {
      image.clear();
      value.writeImage(root, image);
      copy = value.ofImage(image.address(), image.position());
    }
    streams.free(root);
    return copy;
  }

  private void range(Streams streams, long root) {
    Id from = draw();
    Id to = draw();
    StreamCursor cursor = streams.newCursor();
    boolean backward = random.nextBoolean();
    cursor.begin(root, from.ms(), from.seq(), to.ms(), to.seq(), backward);
    List<Entry> expected = new ArrayList<>();
    if (from.compareTo(to) <= 0) {
      model
          .subMap(from, true, to, true)
          .forEach((id, values) -> expected.add(new Entry(id, values)));
    }
    assertThat(StreamReader.rest(cursor)).isEqualTo(backward ? expected.reversed() : expected);
  }

  private void check(Streams streams, StreamValue value, long root) {
    assertThat(Streams.length(root)).isEqualTo(model.size());
    assertThat(Streams.entriesAdded(root)).isEqualTo(added);
    assertThat(StreamReader.id(Streams.lastId(root))).isEqualTo(last);
    assertThat(StreamReader.id(Streams.firstId(root)))
        .isEqualTo(model.isEmpty() ? new Id(0, 0) : model.firstKey());
    List<Entry> expected = new ArrayList<>();
    model.forEach((id, values) -> expected.add(new Entry(id, values)));
    StreamCursor cursor = streams.newCursor();
    cursor.beginAll(root, false);
    assertThat(StreamReader.rest(cursor)).isEqualTo(expected);
    cursor.beginAll(root, true);
    assertThat(StreamReader.rest(cursor)).isEqualTo(expected.reversed());
    StreamCheck check = new StreamCheck();
    for (long node = streams.firstNode(root); node != 0; node = streams.nextNode(root, node)) {
      long listpack = Streams.listpack(node);
      Id id = StreamReader.id(node);
      assertThat(check.isBlock(id.ms(), id.seq(), listpack, Listpack.bytes(listpack))).isTrue();
    }
    assertThat(value.bytes(root)).isPositive();
  }
}
