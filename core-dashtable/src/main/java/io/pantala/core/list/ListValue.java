package io.pantala.core.list;

import io.pantala.core.db.BigValue;
import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;
import java.util.function.Supplier;

/// Lists of blocks as values of records: freed, compacted and copied as a whole. Owner: the shard's
/// thread.
///
/// ```text
///  image: for each block
///  0        4       8
///  +--------+-------+---------+
///  | bytes  | count | content |   count 0: one plain element
///  +--------+-------+---------+
/// ```
final class ListValue implements BigValue {
  private static final int IMAGE_HEADER_BYTES = 8;

  /// Two neighbours that together fill at most 3/4 of a listpack are merged by a compaction.
  private static final int MERGED_QUARTERS = 3;

  private final BlockChain chain;
  private final Supplier<ListLimit> limit;

  ListValue(BlockChain chain, Supplier<ListLimit> limit) {
    this.chain = chain;
    this.limit = limit;
  }

  @Override
  public boolean freeSlice(long root, int blocks) {
    for (int i = 0; i < blocks; i++) {
      long first = RootLayout.first(root);
      if (first == 0) {
        chain.freeRoot(root);
        return true;
      }
      chain.free(root, first);
    }
    return false;
  }

  @Override
  public long bytes(long root) {
    return ShardMemory.blockBytes(RootLayout.BYTES) + RootLayout.blockBytes(root);
  }

  @Override
  public long compactRoot(long root) {
    return chain.compactRoot(root);
  }

  /// The cursor only says that the slice is not the first: where it goes on the chain knows,
  /// because the next block may be freed meanwhile.
  @Override
  public long compactSlice(long root, long cursor, int blocks) {
    if (cursor == 0) {
      chain.beginCompaction(root);
    }
    for (int i = 0; i < blocks && !chain.isCompactionAtEnd(); i++) {
      mergeNext(root, chain.compact(root, chain.nextToCompact()));
    }
    return chain.isCompactionAtEnd() ? 0 : 1;
  }

  private void mergeNext(long root, long block) {
    long next = BlockLayout.next(block);
    if (next == 0 || BlockLayout.isPlain(block) || BlockLayout.isPlain(next)) {
      return;
    }
    long bytes = (long) BlockLayout.contentBytes(block) + BlockLayout.contentBytes(next);
    int count = BlockLayout.count(block) + BlockLayout.count(next);
    ListLimit most = limit.get();
    if (bytes * 4 > (long) most.maxBytes() * MERGED_QUARTERS || count > most.maxEntries()) {
      return;
    }
    long merged = chain.resize(root, block, (int) bytes, false);
    long listpack = BlockLayout.content(merged);
    long entries = BlockLayout.content(next) + Listpack.HEADER_BYTES;
    int entriesBytes = BlockLayout.contentBytes(next) - Listpack.EMPTY_BYTES;
    Listpack.insertEntries(
        listpack, Listpack.end(listpack), entries, entriesBytes, BlockLayout.count(next));
    BlockLayout.setCount(merged, count);
    chain.free(root, next);
  }

  @Override
  public long copy(long root) {
    long copy = chain.createRoot();
    try {
      for (long block = RootLayout.first(root); block != 0; block = BlockLayout.next(block)) {
        int plainCount = BlockLayout.isPlain(block) ? 0 : BlockLayout.count(block);
        append(copy, BlockLayout.content(block), BlockLayout.contentBytes(block), plainCount);
      }
    } catch (MemoryExhausted e) {
      freeSlice(copy, Integer.MAX_VALUE);
      throw e;
    }
    return copy;
  }

  /// Appends a copy of a block.
  ///
  /// @param count of the entries of a listpack, 0 for a plain element
  private void append(long root, long content, int bytes, int count) {
    long block = chain.allocate(bytes);
    Mem.copy(content, block + BlockLayout.HEADER_BYTES, bytes);
    if (count == 0) {
      BlockLayout.setPlain(block, bytes);
    } else {
      BlockLayout.setListpack(block, block + BlockLayout.HEADER_BYTES);
    }
    BlockLayout.setCount(block, Math.max(count, 1));
    chain.link(root, block, 0);
    RootLayout.addCount(root, Math.max(count, 1));
  }

  @Override
  public void writeImage(long root, NativeBuffer out) {
    for (long block = RootLayout.first(root); block != 0; block = BlockLayout.next(block)) {
      int bytes = BlockLayout.contentBytes(block);
      long at = out.reserve(IMAGE_HEADER_BYTES + bytes);
      Mem.putInt(at, bytes);
      Mem.putInt(at + 4, BlockLayout.isPlain(block) ? 0 : BlockLayout.count(block));
      Mem.copy(BlockLayout.content(block), at + IMAGE_HEADER_BYTES, bytes);
      out.advance(IMAGE_HEADER_BYTES + bytes);
    }
  }

  @Override
  public long ofImage(long image, long bytes) {
    long root = chain.createRoot();
    try {
      for (long at = image; at < image + bytes; at += IMAGE_HEADER_BYTES + Mem.getInt(at)) {
        append(root, at + IMAGE_HEADER_BYTES, Mem.getInt(at), Mem.getInt(at + 4));
      }
    } catch (MemoryExhausted e) {
      freeSlice(root, Integer.MAX_VALUE);
      throw e;
    }
    return root;
  }
}
