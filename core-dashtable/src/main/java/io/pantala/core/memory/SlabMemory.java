package io.pantala.core.memory;

/// Blocks of up to 32 KB, cut from slabs of equal blocks. Owner: the thread of the [ShardMemory].
///
/// The hot path is a pop from, or a push to, the free list of one slab; everything else happens
/// when a slab runs out of free blocks or falls below its floor.
final class SlabMemory {
  /// A slab's free list is made in pieces of about this size: a fresh slab is not touched at once.
  private static final int CARVE_BYTES = 1024;

  /// A slab is sparse below 3/8 of its capacity.
  private static final int SPARSE_EIGHTHS = 3;

  private final SlabLists lists = new SlabLists();
  private final SlabChunks small;
  private final SlabChunks medium;

  SlabMemory(ShardPages pages) {
    small = new SlabChunks(SizeClasses.SMALL_SLAB_SHIFT, pages, lists);
    medium = new SlabChunks(SizeClasses.MEDIUM_SLAB_SHIFT, pages, lists);
  }

  long allocate(int sizeClass) {
    long slab = lists.current(sizeClass);
    if (slab == 0 || SlabLayout.free(slab) == 0) {
      slab = refill(sizeClass);
    }
    int free = SlabLayout.free(slab);
    long block = ChunkLayout.of(slab) + free;
    SlabLayout.setFree(slab, Mem.getInt(block));
    SlabLayout.setUsed(slab, SlabLayout.used(slab) + 1);
    return block;
  }

  void free(long block, int sizeClass) {
    long slab = SlabLayout.of(block, SizeClasses.slabShift(sizeClass));
    assert SlabLayout.sizeClass(slab) == sizeClass : "freed with another size";
    int used = SlabLayout.used(slab) - 1;
    assert used >= 0 : "freed twice";
    Mem.putInt(block, SlabLayout.free(slab));
    SlabLayout.setFree(slab, ChunkLayout.offset(block));
    SlabLayout.setUsed(slab, used);
    if (used < SlabLayout.floor(slab)) {
      onFloor(slab, used);
    }
  }

  /// See [ShardMemory#isSparse].
  boolean isSparse(long block, int sizeClass) {
    if (ChunkLayout.isDraining(ChunkLayout.of(block))) {
      return true;
    }
    long slab = SlabLayout.of(block, SizeClasses.slabShift(sizeClass));
    long next = lists.next(sizeClass);
    return next != 0
        && next != slab
        && SlabLayout.used(slab) * 8 < SlabLayout.capacity(slab) * SPARSE_EIGHTHS;
  }

  void close() {
    small.close();
    medium.close();
  }

  /// The current slab of the class, with a free block in its free list.
  private long refill(int sizeClass) {
    long slab = lists.current(sizeClass);
    if (slab == 0 || SlabLayout.used(slab) == SlabLayout.capacity(slab)) {
      slab = slabWithRoom(sizeClass);
    }
    if (SlabLayout.free(slab) == 0) {
      carve(slab, SizeClasses.bytes(sizeClass));
      lists.raiseFloor(slab);
    }
    return slab;
  }

  private long slabWithRoom(int sizeClass) {
    long slab = lists.pick(sizeClass);
    if (slab == 0 && chunks(sizeClass).choose()) {
      slab = lists.pick(sizeClass);
    }
    return slab == 0 ? freshSlab(sizeClass) : slab;
  }

  private long freshSlab(int sizeClass) {
    long slab;
    try {
      slab = chunks(sizeClass).take(sizeClass);
    } catch (MemoryExhausted e) {
      slab = lists.pickNearlyFull(sizeClass);
      if (slab == 0) {
        throw e;
      }
      return slab;
    }
    lists.makeCurrent(slab);
    return slab;
  }

  /// Puts some of the blocks that were never used in the free list, in the order of addresses.
  private static void carve(long slab, int bytes) {
    int uncarved = SlabLayout.capacity(slab) - SlabLayout.used(slab);
    int count = Math.min(uncarved, Math.max(1, CARVE_BYTES / bytes));
    int first = SlabLayout.carved(slab);
    int end = first + count * bytes;
    long chunk = ChunkLayout.of(slab);
    for (int at = first; at < end; at += bytes) {
      Mem.putInt(chunk + at, at + bytes < end ? at + bytes : 0);
    }
    SlabLayout.setFree(slab, first);
    SlabLayout.setCarved(slab, end);
  }

  private void onFloor(long slab, int used) {
    if (used > 0) {
      lists.relist(slab);
      return;
    }
    lists.withdraw(slab);
    chunks(SlabLayout.sizeClass(slab)).release(slab);
  }

  private SlabChunks chunks(int sizeClass) {
    return SizeClasses.bytes(sizeClass) <= SizeClasses.SMALL_MAX_BYTES ? small : medium;
  }
}
