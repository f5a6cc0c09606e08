package io.pantala.core.memory;

/// The off-heap allocator of one shard. Owner: the thread that made it, then the one that adopted
/// it; all methods of an instance assert it.
///
/// | bytes asked for | where | waste inside the block |
/// | --- | --- | --- |
/// | 0 .. 32 KB | [SlabMemory]: slabs of equal blocks in 4 MB chunks | < 8 B, < 12.5 %, < 6.25 % |
/// | .. 1 MB | [PageRuns]: runs of pages in 4 MB chunks | < 4 KB |
/// | more | [OwnMappings]: a mapping for each | < 4 KB |
///
/// Alignment: every block is aligned to 8 bytes. A block whose requested size is a multiple of 128
/// is aligned to 128 bytes; one of more than 32 KB is aligned to 4,096.
///
/// All metadata lies in the chunks: the Java heap does not grow with the data. Freed memory goes
/// back to the system when a chunk is empty (one is kept as a spare); runs of pages and own
/// mappings do at once. What keeps chunks from being empty, [#isSparse] finds.
public final class ShardMemory implements AutoCloseable {
  private static final long CLOSED = 0;

  private final ShardPages pages;
  private final SlabMemory slabs;
  private final PageRuns runs;
  private final OwnMappings own;
  private final long[] used = new long[MemoryUse.values().length];

  /// Id of the owner thread, or [#CLOSED].
  private long owner = Thread.currentThread().threadId();

  /// @param reserve where chunks come from; shards may share it
  public ShardMemory(ChunkReserve reserve) {
    pages = new ShardPages(reserve);
    slabs = new SlabMemory(pages);
    runs = new PageRuns(pages);
    own = new OwnMappings(pages);
  }

  /// Address of a block with undefined content, see the type for its alignment.
  ///
  /// @throws MemoryExhausted when the system has no memory left; nothing is changed then
  public long allocate(long bytes, MemoryUse use) {
    assert isOwner();
    if (bytes > SizeClasses.MAX_BYTES) {
      return allocateLarge(bytes, use);
    }
    int sizeClass = SizeClasses.of(bytes);
    long block = slabs.allocate(sizeClass);
    addUsed(use, SizeClasses.bytes(sizeClass));
    return block;
  }

  /// Takes back a block, which was allocated for the same use and with `bytes` or another size of
  /// equal [#blockBytes].
  public void free(long address, long bytes, MemoryUse use) {
    assert isOwner();
    if (bytes > SizeClasses.MAX_BYTES) {
      freeLarge(address, bytes, use);
      return;
    }
    int sizeClass = SizeClasses.of(bytes);
    slabs.free(address, sizeClass);
    addUsed(use, -SizeClasses.bytes(sizeClass));
  }

  /// What a request really takes. Requests of equal `blockBytes` can share a block in place.
  public static long blockBytes(long bytes) {
    return bytes > SizeClasses.MAX_BYTES
        ? PageRuns.blockBytes(bytes)
        : SizeClasses.bytes(SizeClasses.of(bytes));
  }

  /// Bytes of the blocks handed out for this use, as [#blockBytes] counts them.
  public long used(MemoryUse use) {
    assert isOwner();
    return used[index(use)];
  }

  /// Bytes of all blocks handed out.
  public long used() {
    assert isOwner();
    long sum = 0;
    for (long bytes : used) {
      sum += bytes;
    }
    return sum;
  }

  /// Bytes held from the system: free blocks, headers and the spare chunk included, pages that were
  /// given back by discarding them not.
  public long mapped() {
    assert isOwner();
    return pages.held();
  }

  /// True when moving this block elsewhere (allocate, copy, free) helps to give memory back: its
  /// slab is less than 3/8 full and another slab of the class has room, or its chunk is less than
  /// half full and drains.
  public boolean isSparse(long address, long bytes) {
    assert isOwner();
    return bytes <= SizeClasses.MAX_BYTES && slabs.isSparse(address, SizeClasses.of(bytes));
  }

  /// Makes the calling thread the owner; the one before must not touch this any more.
  public void adopt() {
    assert owner != CLOSED : "closed";
    owner = Thread.currentThread().threadId();
  }

  /// Gives everything back to the system: all blocks are invalid.
  @Override
  public void close() {
    assert isOwner();
    slabs.close();
    runs.close();
    own.close();
    pages.close();
    owner = CLOSED;
  }

  private long allocateLarge(long bytes, MemoryUse use) {
    long block = bytes > PageRuns.MAX_BYTES ? own.allocate(bytes) : runs.allocate(bytes);
    addUsed(use, blockBytes(bytes));
    return block;
  }

  private void freeLarge(long address, long bytes, MemoryUse use) {
    if (bytes > PageRuns.MAX_BYTES) {
      own.free(address, bytes);
    } else {
      runs.free(address, bytes);
    }
    addUsed(use, -blockBytes(bytes));
  }

  private boolean isOwner() {
    return owner == Thread.currentThread().threadId();
  }

  private void addUsed(MemoryUse use, long bytes) {
    used[index(use)] += bytes;
    assert used[index(use)] >= 0 : use;
  }

  @SuppressWarnings("EnumOrdinal") // the index into an array that lives no longer than the process
  private static int index(MemoryUse use) {
    return use.ordinal();
  }
}
