package io.pantala.core.list;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;

/// The doubly linked blocks of lists as blocks of memory: allocated, linked, resized, moved, freed,
/// and counted in the root. What is in them is not its affair. Owner: the shard's thread.
final class BlockChain {
  private final ShardMemory memory;

  /// The block that a compaction looks at next, or 0. It is kept right when that block goes.
  private long compactNext;

  BlockChain(ShardMemory memory) {
    this.memory = memory;
  }

  long createRoot() {
    long root = memory.allocate(RootLayout.BYTES, MemoryUse.VALUE);
    RootLayout.format(root);
    return root;
  }

  void freeRoot(long root) {
    memory.free(root, RootLayout.BYTES, MemoryUse.VALUE);
  }

  long compactRoot(long root) {
    if (!memory.isSparse(root, RootLayout.BYTES)) {
      return root;
    }
    long moved = memory.allocate(RootLayout.BYTES, MemoryUse.VALUE);
    Mem.copy(root, moved, RootLayout.BYTES);
    freeRoot(root);
    return moved;
  }

  /// A block that is in no chain yet and has room for `contentBytes`; the content is the caller's
  /// to set.
  long allocate(int contentBytes) {
    long capacity = ShardMemory.blockBytes((long) BlockLayout.HEADER_BYTES + contentBytes);
    if (capacity > Integer.MAX_VALUE) {
      throw MemoryExhausted.INSTANCE;
    }
    long block = memory.allocate(capacity, MemoryUse.VALUE);
    BlockLayout.format(block, (int) capacity);
    return block;
  }

  /// Puts a block before another one, or at the end when that is 0.
  void link(long root, long block, long before) {
    long previous = before == 0 ? RootLayout.last(root) : BlockLayout.previous(before);
    join(root, previous, block);
    join(root, block, before);
    RootLayout.addBlocks(root, 1, BlockLayout.capacity(block));
  }

  void free(long root, long block) {
    unlink(root, block);
    freeUnlinked(block);
  }

  private void unlink(long root, long block) {
    if (block == compactNext) {
      compactNext = BlockLayout.next(block);
    }
    join(root, BlockLayout.previous(block), BlockLayout.next(block));
    RootLayout.addBlocks(root, -1, -BlockLayout.capacity(block));
  }

  void freeUnlinked(long block) {
    memory.free(block, BlockLayout.capacity(block), MemoryUse.VALUE);
  }

  /// Makes two blocks neighbours; 0 is what lies before the first and behind the last one.
  private static void join(long root, long left, long right) {
    if (left == 0) {
      RootLayout.setFirst(root, right);
    } else {
      BlockLayout.setNext(left, right);
    }
    if (right == 0) {
      RootLayout.setLast(root, left);
    } else {
      BlockLayout.setPrevious(right, left);
    }
  }

  /// Moves a block with its content into one with room for `contentBytes`; what is free there lies
  /// before or behind the content. Returns its address.
  long resize(long root, long block, int contentBytes, boolean roomBefore) {
    int bytes = BlockLayout.contentBytes(block);
    assert contentBytes >= bytes;
    long moved = allocate(contentBytes);
    int room = BlockLayout.capacity(moved) - BlockLayout.HEADER_BYTES - bytes;
    long content = moved + BlockLayout.HEADER_BYTES + (roomBefore ? room : 0);
    Mem.copy(BlockLayout.content(block), content, bytes);
    if (BlockLayout.isPlain(block)) {
      assert !roomBefore;
      BlockLayout.setPlain(moved, bytes);
    } else {
      BlockLayout.setListpack(moved, content);
    }
    BlockLayout.setCount(moved, BlockLayout.count(block));
    replace(root, block, moved);
    return moved;
  }

  /// Puts a block in another one's place, which is freed.
  void replace(long root, long block, long by) {
    if (block == compactNext) {
      compactNext = by;
    }
    join(root, BlockLayout.previous(block), by);
    join(root, by, BlockLayout.next(block));
    RootLayout.addBlocks(root, 0, BlockLayout.capacity(by) - (long) BlockLayout.capacity(block));
    freeUnlinked(block);
  }

  /// Gives back what a block has in excess of its content when that is an eighth or more. Without
  /// memory for a smaller one the block stays. Returns its address.
  long trim(long root, long block) {
    int bytes = BlockLayout.contentBytes(block);
    int capacity = BlockLayout.capacity(block);
    long least = ShardMemory.blockBytes((long) BlockLayout.HEADER_BYTES + bytes);
    if (capacity - least < capacity >> 3) {
      return block;
    }
    try {
      return resize(root, block, bytes, false);
    } catch (MemoryExhausted e) {
      return block;
    }
  }

  /// Moves a block out of a sparse page; returns its address.
  long compact(long root, long block) {
    return memory.isSparse(block, BlockLayout.capacity(block))
        ? resize(root, block, BlockLayout.contentBytes(block), false)
        : block;
  }

  void beginCompaction(long root) {
    compactNext = RootLayout.first(root);
  }

  /// The block that the compaction looks at now, or 0 at the end.
  long nextToCompact() {
    long block = compactNext;
    compactNext = block == 0 ? 0 : BlockLayout.next(block);
    return block;
  }

  boolean isCompactionAtEnd() {
    return compactNext == 0;
  }

  /// Cuts the blocks `first` .. `last` out of one chain and makes them that of an empty root. The
  /// counts of elements are the caller's. Only one of the two parts is walked.
  ///
  /// @param walkKept whether it is better to walk what is left
  void moveTo(long root, long first, long last, long to, boolean walkKept) {
    long blocks = RootLayout.blocks(root);
    long bytes = RootLayout.blockBytes(root);
    compactNext = 0;
    join(root, BlockLayout.previous(first), BlockLayout.next(last));
    join(to, 0, first);
    join(to, last, 0);
    long walked = walkKept ? root : to;
    long other = walkKept ? to : root;
    RootLayout.addBlocks(root, -blocks, -bytes);
    for (long block = RootLayout.first(walked); block != 0; block = BlockLayout.next(block)) {
      RootLayout.addBlocks(walked, 1, BlockLayout.capacity(block));
    }
    RootLayout.addBlocks(
        other, blocks - RootLayout.blocks(walked), bytes - RootLayout.blockBytes(walked));
  }
}
