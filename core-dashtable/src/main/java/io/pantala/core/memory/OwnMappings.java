package io.pantala.core.memory;

/// Blocks of more than 1 MB: each is a mapping of its own and unmapped when it is freed. Owner: the
/// thread of the [ShardMemory].
///
/// ```text
///  0           16          4096
///  +-----------+-----------+-------------------------- - -
///  | links (16)| bytes (8) | block, whole pages
///  +-----------+-----------+-------------------------- - -
/// ```
///
/// `bytes` is the size of the mapping, this first page included.
final class OwnMappings {
  /// No address space is larger; keeps the arithmetic from overflowing.
  private static final long MAX_BYTES = 1L << 46;

  private static final int BYTES = NodeLists.LINK_BYTES;

  private final ShardPages pages;
  private final NodeLists mappings = new NodeLists(1);

  OwnMappings(ShardPages pages) {
    this.pages = pages;
  }

  long allocate(long bytes) {
    if (bytes > MAX_BYTES) {
      throw MemoryExhausted.INSTANCE;
    }
    long mapped = PageRuns.blockBytes(bytes) + OsMemory.PAGE_BYTES;
    long mapping = pages.map(mapped, OsMemory.PAGE_BYTES);
    pages.addHeld(mapped);
    Mem.putLong(mapping + BYTES, mapped);
    mappings.push(0, mapping);
    return mapping + OsMemory.PAGE_BYTES;
  }

  void free(long block, long bytes) {
    long mapping = block - OsMemory.PAGE_BYTES;
    long mapped = Mem.getLong(mapping + BYTES);
    assert mapped == PageRuns.blockBytes(bytes) + OsMemory.PAGE_BYTES : "freed with another size";
    mappings.remove(0, mapping);
    pages.unmap(mapping, mapped);
    pages.addHeld(-mapped);
  }

  void close() {
    for (long mapping = mappings.first(0), next; mapping != 0; mapping = next) {
      next = NodeLists.next(mapping);
      pages.unmap(mapping, Mem.getLong(mapping + BYTES));
    }
  }
}
