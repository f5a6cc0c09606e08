package io.pantala.core.dash;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;

/// The way from the directory bits of a hash to a segment: a trie of nodes with 256 entries, where
/// each level takes 8 bits. It owns the blocks of the nodes and of the segments. One thread, that
/// of `memory`.
///
/// ```text
///  root entry --> node of level 0 --> node of level 1 --> node of level 2 --> node of level 3
///                     bits 0..7          bits 8..15         bits 16..23         bits 24..31
///   depth 0           depths 1..8        9..16              17..24              25..32
/// ```
///
/// An entry is the address of a segment, or with bit 0 set the address of a child node. A segment
/// of depth `d` has `2^(8 (level + 1) - d)` neighbouring entries of one node, so a change of depth
/// writes at most 128 entries and nothing is ever doubled. A table without segments has the root
/// entry 0 and owns no memory.
final class Directory {
  static final int NODE_ENTRIES = 256;
  static final int NODE_BYTES = NODE_ENTRIES * Long.BYTES;

  private static final int LEVEL_BITS = 8;
  private static final long NODE = 1;

  private final ShardMemory memory;
  private long root;
  private long bytes;

  Directory(ShardMemory memory) {
    this.memory = memory;
  }

  boolean isEmpty() {
    return root == 0;
  }

  /// The root entry, for the checks of tests.
  long root() {
    return root;
  }

  static boolean isNode(long entry) {
    return (entry & NODE) != 0;
  }

  /// Bytes of the blocks of all nodes and segments, as the allocator counts them.
  long bytes() {
    return bytes;
  }

  /// The segment of a hash; the directory must not be empty.
  long segment(long h) {
    assert isOwner();
    long entry = root;
    for (int level = 0; isNode(entry); level++) {
      entry = Mem.getLong(entry - NODE + 8L * HashBits.nodeIndex(h, level));
    }
    return entry;
  }

  /// Makes the first segment, empty.
  ///
  /// @throws MemoryExhausted with nothing changed
  void createFirst() {
    assert isEmpty();
    long segment = allocate(SegmentLayout.BYTES);
    SegmentLayout.format(segment);
    root = segment;
  }

  /// Splits the segment of this hash in two.
  ///
  /// @throws MemoryExhausted with nothing changed; also when the segment is as deep as it can be
  void split(long h, RecordHash hash) {
    long segment = segment(h);
    int depth = SegmentLayout.depth(segment);
    if (depth == HashBits.DIRECTORY_BITS) {
      throw MemoryExhausted.INSTANCE;
    }
    boolean needsNode = depth % LEVEL_BITS == 0;
    long buddy = allocate(SegmentLayout.BYTES);
    if (needsNode) {
      long node = allocateNodeOr(buddy);
      fill(node, 0, NODE_ENTRIES, segment);
      setEntry(h, depth / LEVEL_BITS - 1, node | NODE);
    }
    SegmentSplit.split(segment, buddy, hash);
    fillRange(buddy);
  }

  private long allocateNodeOr(long giveBack) {
    try {
      return allocate(NODE_BYTES);
    } catch (MemoryExhausted e) {
      free(giveBack, SegmentLayout.BYTES);
      throw e;
    }
  }

  /// Merges the segment of this hash with its buddy where both together are few, then the result
  /// with its own buddy, and so on.
  void mergeAround(long h) {
    long segment = segment(h);
    while (SegmentLayout.depth(segment) > 0
        && SegmentLayout.items(segment) <= SegmentMerge.MOST_ITEMS) {
      int depth = SegmentLayout.depth(segment);
      long bit = HashBits.directoryBit(depth - 1);
      long buddy = segment(h ^ bit);
      if (SegmentLayout.depth(buddy) != depth || !SegmentMerge.fits(segment, buddy)) {
        return;
      }
      boolean isUpper = (h & bit) != 0;
      long lower = isUpper ? buddy : segment;
      merge(lower, isUpper ? segment : buddy);
      segment = lower;
    }
  }

