package io.pantala.core.memory;

/// Blocks of more than 32 KB up to 1 MB: runs of pages in chunks of their own, whose pages go back
/// to the system as soon as the block is freed. Owner: the thread of the [ShardMemory].
///
/// The chunks are listed by the power of two of their longest free run; a request takes a chunk
/// whose run is just long enough, so that long runs stay whole. The pages of free runs are not
/// held, so [ShardPages#held] counts only the header and the runs in use.
final class PageRuns {
  static final int MAX_BYTES = 1 << 20;

  private static final int LISTS = 32 - Integer.numberOfLeadingZeros(RunChunkLayout.PAGES) + 1;

  /// Chunks looked at in a list where not every chunk is sure to have room.
  private static final int TRIES = 4;

  private final ShardPages pages;
  private final NodeLists chunks = new NodeLists(LISTS);

  /// The empty chunk that is kept against mapping and unmapping by turns, or 0.
  private long empty;

  PageRuns(ShardPages pages) {
    this.pages = pages;
  }

  static long blockBytes(long bytes) {
    return (bytes + OsMemory.PAGE_BYTES - 1) & -OsMemory.PAGE_BYTES;
  }

  long allocate(long bytes) {
    int count = pagesOf(bytes);
    long chunk = chunkWithRoom(count);
    if (chunk == empty) {
      empty = 0;
    }
    int page = RunChunkLayout.find(chunk, count);
    setUsed(chunk, page, count, true);
    pages.addHeld((long) count << RunChunkLayout.PAGE_SHIFT);
    return chunk + ((long) page << RunChunkLayout.PAGE_SHIFT);
  }

  void free(long block, long bytes) {
    int count = pagesOf(bytes);
    long chunk = ChunkLayout.of(block);
    int page = ChunkLayout.offset(block) >>> RunChunkLayout.PAGE_SHIFT;
    assert RunChunkLayout.allUsed(chunk, page, count) : "freed twice or with another size";
    OsMemory.discard(block, (long) count << RunChunkLayout.PAGE_SHIFT);
    pages.addHeld(-((long) count << RunChunkLayout.PAGE_SHIFT));
    setUsed(chunk, page, count, false);
    if (RunChunkLayout.isEmpty(chunk)) {
      keepOrUnmap(chunk);
    }
  }

  void close() {
    for (int list = 0; list < LISTS; list++) {
      for (long chunk = chunks.first(list), next; chunk != 0; chunk = next) {
        next = NodeLists.next(chunk);
        pages.unmap(chunk, ChunkLayout.BYTES);
      }
    }
  }

  private long chunkWithRoom(int count) {
    int list = listOf(count);
    long chunk = chunks.first(list);
    for (int i = 0; i < TRIES && chunk != 0; i++) {
      if (RunChunkLayout.longest(chunk) >= count) {
        return chunk;
      }
      chunk = NodeLists.next(chunk);
    }
    for (int longer = list + 1; longer < LISTS; longer++) {
      if (chunks.first(longer) != 0) {
        return chunks.first(longer);
      }
    }
    return mapChunk();
  }

  private long mapChunk() {
    long chunk = pages.map(ChunkLayout.BYTES, ChunkLayout.BYTES);
    pages.addHeld(OsMemory.PAGE_BYTES);
    RunChunkLayout.format(chunk);
    enlist(chunk);
    return chunk;
  }

  private void keepOrUnmap(long chunk) {
    if (empty == 0) {
      empty = chunk;
      return;
    }
    chunks.remove(RunChunkLayout.list(chunk), chunk);
    pages.unmap(chunk, ChunkLayout.BYTES);
    pages.addHeld(-OsMemory.PAGE_BYTES);
  }

  private void setUsed(long chunk, int page, int count, boolean used) {
    RunChunkLayout.setUsed(chunk, page, count, used);
    RunChunkLayout.updateLongest(chunk);
    if (listOf(RunChunkLayout.longest(chunk)) != RunChunkLayout.list(chunk)) {
      chunks.remove(RunChunkLayout.list(chunk), chunk);
      enlist(chunk);
    }
  }

  private void enlist(long chunk) {
    int list = listOf(RunChunkLayout.longest(chunk));
    RunChunkLayout.setList(chunk, list);
    chunks.push(list, chunk);
  }

  /// 0 for no pages, else 1 + log2.
  private static int listOf(int pages) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(pages);
  }

  private static int pagesOf(long bytes) {
    return (int) (blockBytes(bytes) >>> RunChunkLayout.PAGE_SHIFT);
  }
}
