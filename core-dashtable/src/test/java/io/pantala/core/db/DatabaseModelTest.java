package io.pantala.core.db;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.dash.DashTable;
import io.pantala.core.dash.KeyHash;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.record.RecordLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two databases of one shard against two maps: keys are set, renamed, copied, moved, given
/// deadlines and expire, with and without memory to spare.
@ExtendWith(NativeMemoryCheck.class)
final class DatabaseModelTest {
  private static final int STEPS = 60_000;
  private static final int KEYS = 300;
  private static final int WHOLE_SEGMENT = 1_024;
  private static final int[] LENGTHS = {0, 5, 44, 45, 2048, 2049, 9000};

  private record Entry(String value, long deadline) {}

  private final long seed = Long.getLong("seed", 1);
  private final Random random = new Random(seed);
  private final KeyHash hash = new KeyHash(seed);
  private final KeyspaceStats stats = new KeyspaceStats();
  private final List<Map<String, Entry>> models = List.of(new HashMap<>(), new HashMap<>());
  private final Database[] databases = new Database[2];
  private final NativeBuffer bytes = new NativeBuffer();
  private final NativeBuffer image = new NativeBuffer();
  private long nowMs = 1_000_000;
  private int refused;

  @Test
  void agreesWithTheModel() {
    try (ScarceMemory scarce = new ScarceMemory();
        bytes;
        image) {
      BigValues values = new BigValues(scarce.memory);
      ShardClock clock = new ShardClock(() -> nowMs);
      for (int i = 0; i < 2; i++) {
        databases[i] = new Database(values, hash, clock, stats, new Uniques(1, 1));
      }
      for (int step = 0; step < STEPS; step++) {
        if (step % 3_000 == 2_000) {
          scarce.exhaust(16 << 10, 0);
          scarce.exhaust(1 << 10, 3);
          scarce.exhaust(64, 20);
        } else if (step % 3_000 == 2_500) {
          scarce.relax();
        }
        step(clock);
        if (step % 500 == 0) {
          check();
        }
      }
      scarce.relax();
      check();
      assertThat(refused).isPositive();
      assertThat(stats.expired).isPositive();
      databases[0].close();
      databases[1].close();
    } catch (AssertionError e) {
      throw new AssertionError("with -Dseed=" + seed, e);
    }
  }

  private void step(ShardClock clock) {
    int db = random.nextInt(2);
    String a = key();
    String b = key();
    try {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> set(db, a);
        case 3 -> rename(db, a, b);
        case 4 -> copy(db, a, b);
        case 5 -> move(db, a);
        case 6, 7 -> expire(db, a);
        case 8 -> delete(db, a);
        default -> passTime(clock);
      }
    } catch (MemoryExhausted e) {
      refused++;
    }
  }

  private String key() {
    int i = random.nextInt(KEYS);
    return i % 10 == 0 ? "long".repeat(64 + i % 3) + i : "key" + i;
  }

  private void set(int db, String key) {
    int length = LENGTHS[random.nextInt(LENGTHS.length)];
    String value = Character.toString('a' + random.nextInt(26)).repeat(length);
    long deadline = random.nextBoolean() ? Database.NO_DEADLINE : nowMs + 1 + random.nextInt(1000);
    long slot = find(db, key);
    long at = write(key + value);
    databases[db].putString(
        hashOf(key), slot, at, key.length(), at + key.length(), value.length(), deadline);
    models.get(db).put(key, new Entry(value, deadline));
  }

  private void rename(int db, String from, String to) {
    if (find(db, from) == 0 || from.equals(to)) {
      return;
    }
    long at = write(from + to);
    databases[db].rename(
        hashOf(from), at, from.length(), hashOf(to), at + from.length(), to.length());
    models.get(db).put(to, models.get(db).remove(from));
  }

  /// From one database to the other, half of the time by way of an image.
  private void copy(int db, String from, String to) {
    long slot = find(db, from);
    if (slot == 0) {
      return;
    }
    long record = DashTable.record(slot);
    image.clear();
    long source = random.nextBoolean() ? databases[db].writeImage(record, image) : record;
    databases[1 - db].putCopy(source, hashOf(to), write(to), to.length());
    models.get(1 - db).put(to, models.get(db).get(from));
  }

  private void move(int db, String key) {
    if (find(1 - db, key) != 0) {
      return;
    }
    long slot = find(db, key);
    if (slot != 0) {
      databases[db].moveTo(databases[1 - db], hashOf(key), slot);
      models.get(1 - db).put(key, models.get(db).remove(key));
    }
  }

  private void expire(int db, String key) {
    long slot = find(db, key);
    if (slot != 0) {
      long deadline =
          random.nextInt(3) == 0 ? Database.NO_DEADLINE : nowMs + 1 + random.nextInt(1000);
      databases[db].setDeadline(hashOf(key), slot, deadline);
      models.get(db).computeIfPresent(key, (_, old) -> new Entry(old.value, deadline));
    }
  }

  private void delete(int db, String key) {
    long slot = find(db, key);
    if (slot != 0) {
      databases[db].delete(hashOf(key), slot);
      models.get(db).remove(key);
    }
  }

  private void passTime(ShardClock clock) {
    nowMs += random.nextInt(20);
    clock.refresh();
    for (int i = 0; i < 2; i++) {
      models.get(i).values().removeIf(entry -> isPast(entry));
      if (databases[i].isExpiryDue()) {
        databases[i].expireSlice(WHOLE_SEGMENT);
      }
    }
  }

  private boolean isPast(Entry entry) {
    return entry.deadline != Database.NO_DEADLINE && entry.deadline <= nowMs;
  }

  /// Rounds of expiry while one is due leave exactly what the models hold.
  private void check() {
    for (int i = 0; i < 2; i++) {
      while (databases[i].isExpiryDue()) {
        databases[i].expireSlice(WHOLE_SEGMENT);
      }
      assertThat(databases[i].size()).isEqualTo(models.get(i).size());
      long ending =
          models.get(i).values().stream().filter(e -> e.deadline != Database.NO_DEADLINE).count();
      assertThat(databases[i].expiring()).isEqualTo(ending);
      double meanTtl =
          models.get(i).values().stream()
              .filter(e -> e.deadline != Database.NO_DEADLINE)
              .mapToLong(e -> e.deadline - nowMs)
              .average()
              .orElse(0);
      assertThat(databases[i].averageTtlMs()).isBetween((long) meanTtl - 1, (long) meanTtl + 1);
      for (Map.Entry<String, Entry> entry : models.get(i).entrySet()) {
        long slot = find(i, entry.getKey());
        assertThat(slot).as(entry.getKey()).isNotZero();
        long record = DashTable.record(slot);
        assertThat(text(record)).isEqualTo(entry.getValue().value);
        assertThat(RecordLayout.deadline(record)).isEqualTo(entry.getValue().deadline);
      }
    }
  }

  private static String text(long record) {
    byte[] value = Mem.toArray(RecordLayout.valueAddress(record), RecordLayout.valueLength(record));
    return new String(value, ISO_8859_1);
  }

  private long find(int db, String key) {
    return databases[db].find(hashOf(key), write(key), key.length());
  }

  private long hashOf(String key) {
    try (NativeBuffer text = new NativeBuffer()) {
      text.append(key.getBytes(ISO_8859_1));
      return hash.of(text.address(), key.length());
    }
  }

  private long write(String text) {
    bytes.clear();
    bytes.append(text.getBytes(ISO_8859_1));
    return bytes.address();
  }
}
