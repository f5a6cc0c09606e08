package io.pantala.core.memory;

/// Layout of a chunk that is cut into runs of pages: 4 MB at a multiple of 4 MB. Owner: the thread
/// of the [ShardMemory].
///
/// ```text
///  0        4096                                                          4 MB
///  +--------+---------------+---------+------------------+- - - - - - - - -+
///  | header | run of 9 pages| (free)  | run of 40 pages  | (free)          |
///  +--------+---------------+---------+------------------+- - - - - - - - -+
///
///  header
///  0           16          20              64                192
///  +-----------+-----------+--------+------+-----------------+
///  | links (16)| longest(4)| list(1)|      | used pages (128)|
///  +-----------+-----------+--------+------+-----------------+
/// ```
///
/// - `longest`: pages of the longest free run.
/// - `list`: the list of [PageRuns] that holds the chunk.
/// - `used pages`: bit i is set when page i is in use; page 0, the header, always is.
final class RunChunkLayout {
  static final int PAGE_SHIFT = 12;
  static final int PAGES = ChunkLayout.BYTES >>> PAGE_SHIFT;

  private static final int LONGEST = NodeLists.LINK_BYTES;
  private static final int LIST = 20;
  private static final int USED_PAGES = 64;
  private static final int WORDS = PAGES / Long.SIZE;

  static {
    assert 1 << PAGE_SHIFT == OsMemory.PAGE_BYTES;
    assert USED_PAGES + PAGES / Byte.SIZE <= OsMemory.PAGE_BYTES;
  }

  private RunChunkLayout() {}

  /// For a chunk of zeroed bytes.
  static void format(long chunk) {
    setUsed(chunk, 0, 1, true);
    updateLongest(chunk);
  }

  static int longest(long chunk) {
    return Mem.getInt(chunk + LONGEST);
  }

  static int list(long chunk) {
    return Mem.getByte(chunk + LIST);
  }

  static void setList(long chunk, int list) {
    Mem.putByte(chunk + LIST, list);
  }

  static boolean isEmpty(long chunk) {
    return longest(chunk) == PAGES - 1;
  }

  /// First page of the first free run of at least `pages`; there must be one.
  static int find(long chunk, int pages) {
    assert pages <= longest(chunk);
    int from = nextFree(chunk, 1);
    for (int end = nextUsed(chunk, from); end - from < pages; end = nextUsed(chunk, from)) {
      from = nextFree(chunk, end);
    }
    return from;
  }

  static boolean allUsed(long chunk, int from, int pages) {
    return nextFree(chunk, from) >= from + pages;
  }

  /// Marks the pages as used or free; [#updateLongest] is the caller's to do.
  static void setUsed(long chunk, int from, int pages, boolean used) {
    int end = from + pages;
    for (int at = from; at < end; ) {
      int count = Math.min(end - at, Long.SIZE - at % Long.SIZE);
      long mask = (-1L >>> (Long.SIZE - count)) << at;
      long word = wordAddress(chunk, at);
      Mem.putLong(word, used ? Mem.getLong(word) | mask : Mem.getLong(word) & ~mask);
      at += count;
    }
  }

  static void updateLongest(long chunk) {
    int longest = 0;
    for (int from = nextFree(chunk, 1); from < PAGES; ) {
      int end = nextUsed(chunk, from);
      longest = Math.max(longest, end - from);
      from = nextFree(chunk, end);
    }
    Mem.putInt(chunk + LONGEST, longest);
  }

  private static int nextFree(long chunk, int from) {
    return next(chunk, from, -1L);
  }

  private static int nextUsed(long chunk, int from) {
    return next(chunk, from, 0);
  }

  /// First page at or after `from` whose bit differs from those of `flip`; [#PAGES] for none.
  private static int next(long chunk, int from, long flip) {
    if (from >= PAGES) {
      return PAGES;
    }
    long bits = (Mem.getLong(wordAddress(chunk, from)) ^ flip) & (-1L << from);
    int word = from / Long.SIZE;
    while (bits == 0 && ++word < WORDS) {
      bits = Mem.getLong(chunk + USED_PAGES + word * (long) Long.BYTES) ^ flip;
    }
    return bits == 0 ? PAGES : word * Long.SIZE + Long.numberOfTrailingZeros(bits);
  }

  private static long wordAddress(long chunk, int page) {
    return chunk + USED_PAGES + page / Long.SIZE * (long) Long.BYTES;
  }
}
