package io.pantala.core.stream;

import static io.pantala.core.stream.IdNode.INNER_BYTES;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;

/// B+ trees of 128-bit IDs with values of a fixed size. One instance serves all trees of its kind
/// on a shard, each given by the address of its header, which lies in the block of whom the tree
/// belongs to. Owner: the shard's thread.
///
/// ```text
///  header:  root node 8 | number of IDs 8 | bytes of all nodes 8
/// ```
///
/// - Nodes are of 1 KB; the only leaf of a small tree is smaller. IDs that come in rising order
///   leave full nodes behind. A node that runs empty is freed; one that is a quarter full is merged
///   with a neighbour.
/// - An *entry* is the address of an ID with its value, 0 for none; good until the tree changes.
/// - An insert allocates all nodes that it needs first. Removing never allocates.
final class IdTree {
  static final int HEADER_BYTES = 24;

  static final long MAX_MS = -1;
  static final long MAX_SEQ = -1;

  private static final int NODE_BYTES = 1024;
  private static final int INNER_MAX = (NODE_BYTES - IdNode.HEADER_BYTES) / INNER_BYTES;
  private static final int FIRST_CAPACITY = 2;

  /// 25 to the power of this is more than memory has room for.
  private static final int MAX_HEIGHT = 12;

  private final ShardMemory memory;
  private final int entryBytes;
  private final int leafMax;

  /// The way from the root to the leaf of the last search, and the slot that it took in each node;
  /// in the leaf, the number of IDs that are not above the one searched for.
  private final long[] nodes = new long[MAX_HEIGHT];

  private final int[] slots = new int[MAX_HEIGHT];
  private int depth;

  /// Nodes allocated for the splits of an insert.
  private final long[] spares = new long[MAX_HEIGHT];

  private int spareCount;

  IdTree(ShardMemory memory, int valueBytes) {
    this.memory = memory;
    this.entryBytes = IdNode.ID_BYTES + valueBytes;
    this.leafMax = (NODE_BYTES - IdNode.HEADER_BYTES) / entryBytes;
  }

  static void format(long header) {
    Mem.putLong(header, 0);
    Mem.putLong(header + 8, 0);
    Mem.putLong(header + 16, 0);
  }

  static long count(long header) {
    return Mem.getLong(header + 8);
  }

  static long bytes(long header) {
    return Mem.getLong(header + 16);
  }

  static long value(long entry) {
    return entry + IdNode.ID_BYTES;
  }

  private static long root(long header) {
    return Mem.getLong(header);
  }

  /// The entry of an ID, or 0.
  long find(long header, long ms, long seq) {
    if (!descend(header, ms, seq)) {
      return 0;
    }
    int last = depth - 1;
    if (slots[last] == 0) {
      return 0;
    }
    long entry = leafEntry(slots[last] - 1);
    return IdNode.ms(entry) == ms && IdNode.seq(entry) == seq ? entry : 0;
  }

  /// The entry with the least ID that is not below this one, or 0.
  long ceiling(long header, long ms, long seq) {
    long found = find(header, ms, seq);
    if (found != 0 || root(header) == 0) {
      return found;
    }
    int last = depth - 1;
    if (slots[last] < IdNode.count(nodes[last])) {
      return leafEntry(slots[last]);
    }
    int level = last - 1;
    while (level >= 0 && slots[level] + 1 >= IdNode.count(nodes[level])) {
      level--;
    }
    if (level < 0) {
      return 0;
    }
    slots[level]++;
    long node = IdNode.child(nodes[level], slots[level]);
    for (int i = level + 1; i < depth; i++) {
      nodes[i] = node;
      slots[i] = 0;
      node = i < last ? IdNode.child(node, 0) : 0;
    }
    return leafEntry(0);
  }

  /// The entry with the greatest ID that is not above this one, or 0.
  long floor(long header, long ms, long seq) {
    if (!descend(header, ms, seq)) {
      return 0;
    }
    int last = depth - 1;
    if (slots[last] > 0) {
      return leafEntry(slots[last] - 1);
    }
    int level = last - 1;
    while (level >= 0 && slots[level] == 0) {
      level--;
    }
    if (level < 0) {
      return 0;
    }
    long node = IdNode.child(nodes[level], slots[level] - 1);
    for (int i = level + 1; i < last; i++) {
      node = IdNode.child(node, IdNode.count(node) - 1);
    }
    return IdNode.entry(node, IdNode.count(node) - 1, entryBytes);
  }

  long first(long header) {
    return ceiling(header, 0, 0);
  }

  long last(long header) {
    return floor(header, MAX_MS, MAX_SEQ);
  }

  /// The entry behind the one with this ID, or 0.
  long after(long header, long ms, long seq) {
    if (seq != MAX_SEQ) {
      return ceiling(header, ms, seq + 1);
    }
    return ms == MAX_MS ? 0 : ceiling(header, ms + 1, 0);
  }

  /// The entry before the one with this ID, or 0.
  long before(long header, long ms, long seq) {
    if (seq != 0) {
      return floor(header, ms, seq - 1);
    }
    return ms == 0 ? 0 : floor(header, ms - 1, MAX_SEQ);
  }

