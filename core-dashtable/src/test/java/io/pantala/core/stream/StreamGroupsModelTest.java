package io.pantala.core.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.db.BigValues;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.stream.StreamReader.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Groups, consumers and pending entries beside tree maps, with and without memory to spare.
@ExtendWith(NativeMemoryCheck.class)
final class StreamGroupsModelTest {
  private static final int STEPS = 30_000;
  private static final int NAMES = 12;

  private record Pending(String consumer, long deliveredAt, long deliveries) {}

  private static final class Group {
    private Id lastId = new Id(0, 0);
    private final TreeMap<String, Long> consumers = new TreeMap<>();
    private final TreeMap<Id, Pending> pending = new TreeMap<>();
  }

  private final NativeBuffer text = new NativeBuffer();
  private TreeMap<String, Group> model = new TreeMap<>();
  private SplittableRandom random = new SplittableRandom(0);
  private int refused;

  @Test
  void agreesWithTheModel() {
    TestSeed.run(this::run);
  }

  private void run(SplittableRandom seeded) {
    random = seeded;
    model = new TreeMap<>();
    refused = 0;
    try (ScarceMemory scarce = new ScarceMemory();
        text) {
      BigValues values = new BigValues(scarce.memory);
      Streams streams = new Streams(values, StreamLimits.DEFAULT);
      StreamValue value = (StreamValue) values.of(Streams.KIND);
      long root = streams.create();
      for (int step = 0; step < STEPS; step++) {
        if (step % 5_000 == 2_000) {
          scarce.exhaust(1024, 1);
          scarce.exhaust(120, 1);
          scarce.exhaust(64, 1);
        } else if (step % 5_000 == 2_600) {
          scarce.relax();
        }
        try {
          root = step(streams, value, root);
        } catch (MemoryExhausted e) {
          refused++;
          check(streams.groups(), root);
        }
        if (step % 500 == 0) {
          check(streams.groups(), root);
        }
      }
      scarce.relax();
      values.freeing().finish();
      assertThat(refused).isPositive();
      assertThat(value.bytes(root)).isEqualTo(scarce.memory.used());
      streams.free(root);
      values.freeing().finish();
    }
  }

  private long step(Streams streams, StreamValue value, long root) {
    int what = random.nextInt(1_000);
    if (what < 30) {
      create(streams.groups(), root);
    } else if (what < 32) {
      destroy(streams.groups(), root);
    } else if (what < 100) {
      createConsumer(streams.groups(), root);
    } else if (what < 104) {
      deleteConsumer(streams.groups(), root);
    } else if (what < 700) {
      assign(streams.groups(), root);
    } else if (what < 990) {
      acknowledge(streams.groups(), root);
    } else if (what < 995) {
      long copy = value.copy(root);
      streams.free(root);
      return copy;
    } else {
      for (long at = value.compactSlice(root, 0, 2); at != 0; ) {
        at = value.compactSlice(root, at, 2);
      }
    }
    return root;
  }

  private String name() {
    return "name" + "x".repeat(random.nextInt(3) * 20) + random.nextInt(NAMES);
  }

  private long write(String name) {
    text.clear();
    text.append(name.getBytes(ISO_8859_1));
    return text.address();
  }

  private void create(StreamGroups groups, long root) {
    String name = name();
    Id id = new Id(random.nextInt(100), random.nextInt(5));
    long found = groups.find(root, write(name), name.length());
    assertThat(found != 0).isEqualTo(model.containsKey(name));
    if (found == 0) {
      groups.create(
          root, write(name), name.length(), id.ms(), id.seq(), StreamGroups.ENTRIES_READ_UNKNOWN);
      model.put(name, new Group());
    } else {
      StreamGroups.setId(found, id.ms(), id.seq(), id.ms());
    }
    model.get(name).lastId = id;
  }

  private void destroy(StreamGroups groups, long root) {
    String name = name();
    long group = groups.find(root, write(name), name.length());
    if (group != 0) {
      groups.destroy(root, group);
      model.remove(name);
    }
  }

  /// The name of a group that is there, or none.
  private String anyGroup() {
    String name = model.ceilingKey(name());
    return name == null && !model.isEmpty() ? model.firstKey() : String.valueOf(name);
  }

  private static String any(TreeMap<String, ?> names, String near) {
    String name = names.ceilingKey(near);
    return name == null ? names.firstKey() : name;
  }

  private void createConsumer(StreamGroups groups, long root) {
    String groupName = anyGroup();
    long group = groups.find(root, write(groupName), groupName.length());
    String name = name();
    if (group == 0 || groups.findConsumer(group, write(name), name.length()) != 0) {
      return;
    }
    long seen = random.nextLong(1_000);
    long consumer = groups.createConsumer(root, group, write(name), name.length(), seen);
    assertThat(StreamGroups.activeMs(consumer)).isEqualTo(StreamGroups.NEVER_ACTIVE);
    StreamGroups.setActiveMs(consumer, seen + 1);
    model.get(groupName).consumers.put(name, seen);
  }

