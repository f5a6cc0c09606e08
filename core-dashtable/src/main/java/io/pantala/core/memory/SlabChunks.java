package io.pantala.core.memory;

/// The chunks of one slab size: hands out slabs, and empties sparse chunks. Owner: the thread of
/// the [ShardMemory].
///
/// Slabs come from the *filling* chunk until it has none left, then from the fullest chunk that
/// has, then from a new one. A chunk with less than half of its slabs in use *drains*: its slabs
/// leave the [SlabLists] and [SlabMemory#isSparse] tells to move their blocks. A draining chunk is
/// resumed when it is its turn to be filled, so no chunk is mapped while another one has room.
final class SlabChunks {
  /// Four bins by the number of slabs in use, for chunks with a free slab.
  private static final int BINS = 4;

  private static final int FULL = BINS;
  private static final int FILLING = BINS + 1;

  private final int slabs;
  private final long allFree;
  private final ShardPages pages;
  private final SlabLists slabLists;
  private final NodeLists chunks = new NodeLists(BINS + 1);
  private long filling;

  SlabChunks(int slabShift, ShardPages pages, SlabLists slabLists) {
    this.slabs = ChunkLayout.BYTES >>> slabShift;
    this.allFree = -1L >>> (Long.SIZE - slabs);
    this.pages = pages;
    this.slabLists = slabLists;
  }

  /// Chooses the chunk to fill among those that are mapped. True when that resumed a draining
  /// chunk, whose slabs may have room.
  boolean choose() {
    for (int bin = BINS - 1; filling == 0 && bin >= 0; bin--) {
      long chunk = chunks.first(bin);
      if (chunk != 0) {
        chunks.remove(bin, chunk);
        return fill(chunk);
      }
    }
    return false;
  }

  /// A fresh slab for the class, in no list.
  ///
  /// @throws MemoryExhausted when there is no chunk for it; nothing is changed then
  long take(int sizeClass) {
    choose();
    if (filling == 0) {
      long chunk = pages.takeChunk();
      ChunkLayout.format(chunk, allFree);
      fill(chunk);
    }
    long chunk = filling;
    long free = ChunkLayout.freeSlabs(chunk);
    ChunkLayout.setFreeSlabs(chunk, free & (free - 1));
    if ((free & (free - 1)) == 0) {
      filling = 0;
      enlist(chunk, FULL);
    }
    long slab = ChunkLayout.slab(chunk, Long.numberOfTrailingZeros(free));
    SlabLayout.format(slab, sizeClass);
    return slab;
  }

  /// Takes back an empty slab that is in no list; an empty chunk is given back.
  void release(long slab) {
    long chunk = ChunkLayout.of(slab);
    long free = ChunkLayout.freeSlabs(chunk) | 1L << ChunkLayout.slabIndex(slab);
    ChunkLayout.setFreeSlabs(chunk, free);
    int bin = bin(free);
    if (free == allFree) {
      delist(chunk);
      pages.giveChunk(chunk);
    } else if (chunk != filling || hasFullerThan(bin)) {
      delist(chunk);
      enlist(chunk, bin);
      drainIfSparse(chunk);
    }
  }

  /// Gives all chunks back to the system.
  void close() {
    for (int list = 0; list <= FULL; list++) {
      for (long chunk = chunks.first(list), next; chunk != 0; chunk = next) {
        next = NodeLists.next(chunk);
        pages.unmapChunk(chunk);
      }
    }
    if (filling != 0) {
      pages.unmapChunk(filling);
    }
  }

  private boolean fill(long chunk) {
    filling = chunk;
    ChunkLayout.setList(chunk, FILLING);
    boolean resumed = ChunkLayout.isDraining(chunk);
    if (resumed) {
      ChunkLayout.setDraining(chunk, false);
      for (long used = usedSlabs(chunk); used != 0; used &= used - 1) {
        slabLists.relist(ChunkLayout.slab(chunk, Long.numberOfTrailingZeros(used)));
      }
    }
    return resumed;
  }

  private void drainIfSparse(long chunk) {
    if (ChunkLayout.isDraining(chunk) || Long.bitCount(usedSlabs(chunk)) * 2 >= slabs) {
      return;
    }
    choose();
    if (chunk != filling) {
      ChunkLayout.setDraining(chunk, true);
      for (long used = usedSlabs(chunk); used != 0; used &= used - 1) {
        slabLists.withdraw(ChunkLayout.slab(chunk, Long.numberOfTrailingZeros(used)));
      }
    }
  }

  private void enlist(long chunk, int list) {
    ChunkLayout.setList(chunk, list);
    chunks.push(list, chunk);
  }

  private void delist(long chunk) {
    if (chunk == filling) {
      filling = 0;
    } else {
      chunks.remove(ChunkLayout.list(chunk), chunk);
    }
  }

  private boolean hasFullerThan(int bin) {
    for (int fuller = bin + 1; fuller < BINS; fuller++) {
      if (chunks.first(fuller) != 0) {
        return true;
      }
    }
    return false;
  }

  private long usedSlabs(long chunk) {
    return ~ChunkLayout.freeSlabs(chunk) & allFree;
  }

  private int bin(long freeSlabs) {
    return (slabs - Long.bitCount(freeSlabs)) * BINS / slabs;
  }
}