  private long leafEntry(int index) {
    return IdNode.entry(nodes[depth - 1], index, entryBytes);
  }

  /// Goes from the root to the leaf where an ID belongs; false when the tree is empty.
  private boolean descend(long header, long ms, long seq) {
    depth = 0;
    long node = root(header);
    while (node != 0) {
      nodes[depth] = node;
      if (IdNode.height(node) == 0) {
        slots[depth++] = IdNode.upper(node, entryBytes, ms, seq);
        return true;
      }
      int slot = Math.max(IdNode.upper(node, INNER_BYTES, ms, seq) - 1, 0);
      slots[depth++] = slot;
      node = IdNode.child(node, slot);
    }
    return false;
  }

  /// Adds an ID that is absent; returns its entry, whose value is undefined.
  ///
  /// @throws MemoryExhausted with the tree as it was
  long insert(long header, long ms, long seq) {
    if (!descend(header, ms, seq)) {
      Mem.putLong(header, allocate(header, 0, FIRST_CAPACITY));
      descend(header, ms, seq);
    }
    int last = depth - 1;
    if (IdNode.isFull(nodes[last])) {
      makeRoom(header);
      last = depth - 1;
    }
    long entry = IdNode.open(nodes[last], slots[last], entryBytes);
    IdNode.setId(entry, ms, seq);
    Mem.putLong(header + 8, count(header) + 1);
    return entry;
  }

  /// Makes the leaf of the path larger or splits it; the path then leads to where the ID goes.
  private void makeRoom(long header) {
    long leaf = nodes[depth - 1];
    int capacity = IdNode.capacity(leaf);
    if (capacity < leafMax) {
      assert depth == 1;
      long grown = allocate(header, 0, Math.min(2 * capacity, leafMax));
      IdNode.moveTail(leaf, 0, grown, entryBytes);
      free(header, leaf);
      Mem.putLong(header, grown);
      nodes[0] = grown;
      return;
    }
    allocateSpares(header);
    if (isPathFull()) {
      addRoot(header);
    }
    splitPath();
  }

  private boolean isPathFull() {
    for (int i = 0; i < depth; i++) {
      if (!IdNode.isFull(nodes[i])) {
        return false;
      }
    }
    return true;
  }

  /// One node for each full one at the end of the path, and one for a new root when all are.
  private void allocateSpares(long header) {
    spareCount = 0;
    try {
      int level = depth - 1;
      for (; level >= 0 && IdNode.isFull(nodes[level]); level--) {
        spares[spareCount] = allocateLike(header, nodes[level]);
        spareCount++;
      }
      if (level < 0) {
        spares[spareCount] = allocate(header, IdNode.height(nodes[0]) + 1, INNER_MAX);
        spareCount++;
      }
    } catch (MemoryExhausted e) {
      while (spareCount > 0) {
        free(header, spares[--spareCount]);
      }
      throw e;
    }
  }

  private long allocateLike(long header, long node) {
    int height = IdNode.height(node);
    return allocate(header, height, height == 0 ? leafMax : INNER_MAX);
  }

  private void addRoot(long header) {
    long top = spares[--spareCount];
    long child = root(header);
    long entry = IdNode.open(top, 0, INNER_BYTES);
    IdNode.setId(entry, 0, 0);
    IdNode.setChild(top, 0, child);
    Mem.putLong(header, top);
    for (int i = depth; i > 0; i--) {
      nodes[i] = nodes[i - 1];
      slots[i] = slots[i - 1];
    }
    nodes[0] = top;
    slots[0] = 0;
    depth++;
  }

  /// Splits the full nodes at the end of the path, from the top down.
  private void splitPath() {
    int level = depth - spareCount;
    for (; level < depth; level++) {
      split(level, spares[depth - 1 - level]);
    }
    spareCount = 0;
  }

  /// Splits the node at this level of the path, whose parent has room; the path goes on through the
  /// part where the ID belongs.
  private void split(int level, long right) {
    long node = nodes[level];
    boolean isLeaf = IdNode.height(node) == 0;
    int bytes = isLeaf ? entryBytes : INNER_BYTES;
    int count = IdNode.count(node);
    // Where an ID goes behind all others, they stay together: a tree that grows at its end is full.
    boolean isAtEnd = isLeaf ? slots[level] == count : slots[level] == count - 1;
    int kept = isAtEnd ? count - 1 : count / 2;
    IdNode.moveTail(node, kept, right, bytes);
    long parent = nodes[level - 1];
    long entry = IdNode.open(parent, slots[level - 1] + 1, INNER_BYTES);
    Mem.copy(IdNode.entry(right, 0, bytes), entry, IdNode.ID_BYTES);
    IdNode.setChild(parent, slots[level - 1] + 1, right);
    boolean goesRight = isLeaf ? slots[level] > kept : slots[level] >= kept;
    if (goesRight) {
      nodes[level] = right;
      slots[level] -= kept;
      slots[level - 1]++;
    }
  }

