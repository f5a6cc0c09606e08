package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Random allocations, frees, resizes and moves of all sizes against a list of blocks. Every block
/// is filled with its own pattern, which must be whole when it is freed.
@ExtendWith(NativeMemoryCheck.class)
final class ShardMemoryModelTest {
  private static final int STEPS = 150_000;
  private static final int STEPS_BETWEEN_CHECKS = 5_000;
  private static final long MAX_LIVE_BYTES = 96L << 20;
  private static final long CHUNK = ChunkLayout.BYTES;
  private static final MemoryUse[] USES = MemoryUse.values();

  private record Block(long address, long bytes, MemoryUse use, long mark) {}

  private enum Operation {
    ALLOCATE,
    FREE,
    RESIZE,
    MOVE_IF_SPARSE
  }

  @Test
  void agreesWithTheModel() {
    long end = System.nanoTime() + Long.getLong("seconds", 0) * 1_000_000_000;
    TestSeed.run(
        random -> {
          do {
            try (ChunkReserve reserve = new ChunkReserve();
                ShardMemory memory = new ShardMemory(reserve)) {
              new Run(memory, random).steps();
            }
          } while (System.nanoTime() < end);
        });
  }

  private static final class Run {
    private final ShardMemory memory;
    private final SplittableRandom random;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<MemoryUse, Long> used = new EnumMap<>(MemoryUse.class);
    private long marks;
    private boolean growing = true;

    Run(ShardMemory memory, SplittableRandom random) {
      this.memory = memory;
      this.random = random;
      for (MemoryUse use : USES) {
        used.put(use, 0L);
      }
    }

    void steps() {
      for (int step = 1; step <= STEPS; step++) {
        if (random.nextInt(10_000) == 0 || memory.used() > MAX_LIVE_BYTES) {
          growing = memory.used() <= MAX_LIVE_BYTES && !growing;
        }
        step(operation());
        if (step % STEPS_BETWEEN_CHECKS == 0) {
          checkAll();
        }
      }
      while (!blocks.isEmpty()) {
        free();
      }
      checkAll();
      assertThat(memory.used()).isZero();
    }

    private Operation operation() {
      int draw = random.nextInt(100);
      if (blocks.isEmpty() || draw < (growing ? 50 : 20)) {
        return Operation.ALLOCATE;
      }
      return draw < 70 ? Operation.FREE : draw < 85 ? Operation.RESIZE : Operation.MOVE_IF_SPARSE;
    }

    private void step(Operation operation) {
      switch (operation) {
        case ALLOCATE -> allocate(size());
        case FREE -> free();
        case RESIZE -> resize();
        case MOVE_IF_SPARSE -> moveIfSparse();
      }
      for (MemoryUse use : USES) {
        assert memory.used(use) == used.get(use) : use;
      }
    }

    private void allocate(long bytes) {
      MemoryUse use = USES[random.nextInt(USES.length)];
      add(memory.allocate(bytes, use), bytes, use);
    }

    private void free() {
      Block block = remove();
      memory.free(block.address, sameClass(block.bytes), block.use);
    }

    private void resize() {
      Block block = remove();
      long bytes = random.nextInt(4) == 0 ? size() : block.bytes + random.nextInt(16);
      if (ShardMemory.blockBytes(bytes) == ShardMemory.blockBytes(block.bytes)) {
        add(block.address, bytes, block.use);
      } else {
        add(memory.allocate(bytes, block.use), bytes, block.use);
        memory.free(block.address, block.bytes, block.use);
      }
    }

    private void moveIfSparse() {
      Block block = blocks.get(random.nextInt(blocks.size()));
      if (memory.isSparse(block.address, block.bytes)) {
        blocks.remove(block);
        checkPattern(block);
        add(memory.allocate(block.bytes, block.use), block.bytes, block.use);
        used.merge(block.use, -ShardMemory.blockBytes(block.bytes), Long::sum);
        memory.free(block.address, block.bytes, block.use);
      }
    }

    private void add(long address, long bytes, MemoryUse use) {
      long alignment = bytes > 32 << 10 ? 4096 : bytes > 0 && bytes % 128 == 0 ? 128 : 8;
      assertThat(address % alignment).as("alignment of %d bytes", bytes).isZero();
      Block block = new Block(address, bytes, use, ++marks * 0x9E3779B97F4A7C15L);
      writePattern(block);
      blocks.add(block);
      used.merge(use, ShardMemory.blockBytes(bytes), Long::sum);
    }