  private void deleteConsumer(StreamGroups groups, long root) {
    String groupName = anyGroup();
    Group expected = model.get(groupName);
    if (expected == null || expected.consumers.isEmpty()) {
      return;
    }
    String name = any(expected.consumers, name());
    long group = groups.find(root, write(groupName), groupName.length());
    long consumer = groups.findConsumer(group, write(name), name.length());
    int before = expected.pending.size();
    expected.pending.values().removeIf(pending -> pending.consumer.equals(name));
    expected.consumers.remove(name);
    assertThat(groups.deleteConsumer(root, group, consumer))
        .isEqualTo(before - expected.pending.size());
  }

  private Id id() {
    return new Id(random.nextInt(300), random.nextInt(3));
  }

  private void assign(StreamGroups groups, long root) {
    String groupName = anyGroup();
    Group expected = model.get(groupName);
    if (expected == null || expected.consumers.isEmpty()) {
      return;
    }
    String name = any(expected.consumers, name());
    long group = groups.find(root, write(groupName), groupName.length());
    long consumer = groups.findConsumer(group, write(name), name.length());
    Id id = id();
    long time = random.nextLong(1_000);
    long entry = groups.assign(group, consumer, id.ms(), id.seq(), time, 1);
    StreamGroups.setDelivery(entry, time, 7);
    expected.pending.put(id, new Pending(name, time, 7));
  }

  private void acknowledge(StreamGroups groups, long root) {
    String groupName = anyGroup();
    Group expected = model.get(groupName);
    if (expected != null) {
      Id drawn = id();
      Id near = expected.pending.ceilingKey(drawn);
      Id id = near != null && random.nextBoolean() ? near : drawn;
      long group = groups.find(root, write(groupName), groupName.length());
      assertThat(groups.acknowledge(group, id.ms(), id.seq()))
          .isEqualTo(expected.pending.remove(id) != null);
    }
  }

  private void check(StreamGroups groups, long root) {
    assertThat(StreamGroups.count(root)).isEqualTo(model.size());
    int i = 0;
    for (Map.Entry<String, Group> expected : model.entrySet()) {
      long group = StreamGroups.get(root, i++);
      assertThat(StreamReader.text(groups.name(group), groups.nameLength(group)))
          .isEqualTo(expected.getKey());
      check(groups, group, expected.getValue());
    }
  }

  private static void check(StreamGroups groups, long group, Group expected) {
    assertThat(StreamReader.id(StreamGroups.lastId(group))).isEqualTo(expected.lastId);
    TreeMap<String, Long> consumers = new TreeMap<>();
    List<Id> ofConsumers = new ArrayList<>();
    for (int i = 0; i < StreamGroups.consumerCount(group); i++) {
      long consumer = StreamGroups.consumer(group, i);
      String name =
          StreamReader.text(groups.consumerName(consumer), groups.consumerNameLength(consumer));
      consumers.put(name, StreamGroups.seenMs(consumer));
      assertThat(StreamGroups.activeMs(consumer)).isEqualTo(StreamGroups.seenMs(consumer) + 1);
      int before = ofConsumers.size();
      for (long at = groups.pendingOfFrom(group, consumer, 0, 0); at != 0; ) {
        assertThat(StreamGroups.pendingConsumer(at)).isEqualTo(consumer);
        Id id = StreamReader.id(at);
        ofConsumers.add(id);
        at = groups.pendingOfFrom(group, consumer, id.ms(), id.seq() + 1);
      }
      assertThat(StreamGroups.pendingCountOf(consumer)).isEqualTo(ofConsumers.size() - before);
    }
    assertThat(consumers).isEqualTo(expected.consumers);
    assertThat(ofConsumers).hasSameElementsAs(expected.pending.keySet());
    TreeMap<Id, Pending> pending = new TreeMap<>();
    for (long at = groups.pendingFrom(group, 0, 0); at != 0; at = groups.pendingAfter(group, at)) {
      long consumer = StreamGroups.pendingConsumer(at);
      String name =
          StreamReader.text(groups.consumerName(consumer), groups.consumerNameLength(consumer));
      long deliveredAt = StreamGroups.deliveredAt(at);
      pending.put(StreamReader.id(at), new Pending(name, deliveredAt, StreamGroups.deliveries(at)));
    }
    assertThat(pending).isEqualTo(expected.pending);
    assertThat(StreamGroups.pendingCount(group)).isEqualTo(pending.size());
  }
}