  /// Takes out an ID; returns whether it was there.
  boolean remove(long header, long ms, long seq) {
    if (find(header, ms, seq) == 0) {
      return false;
    }
    IdNode.close(nodes[depth - 1], slots[depth - 1] - 1, entryBytes);
    Mem.putLong(header + 8, count(header) - 1);
    settle(header);
    return true;
  }

  /// Frees the nodes at the end of the path that ran empty, merges the one above them, and takes
  /// away roots with one child.
  private void settle(long header) {
    int level = depth - 1;
    while (level > 0 && IdNode.count(nodes[level]) == 0) {
      free(header, nodes[level]);
      level--;
      IdNode.close(nodes[level], slots[level], INNER_BYTES);
    }
    while (level > 0 && merge(header, level)) {
      level--;
    }
    long root = root(header);
    while (IdNode.height(root) > 0 && IdNode.count(root) == 1) {
      Mem.putLong(header, IdNode.child(root, 0));
      free(header, root);
      root = root(header);
    }
    if (IdNode.count(root) == 0) {
      free(header, root);
      Mem.putLong(header, 0);
    }
  }

  /// Merges a sparse node of the path with a neighbour below the same parent if that leaves room;
  /// whether it did.
  private boolean merge(long header, int level) {
    long parent = nodes[level - 1];
    int most = IdNode.capacity(nodes[level]);
    if (IdNode.count(nodes[level]) > most / 4 || IdNode.count(parent) == 1) {
      return false;
    }
    int left = Math.max(slots[level - 1] - 1, 0);
    long into = IdNode.child(parent, left);
    long from = IdNode.child(parent, left + 1);
    if (IdNode.count(into) + IdNode.count(from) > most * 3 / 4) {
      return false;
    }
    int bytes = IdNode.height(into) == 0 ? entryBytes : INNER_BYTES;
    if (IdNode.height(into) > 0) {
      // Entry 0 gets a meaning now: the parent has its least ID.
      Mem.copy(
          IdNode.entry(parent, left + 1, INNER_BYTES),
          IdNode.entry(from, 0, INNER_BYTES),
          IdNode.ID_BYTES);
    }
    IdNode.moveTail(from, 0, into, bytes);
    IdNode.close(parent, left + 1, INNER_BYTES);
    free(header, from);
    return true;
  }

  /// The last leaf, or 0 in an empty tree.
  long lastLeaf(long header) {
    return descend(header, MAX_MS, MAX_SEQ) ? nodes[depth - 1] : 0;
  }

  /// Frees the last leaf with all its entries; the tree must have one.
  void freeLastLeaf(long header) {
    long leaf = lastLeaf(header);
    Mem.putLong(header + 8, count(header) - IdNode.count(leaf));
    IdNode.setCount(leaf, 0);
    int level = depth - 1;
    while (level > 0 && IdNode.count(nodes[level]) == 0) {
      free(header, nodes[level]);
      level--;
      IdNode.close(nodes[level], slots[level], INNER_BYTES);
    }
    if (IdNode.count(root(header)) == 0) {
      free(header, root(header));
      Mem.putLong(header, 0);
    }
  }

  /// Entry number `index` of a leaf.
  long entryOf(long leaf, int index) {
    return IdNode.entry(leaf, index, entryBytes);
  }

  /// Moves the nodes on the way to the least ID that is not below this one out of sparse pages;
  /// returns its leaf, or 0 when there is none.
  long compact(long header, long ms, long seq) {
    if (ceiling(header, ms, seq) == 0) {
      return 0;
    }
    for (int i = 0; i < depth; i++) {
      long bytes = nodeBytes(nodes[i]);
      if (memory.isSparse(nodes[i], bytes)) {
        long moved = memory.allocate(bytes, MemoryUse.VALUE);
        Mem.copy(nodes[i], moved, bytes);
        memory.free(nodes[i], bytes, MemoryUse.VALUE);
        nodes[i] = moved;
        if (i == 0) {
          Mem.putLong(header, moved);
        } else {
          IdNode.setChild(nodes[i - 1], slots[i - 1], moved);
        }
      }
    }
    return nodes[depth - 1];
  }

  /// Bytes of a node as they are asked from the allocator.
  long nodeBytes(long node) {
    int bytes = IdNode.height(node) == 0 ? entryBytes : INNER_BYTES;
    return IdNode.HEADER_BYTES + (long) IdNode.capacity(node) * bytes;
  }

  private long allocate(long header, int height, int capacity) {
    long bytes = IdNode.HEADER_BYTES + (long) capacity * (height == 0 ? entryBytes : INNER_BYTES);
    long node = memory.allocate(bytes, MemoryUse.VALUE);
    IdNode.format(node, capacity, height);
    Mem.putLong(header + 16, bytes(header) + ShardMemory.blockBytes(bytes));
    return node;
  }

  private void free(long header, long node) {
    long bytes = nodeBytes(node);
    Mem.putLong(header + 16, bytes(header) - ShardMemory.blockBytes(bytes));
    memory.free(node, bytes, MemoryUse.VALUE);
  }
}
