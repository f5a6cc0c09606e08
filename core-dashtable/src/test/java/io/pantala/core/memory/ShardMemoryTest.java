package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class ShardMemoryTest {
  private static final long CHUNK = ChunkLayout.BYTES;

  @Test
  void blocksAreAligned() {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      for (long bytes = 0; bytes <= 40_000; bytes += bytes < 1024 ? 1 : 64) {
        long alignment = bytes > 32 << 10 ? 4096 : bytes > 0 && bytes % 128 == 0 ? 128 : 8;
        for (int i = 0; i < 20; i++) {
          assertThat(memory.allocate(bytes, MemoryUse.TABLE) % alignment)
              .as("%d bytes", bytes)
              .isZero();
        }
      }
    }
  }

  @Test
  void accountsByUseAndBlockSize() {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      long a = memory.allocate(81, MemoryUse.RECORD);
      long b = memory.allocate(9_000, MemoryUse.TABLE);
      long c = memory.allocate(40_000, MemoryUse.VALUE);
      long d = memory.allocate(3_000_000, MemoryUse.VALUE);
      assertThat(memory.used(MemoryUse.RECORD)).isEqualTo(88);
      assertThat(memory.used(MemoryUse.TABLE)).isEqualTo(9_216);
      assertThat(memory.used(MemoryUse.VALUE)).isEqualTo(40_960 + 3_002_368);
      assertThat(memory.used()).isEqualTo(88 + 9_216 + 40_960 + 3_002_368);
      // A small and a medium chunk, a header and a run, a header and a mapping.
      assertThat(memory.mapped()).isEqualTo(2 * CHUNK + 4096 + 40_960 + 4096 + 3_002_368);
      memory.free(a, 85, MemoryUse.RECORD);
      memory.free(b, 9_216, MemoryUse.TABLE);
      memory.free(c, 40_000, MemoryUse.VALUE);
      memory.free(d, 3_000_000, MemoryUse.VALUE);
      assertThat(memory.used()).isZero();
      assertThat(memory.mapped()).as("spare chunk, header of the kept one").isEqualTo(CHUNK + 4096);
    }
  }

  @Test
  void exhaustionChangesNothing() {
    long limit = OsMemory.mappedBytes() + 3 * CHUNK;
    long tester = Thread.currentThread().threadId();
    try (ChunkReserve reserve =
            new ChunkReserve(
                (bytes, alignment) -> {
                  // The reserve's own thread gets none: it must not find room in between.
                  boolean refused =
                      Thread.currentThread().threadId() != tester
                          || bytes > limit - OsMemory.mappedBytes();
                  return refused ? 0 : OsMemory.map(bytes, alignment);
                });
        ShardMemory memory = new ShardMemory(reserve)) {
      for (long bytes : new long[] {100, 5_000, 100_000, 2_000_000, Long.MAX_VALUE}) {
        List<Long> blocks = allocateAll(memory, bytes);
        long used = memory.used();
        long mapped = memory.mapped();
        assertThat(used)
            .isEqualTo(blocks.size() * ShardMemory.blockBytes(Math.min(bytes, 1 << 30)));
        assertThatThrownBy(() -> memory.allocate(bytes, MemoryUse.VALUE))
            .isSameAs(MemoryExhausted.INSTANCE);
        assertThat(memory.used()).isEqualTo(used);
        assertThat(memory.mapped()).isEqualTo(mapped);
        if (!blocks.isEmpty()) {
          memory.free(blocks.getLast(), bytes, MemoryUse.VALUE);
          blocks.set(blocks.size() - 1, memory.allocate(bytes, MemoryUse.VALUE));
        }
        for (long block : blocks) {
          memory.free(block, bytes, MemoryUse.VALUE);
        }
      }
    }
  }

  @Test
  void onlyTheOwnerMayUseIt() throws InterruptedException {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      long block = memory.allocate(10, MemoryUse.RECORD);
      Thread other =
          Thread.ofPlatform()
              .start(
                  () -> {
                    refuses(memory, block);
                    memory.adopt();
                    memory.free(block, 10, MemoryUse.RECORD);
                  });
      other.join();
      refuses(memory, block);
      memory.adopt();
      assertThat(memory.used()).isZero();
    }
  }

  @Test
  void wrongFreesAreCaughtByAssertions() {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      long small = memory.allocate(100, MemoryUse.RECORD);
      long run = memory.allocate(100_000, MemoryUse.RECORD);
      long own = memory.allocate(10_000_000, MemoryUse.RECORD);
      assertRefused(() -> memory.free(small, 200, MemoryUse.RECORD));
      assertRefused(() -> memory.free(run, 120_000, MemoryUse.RECORD));
      assertRefused(() -> memory.free(own, 9_000_000, MemoryUse.RECORD));
      memory.free(run, 100_000, MemoryUse.RECORD);
      assertRefused(() -> memory.free(run, 100_000, MemoryUse.RECORD));
    }
  }

  @Test
  void takingAndGivingByTurnsDoesNotMap() {
    AtomicLong maps = new AtomicLong();
    try (ChunkReserve reserve =
            new ChunkReserve(
                (bytes, alignment) -> {
                  maps.incrementAndGet();
                  return OsMemory.map(bytes, alignment);
                });
        ShardMemory memory = new ShardMemory(reserve)) {
      for (int i = 0; i < 1_000; i++) {
        memory.free(memory.allocate(88, MemoryUse.RECORD), 88, MemoryUse.RECORD);
        memory.free(memory.allocate(9_216, MemoryUse.TABLE), 9_216, MemoryUse.TABLE);
        memory.free(memory.allocate(500_000, MemoryUse.VALUE), 500_000, MemoryUse.VALUE);
      }
    }
    assertThat(maps.get()).isLessThanOrEqualTo(4);
  }

  private static List<Long> allocateAll(ShardMemory memory, long bytes) {
    List<Long> blocks = new ArrayList<>();
    try {
      while (true) {
        blocks.add(memory.allocate(bytes, MemoryUse.VALUE));
      }
    } catch (MemoryExhausted e) {
      return blocks;
    }
  }

  private static void refuses(ShardMemory memory, long block) {
    assertRefused(() -> memory.allocate(10, MemoryUse.RECORD));
    assertRefused(() -> memory.free(block, 10, MemoryUse.RECORD));
    assertRefused(memory::used);
    assertRefused(() -> memory.used(MemoryUse.RECORD));
    assertRefused(memory::mapped);
    assertRefused(() -> memory.isSparse(block, 10));
    assertRefused(memory::close);
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(AssertionError.class);
  }
}