    private Block remove() {
      int at = random.nextInt(blocks.size());
      Block block = blocks.get(at);
      blocks.set(at, blocks.getLast());
      blocks.removeLast();
      checkPattern(block);
      used.merge(block.use, -ShardMemory.blockBytes(block.bytes), Long::sum);
      return block;
    }

    private long size() {
      int draw = random.nextInt(1000);
      if (draw < 600) {
        return random.nextInt(129);
      }
      if (draw < 850) {
        return random.nextInt(4_096);
      }
      if (draw < 960) {
        return random.nextInt(128, 257) * 128L;
      }
      return draw < 997 ? random.nextInt(32 << 10, 1 << 20) : random.nextInt(1 << 20, 3 << 20);
    }

    /// Another size that takes the same block.
    private long sameClass(long bytes) {
      long other = bytes + random.nextInt(8);
      return ShardMemory.blockBytes(other) == ShardMemory.blockBytes(bytes) ? other : bytes;
    }

    /// The whole of a small block, else words from all its pages and its last one.
    private static void writePattern(Block block) {
      long bytes = ShardMemory.blockBytes(block.bytes);
      for (long at = 0; at < bytes; at += stride(bytes)) {
        Mem.putLong(block.address + at, block.mark + at);
      }
      Mem.putLong(block.address + bytes - 8, block.mark + bytes - 8);
    }

    private static void checkPattern(Block block) {
      long bytes = ShardMemory.blockBytes(block.bytes);
      for (long at = 0; at < bytes; at += stride(bytes)) {
        assert Mem.getLong(block.address + at) == block.mark + at : block + " at " + at;
      }
      assert Mem.getLong(block.address + bytes - 8) == block.mark + bytes - 8 : block;
    }

    private static long stride(long bytes) {
      return bytes <= 4096 ? 8 : 512;
    }

    private void checkAll() {
      blocks.forEach(Run::checkPattern);
      assertThat(memory.used()).isEqualTo(used.values().stream().mapToLong(l -> l).sum());
      checkMapped();
      checkSlabs();
    }

    /// What is mapped follows from the blocks, but for the spare chunk and the empty run chunk.
    private void checkMapped() {
      Set<Long> slabChunks = new HashSet<>();
      Set<Long> runChunks = new HashSet<>();
      long direct = 0;
      for (Block block : blocks) {
        if (block.bytes <= SizeClasses.MAX_BYTES) {
          slabChunks.add(ChunkLayout.of(block.address));
        } else if (block.bytes <= PageRuns.MAX_BYTES) {
          runChunks.add(ChunkLayout.of(block.address));
          direct += ShardMemory.blockBytes(block.bytes);
        } else {
          direct += ShardMemory.blockBytes(block.bytes) + 4096;
        }
      }
      long least = slabChunks.size() * CHUNK + runChunks.size() * 4096L + direct;
      assertThat(memory.mapped()).isBetween(least, least + CHUNK + 4096);
    }

    /// The used counts of the slabs, and the rules about where a slab and a chunk may be.
    private void checkSlabs() {
      Map<Long, Integer> usedBlocks = new HashMap<>();
      for (Block block : blocks) {
        if (block.bytes <= SizeClasses.MAX_BYTES) {
          int shift = SizeClasses.slabShift(SizeClasses.of(block.bytes));
          usedBlocks.merge(SlabLayout.of(block.address, shift), 1, Integer::sum);
        }
      }
      usedBlocks.forEach(Run::checkSlab);
      Map<Long, Long> usedSlabs = new HashMap<>();
      for (long slab : usedBlocks.keySet()) {
        usedSlabs.merge(ChunkLayout.of(slab), 1L << ChunkLayout.slabIndex(slab), (a, b) -> a | b);
      }
      usedSlabs.forEach((chunk, bits) -> assertThat(ChunkLayout.freeSlabs(chunk) & bits).isZero());
    }

    private static void checkSlab(long slab, int used) {
      assertThat(SlabLayout.used(slab)).isEqualTo(used);
      assertThat(used).isBetween(Math.max(1, SlabLayout.floor(slab)), SlabLayout.capacity(slab));
      if (ChunkLayout.isDraining(ChunkLayout.of(slab))) {
        assertThat(SlabLayout.list(slab)).isEqualTo(SlabLists.UNLISTED);
        assertThat(SlabLayout.floor(slab)).isEqualTo(1);
      }
    }
  }
}