  private void merge(long lower, long upper) {
    SegmentMerge.absorb(lower, upper);
    int depth = SegmentLayout.depth(lower);
    if (depth % LEVEL_BITS == 0) {
      long h = HashBits.ofPrefix(SegmentLayout.prefix(lower));
      long node = node(h, depth / LEVEL_BITS);
      setEntry(h, depth / LEVEL_BITS - 1, lower);
      free(node, NODE_BYTES);
    } else {
      fillRange(lower);
    }
    free(upper, SegmentLayout.BYTES);
  }

  /// Moves the nodes and the segment of this hash out of sparse places of the memory, as far as
  /// there is room elsewhere. Slots of the segment are not valid afterwards.
  void compact(long h) {
    long entry = root;
    int level = -1;
    while (isNode(entry)) {
      long node = moved(entry - NODE, NODE_BYTES);
      setEntry(h, level, node | NODE);
      level++;
      entry = Mem.getLong(node + 8L * HashBits.nodeIndex(h, level));
    }
    long segment = moved(entry, SegmentLayout.BYTES);
    if (segment != entry) {
      replaceEntries(segment);
    }
  }

  private long moved(long block, int size) {
    if (!memory.isSparse(block, size)) {
      return block;
    }
    long to;
    try {
      to = allocate(size);
    } catch (MemoryExhausted e) {
      return block;
    }
    Mem.copy(block, to, size);
    free(block, size);
    return to;
  }

  private void replaceEntries(long segment) {
    if (SegmentLayout.depth(segment) == 0) {
      root = segment;
    } else {
      fillRange(segment);
    }
  }

  /// Frees all nodes and segments.
  void close() {
    if (root != 0) {
      freeEntry(root);
    }
    root = 0;
    assert bytes == 0;
  }

  private void freeEntry(long entry) {
    if (!isNode(entry)) {
      free(entry, SegmentLayout.BYTES);
      return;
    }
    long node = entry - NODE;
    long previous = 0;
    for (int i = 0; i < NODE_ENTRIES; i++) {
      long child = Mem.getLong(node + 8L * i);
      if (child != previous) {
        freeEntry(child);
      }
      previous = child;
    }
    free(node, NODE_BYTES);
  }

  /// Writes the entries of a segment whose depth is not 0, in a node that is there.
  private void fillRange(long segment) {
    int level = (SegmentLayout.depth(segment) - 1) / LEVEL_BITS;
    long h = HashBits.ofPrefix(SegmentLayout.prefix(segment));
    int entries = 1 << (LEVEL_BITS * (level + 1) - SegmentLayout.depth(segment));
    fill(node(h, level), HashBits.nodeIndex(h, level), entries, segment);
  }

  private static void fill(long node, int first, int entries, long entry) {
    for (int i = first; i < first + entries; i++) {
      Mem.putLong(node + 8L * i, entry);
    }
  }

  /// The node of this level on the way of a hash.
  private long node(long h, int level) {
    long entry = root;
    for (int above = 0; above < level; above++) {
      entry = Mem.getLong(entry - NODE + 8L * HashBits.nodeIndex(h, above));
    }
    assert isNode(entry);
    return entry - NODE;
  }

  /// Level -1 is the root entry.
  private void setEntry(long h, int level, long entry) {
    if (level < 0) {
      root = entry;
    } else {
      Mem.putLong(node(h, level) + 8L * HashBits.nodeIndex(h, level), entry);
    }
  }

  /// Every way into the table passes here, so this asserts the owner of all of it: the memory does.
  private boolean isOwner() {
    return memory.used() >= 0;
  }

  private long allocate(int size) {
    long block = memory.allocate(size, MemoryUse.TABLE);
    bytes += ShardMemory.blockBytes(size);
    return block;
  }

  private void free(long block, int size) {
    memory.free(block, size, MemoryUse.TABLE);
    bytes -= ShardMemory.blockBytes(size);
  }
}
