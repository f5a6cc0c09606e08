package io.pantala.core.stream;

import io.pantala.core.db.BigValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;

/// Streams as values of records: freed, compacted and copied as a whole. Owner: the shard's thread.
final class StreamValue implements BigValue {
  /// The tree that a compaction is at: that of blocks, then those of pending entries from 0 on.
  private static final int BLOCK_TREE = -1;

  private final ShardMemory memory;
  private final IdTree tree;
  private final StreamBlocks blocks;
  private final StreamGroups groups;
  private final StreamImage image;

  /// Where a compaction goes on.
  private int compactTree = BLOCK_TREE;

  private long compactMs;
  private long compactSeq;

  StreamValue(ShardMemory memory, IdTree tree, StreamBlocks blocks, StreamGroups groups) {
    this.memory = memory;
    this.tree = tree;
    this.blocks = blocks;
    this.groups = groups;
    this.image = new StreamImage(tree, blocks, groups);
  }

  @Override
  public boolean freeSlice(long root, int most) {
    long header = StreamRoot.blocks(root);
    int left = most;
    while (left > 0 && IdTree.count(header) > 0) {
      long leaf = tree.lastLeaf(header);
      for (int i = 0; i < IdNode.count(leaf); i++) {
        blocks.free(root, Mem.getLong(IdTree.value(tree.entryOf(leaf, i))));
      }
      left -= IdNode.count(leaf);
      tree.freeLastLeaf(header);
    }
    for (; left > 0; left--) {
      if (groups.freePart(root) < 0) {
        memory.free(root, StreamRoot.BYTES, MemoryUse.VALUE);
        return true;
      }
    }
    return false;
  }

  @Override
  public long bytes(long root) {
    return ShardMemory.blockBytes(StreamRoot.BYTES)
        + StreamRoot.blockBytes(root)
        + IdTree.bytes(StreamRoot.blocks(root))
        + groups.bytes(root);
  }

  @Override
  public long compactRoot(long root) {
    if (!memory.isSparse(root, StreamRoot.BYTES)) {
      return root;
    }
    long moved = memory.allocate(StreamRoot.BYTES, MemoryUse.VALUE);
    Mem.copy(root, moved, StreamRoot.BYTES);
    memory.free(root, StreamRoot.BYTES, MemoryUse.VALUE);
    return moved;
  }

  /// The cursor only says that the slice is not the first: where it goes on, an ID and the number
  /// of a tree, is kept here. Groups and consumers themselves are not moved, for pending entries
  /// point to them.
  @Override
  public long compactSlice(long root, long cursor, int most) {
    if (cursor == 0) {
      beginTree(BLOCK_TREE);
    }
    int left = most;
    while (left > 0) {
      long leaf =
          compactTree == BLOCK_TREE
              ? tree.compact(StreamRoot.blocks(root), compactMs, compactSeq)
              : groups.compactTree(root, compactTree, compactMs, compactSeq);
      if (leaf < 0) {
        return 0;
      }
      left--;
      if (leaf == 0) {
        beginTree(compactTree + 1);
      } else {
        left -= compactLeaf(root, leaf);
      }
    }
    return 1;
  }

  private void beginTree(int number) {
    compactTree = number;
    compactMs = 0;
    compactSeq = 0;
  }

  /// Moves the blocks of a leaf, and goes on behind it; returns how many there are.
  private int compactLeaf(long root, long leaf) {
    int count = IdNode.count(leaf);
    long last;
    if (compactTree == BLOCK_TREE) {
      for (int i = 0; i < count; i++) {
        blocks.compact(root, tree.entryOf(leaf, i));
      }
      last = tree.entryOf(leaf, count - 1);
    } else {
      last = groups.lastIdOf(root, compactTree, leaf);
      count = 0;
    }
    compactSeq = IdNode.seq(last) + 1;
    compactMs = IdNode.ms(last) + (compactSeq == 0 ? 1 : 0);
    if (compactMs == 0 && compactSeq == 0) {
      beginTree(compactTree + 1);
    }
    return count;
  }

  /// By way of an image.
  @Override
  public long copy(long root) {
    try (NativeBuffer buffer = new NativeBuffer()) {
      image.write(root, buffer);
      return ofImage(buffer.address(), buffer.position());
    }
  }

  @Override
  public void writeImage(long root, NativeBuffer out) {
    image.write(root, out);
  }

  @Override
  public long ofImage(long from, long bytes) {
    long root = memory.allocate(StreamRoot.BYTES, MemoryUse.VALUE);
    StreamRoot.format(root);
    try {
      image.read(root, from);
    } catch (MemoryExhausted e) {
      while (!freeSlice(root, Integer.MAX_VALUE)) {}
      throw e;
    }
    return root;
  }
}
