package io.pantala.core.memory;

import java.util.ArrayList;
import java.util.List;

/// A shard's memory that can be made to run out, and to have room again.
public final class ScarceMemory implements AutoCloseable {
  public final ShardMemory memory;

  private record Block(long address, long bytes) {}

  private final ChunkReserve reserve;
  private final List<Block> hoard = new ArrayList<>();
  private volatile boolean exhausted;

  public ScarceMemory() {
    reserve =
        new ChunkReserve((bytes, alignment) -> exhausted ? 0 : OsMemory.map(bytes, alignment));
    memory = new ShardMemory(reserve);
  }

  /// Takes all memory there is for blocks of this size, except for `spare` of them. May be called
  /// for several sizes.
  public void exhaust(long bytes, int spare) {
    exhausted = false;
    List<Block> spares = new ArrayList<>();
    for (int i = 0; i < spare; i++) {
      spares.add(take(bytes));
    }
    exhausted = true;
    try {
      while (true) {
        hoard.add(take(bytes));
      }
    } catch (MemoryExhausted e) {
      spares.forEach(this::free);
    }
  }

  private Block take(long bytes) {
    return new Block(memory.allocate(bytes, MemoryUse.VALUE), bytes);
  }

  public void relax() {
    exhausted = false;
    hoard.forEach(this::free);
    hoard.clear();
  }

  private void free(Block block) {
    memory.free(block.address, block.bytes, MemoryUse.VALUE);
  }

  /// Fails when anything is still allocated.
  @Override
  public void close() {
    long used = memory.used();
    memory.close();
    reserve.close();
    if (used != 0) {
      throw new AssertionError(used + " bytes were not freed");
    }
  }
}
