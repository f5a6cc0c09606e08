package io.pantala.core.intset;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.redis.RdbReader;
import io.pantala.core.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// An intset beside a tree set, and its bytes beside those of a real redis-server.
@ExtendWith(NativeMemoryCheck.class)
final class IntsetModelTest {
  private static final int ROUNDS = 20;
  private static final int STEPS = 400;
  private static final int MUTANTS = 20_000;

  /// In a block of exactly its size.
  private static final class Grown implements AutoCloseable {
    private final ShardMemory memory;
    private int capacity = Intset.HEADER_BYTES;
    private long address;

    Grown(ShardMemory memory) {
      this.memory = memory;
      address = memory.allocate(capacity, MemoryUse.VALUE);
      Intset.format(address);
    }

    void add(long value) {
      int index = Intset.find(address, value);
      if (index < 0) {
        resize(Intset.bytesWith(address, value));
        Intset.add(address, value, -1 - index);
        assertThat(Intset.bytes(address)).isEqualTo(capacity);
      }
    }

    void remove(long value) {
      int index = Intset.find(address, value);
      if (index >= 0) {
        Intset.remove(address, index);
        resize(Intset.bytes(address));
      }
    }

    byte[] bytes() {
      return Mem.toArray(address, capacity);
    }

    private void resize(int bytes) {
      long moved = memory.allocate(bytes, MemoryUse.VALUE);
      Mem.copy(address, moved, Math.min(bytes, capacity));
      memory.free(address, capacity, MemoryUse.VALUE);
      address = moved;
      capacity = bytes;
    }

    @Override
    public void close() {
      memory.free(address, capacity, MemoryUse.VALUE);
    }
  }

  @Test
  void agreesWithTheModel() {
    TestSeed.run(
        random -> {
          for (int round = 0; round < ROUNDS; round++) {
            run(random, round % 2 == 0);
          }
        });
  }

  /// @param widens whether small integers come first
  private static void run(SplittableRandom random, boolean widens) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      try (Grown set = new Grown(memory)) {
        TreeSet<Long> model = new TreeSet<>();
        for (int step = 0; step < STEPS; step++) {
          int bits = 16 << (widens ? step * 6 / STEPS : random.nextInt(3));
          long value = draw(random, Math.min(bits, 64), model);
          assertThat(Intset.contains(set.address, value)).isEqualTo(model.contains(value));
          if (random.nextInt(STEPS) > step) {
            set.add(value);
            model.add(value);
          } else {
            set.remove(value);
            model.remove(value);
          }
          check(random, set, model);
        }
      }
      assertThat(memory.used()).isZero();
    }
  }

  private static long draw(SplittableRandom random, int bits, TreeSet<Long> model) {
    if (!model.isEmpty() && random.nextBoolean()) {
      Long above = model.ceiling(random.nextLong() >> (64 - bits));
      return above == null ? model.first() : above;
    }
    long value = random.nextLong() >> (64 - bits);
    return random.nextInt(20) == 0 ? (value < 0 ? -1L : 0) ^ ((1L << (bits - 1)) - 1) : value;
  }

  private static void check(SplittableRandom random, Grown set, TreeSet<Long> model) {
    long at = set.address;
    assertThat(Intset.count(at)).isEqualTo(model.size());
    int i = 0;
    for (long value : model) {
      assertThat(Intset.get(at, i++)).isEqualTo(value);
    }
    assertThat(Intset.isValid(at, Intset.bytes(at))).isTrue();
    if (!model.isEmpty()) {
      assertThat(Intset.min(at)).isEqualTo(model.first());
      assertThat(Intset.max(at)).isEqualTo(model.last());
      assertThat(model).contains(Intset.random(at, random));
    }
  }

  @Test
  void everyMemberIsDrawn() {
    TestSeed.run(
        random -> {
          try (ChunkReserve reserve = new ChunkReserve();
              ShardMemory memory = new ShardMemory(reserve);
              Grown set = new Grown(memory)) {
            for (int i = 0; i < 20; i++) {
              set.add(i * 1_000L);
            }
            Set<Long> drawn = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
              drawn.add(Intset.random(set.address, random));
            }
            assertThat(drawn).hasSize(20);
          }
        });
  }

  @Test
  void mutantsAreRefusedOrSound() {
    TestSeed.run(
        random -> {
          try (ChunkReserve reserve = new ChunkReserve();
              ShardMemory memory = new ShardMemory(reserve);
              Grown set = new Grown(memory)) {
            for (int i = 0; i < 30; i++) {
              set.add(random.nextInt(1 << 20));
            }
            for (int i = 0; i < MUTANTS; i++) {
              mutate(random, memory, set.bytes());
            }
          }
        });
  }

  private static void mutate(SplittableRandom random, ShardMemory memory, byte[] bytes) {
    int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
    bytes[random.nextInt(12)] = (byte) random.nextInt(256);
    long at = memory.allocate(length, MemoryUse.VALUE);
    Mem.copyIn(bytes, 0, at, length);
    if (Intset.isValid(at, length)) {
      assertThat(Intset.bytes(at)).isEqualTo(length);
      for (int i = 1; i < Intset.count(at); i++) {
        assertThat(Intset.get(at, i)).isGreaterThan(Intset.get(at, i - 1));
      }
    }
    memory.free(at, length, MemoryUse.VALUE);
  }

  @Test
  @Tag("oracle")
  void bytesAreRedis() throws IOException {
    try (RedisServer redis = RedisServer.start()) {
      TestSeed.run(
          random -> {
            for (int bits = 16; bits <= 64; bits *= 2) {
              compare(random, redis, bits);
            }
          });
    }
  }

  private static void compare(SplittableRandom random, RedisServer redis, int bits) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve);
        Grown set = new Grown(memory)) {
      redis.call("DEL", "s");
      for (int i = 0; i < 100; i++) {
        long value = random.nextLong() >> (64 - random.nextInt(2, bits + 1));
        redis.call("SADD", "s", Long.toString(value));
        set.add(value);
        if (i % 4 == 3) {
          long gone = Intset.random(set.address, random);
          redis.call("SREM", "s", Long.toString(gone));
          set.remove(gone);
        }
      }
      RdbReader dump = redis.dump("s");
      assertThat(dump.type()).isEqualTo(RdbReader.SET_INTSET);
      assertThat(set.bytes()).isEqualTo(dump.string());
      redis.restore("s", RdbReader.ofString(RdbReader.SET_INTSET, set.bytes()));
      assertThat(redis.call("SCARD", "s")).isEqualTo((long) Intset.count(set.address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
