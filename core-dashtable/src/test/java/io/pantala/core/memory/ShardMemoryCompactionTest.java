package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Freed memory returns to the system: by itself where chunks are empty, else by moving the sparse
/// blocks as the defragmenter does.
@ExtendWith(NativeMemoryCheck.class)
final class ShardMemoryCompactionTest {
  private static final long CHUNK = ChunkLayout.BYTES;

  /// Passes over all blocks until none is sparse.
  private static final int MAX_PASSES = 4;

  @Test
  void equalSmallBlocks() {
    TestSeed.run(random -> freeAndCompact(random, 600_000, 88, 88, 0.9));
  }

  @Test
  void mixedSmallBlocks() {
    TestSeed.run(random -> freeAndCompact(random, 200_000, 16, 600, 0.9));
  }

  @Test
  void tableSegments() {
    TestSeed.run(random -> freeAndCompact(random, 10_000, 7_808, 7_808, 0.9));
  }

  @Test
  void mixedMediumBlocks() {
    TestSeed.run(random -> freeAndCompact(random, 20_000, 4_097, 8_192, 0.95));
  }

  @Test
  void emptyChunksGoBackWithoutMoving() {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      long[] blocks = new long[600_000];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = memory.allocate(88, MemoryUse.RECORD);
      }
      assertThat(memory.mapped()).isLessThan((long) (memory.used() * 1.01) + CHUNK);
      for (int i = blocks.length / 10; i < blocks.length; i++) {
        memory.free(blocks[i], 88, MemoryUse.RECORD);
      }
      assertThat(memory.mapped()).isLessThanOrEqualTo(memory.used() + 2 * CHUNK);
    }
  }

  @Test
  void replacingAtRandomDoesNotGrow() {
    TestSeed.run(ShardMemoryCompactionTest::replaceAtRandom);
  }

  private static void replaceAtRandom(SplittableRandom random) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      long[] blocks = new long[300_000];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = memory.allocate(88, MemoryUse.RECORD);
      }
      for (int i = 0; i < 3_000_000; i++) {
        int at = random.nextInt(blocks.length);
        memory.free(blocks[at], 88, MemoryUse.RECORD);
        blocks[at] = memory.allocate(88, MemoryUse.RECORD);
      }
      assertThat(memory.mapped()).isLessThan((long) (memory.used() * 1.05) + CHUNK);
    }
  }

  private static void freeAndCompact(
      SplittableRandom random, int count, int minBytes, int maxBytes, double freed) {
    ChunkReserve reserve = new ChunkReserve();
    reserve.close(); // it then maps no chunk of its own
    long before = OsMemory.mappedBytes();
    try (ShardMemory memory = new ShardMemory(reserve)) {
      int[] sizes = new int[count];
      long[] blocks = new long[count];
      for (int i = 0; i < count; i++) {
        sizes[i] = minBytes + random.nextInt(maxBytes - minBytes + 1);
        blocks[i] = memory.allocate(sizes[i], MemoryUse.RECORD);
        Mem.putInt(blocks[i], i);
      }
      int left = 0;
      for (int i = 0; i < count; i++) {
        if (random.nextDouble() < freed) {
          memory.free(blocks[i], sizes[i], MemoryUse.RECORD);
          blocks[i] = 0;
        } else {
          left++;
        }
      }
      assertThat(memory.mapped()).isGreaterThan(3 * memory.used());
      assertThat(compact(memory, blocks, sizes)).isLessThan(2L * left);
      int classes = SizeClasses.of(maxBytes) - SizeClasses.of(minBytes) + 1;
      long slabBytes = 1L << SizeClasses.slabShift(SizeClasses.of(maxBytes));
      assertThat(memory.mapped())
          .isLessThan((long) (memory.used() * 1.1) + classes * slabBytes + 2 * CHUNK);
      assertThat(OsMemory.mappedBytes() - before).isEqualTo(memory.mapped());
      checkContent(memory, blocks, sizes);
    }
  }

  /// Moves sparse blocks until there are none; returns how many moves that took.
  private static long compact(ShardMemory memory, long[] blocks, int[] sizes) {
    long moves = 0;
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      long before = moves;
      for (int i = 0; i < blocks.length; i++) {
        if (blocks[i] != 0 && memory.isSparse(blocks[i], sizes[i])) {
          long moved = memory.allocate(sizes[i], MemoryUse.RECORD);
          Mem.copy(blocks[i], moved, sizes[i]);
          memory.free(blocks[i], sizes[i], MemoryUse.RECORD);
          blocks[i] = moved;
          moves++;
        }
      }
      if (moves == before) {
        return moves;
      }
    }
    throw new AssertionError("still sparse after " + MAX_PASSES + " passes");
  }

  private static void checkContent(ShardMemory memory, long[] blocks, int[] sizes) {
    for (int i = 0; i < blocks.length; i++) {
      if (blocks[i] != 0) {
        assertThat(Mem.getInt(blocks[i])).isEqualTo(i);
        memory.free(blocks[i], sizes[i], MemoryUse.RECORD);
      }
    }
    assertThat(memory.used()).isZero();
    assertThat(memory.mapped()).isLessThanOrEqualTo(CHUNK);
  }
}
