package io.pantala.core.zset;

import io.pantala.core.memory.Mem;

/// Layout of the nodes of a [ScoreTree], all of 1,024 bytes. Owner: the thread of the shard whose
/// memory holds them.
///
/// ```text
///  leaf
///  0         8            16       24                  520                 1016
///  +---------+------------+--------+-------------------+-------------------+
///  | count(4)| previous(8)| next(8)| scores, 62 x 8    | blocks, 62 x 8    |
///  +---------+------------+--------+-------------------+-------------------+
///
///  inner node
///  0         8             256                504             752           1000
///  +---------+-------------+------------------+---------------+-------------+
///  | count(4)| scores, 31  | blocks, 31       | children, 31  | members, 31 |
///  +---------+-------------+------------------+---------------+-------------+
/// ```
///
/// - Entries are sorted by score, then by member. `scores` and `blocks` of an inner node are those
///   of the first entry below each child, exactly.
/// - `members`: entries below each child.
/// - An entry's score is also in its block: a search reads a block only where scores are equal.
final class TreeNode {
  static final int BYTES = 1024;
  static final int LEAF_ENTRIES = 62;
  static final int CHILDREN = 31;

  private static final int PREVIOUS = 8;
  private static final int NEXT = 16;
  private static final int LEAF_SCORES = 24;
  private static final int LEAF_BLOCKS = LEAF_SCORES + 8 * LEAF_ENTRIES;
  private static final int SCORES = 8;
  private static final int COLUMN = 8 * CHILDREN;
  private static final int COLUMNS = 4;

  static {
    assert LEAF_BLOCKS + 8 * LEAF_ENTRIES <= BYTES;
    assert SCORES + COLUMNS * COLUMN <= BYTES;
  }

  private TreeNode() {}

  static int count(long node) {
    return Mem.getInt(node);
  }

  static void setCount(long node, int count) {
    Mem.putInt(node, count);
  }

  static int capacity(boolean isLeaf) {
    return isLeaf ? LEAF_ENTRIES : CHILDREN;
  }

  static void format(long node) {
    Mem.putLong(node, 0);
    Mem.putLong(node + PREVIOUS, 0);
    Mem.putLong(node + NEXT, 0);
  }

  static long previous(long leaf) {
    return Mem.getLong(leaf + PREVIOUS);
  }

  static long next(long leaf) {
    return Mem.getLong(leaf + NEXT);
  }

  /// Makes two leaves neighbours; either may be 0.
  static void link(long left, long right) {
    if (left != 0) {
      Mem.putLong(left + NEXT, right);
    }
    if (right != 0) {
      Mem.putLong(right + PREVIOUS, left);
    }
  }

  static double score(long node, int index, boolean isLeaf) {
    return Double.longBitsToDouble(Mem.getLong(scoreAddress(node, index, isLeaf)));
  }

  static long block(long node, int index, boolean isLeaf) {
    return Mem.getLong(blockAddress(node, index, isLeaf));
  }

  static void setEntry(long leaf, int index, double score, long block) {
    Mem.putLong(scoreAddress(leaf, index, true), Double.doubleToRawLongBits(score));
    Mem.putLong(blockAddress(leaf, index, true), block);
  }

  static long child(long node, int index) {
    return Mem.getLong(node + SCORES + 2L * COLUMN + 8L * index);
  }

  static void setChild(long node, int index, long child) {
    Mem.putLong(node + SCORES + 2L * COLUMN + 8L * index, child);
  }

  static long members(long node, int index) {
    return Mem.getLong(node + SCORES + 3L * COLUMN + 8L * index);
  }

  static void setMembers(long node, int index, long members) {
    Mem.putLong(node + SCORES + 3L * COLUMN + 8L * index, members);
  }

  /// Entries below a node.
  static long total(long node, boolean isLeaf) {
    int count = count(node);
    if (isLeaf) {
      return count;
    }
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += members(node, i);
    }
    return sum;
  }

  /// Sets all that a node says of a child.
  static void describe(long node, int index, long child, boolean childIsLeaf) {
    setChild(node, index, child);
    setMembers(node, index, total(child, childIsLeaf));
    refreshFirst(node, index, childIsLeaf);
  }

  /// Sets what a node says of the first entry below a child that is not empty.
  static void refreshFirst(long node, int index, boolean childIsLeaf) {
    long child = child(node, index);
    Mem.putLong(scoreAddress(node, index, false), Mem.getLong(scoreAddress(child, 0, childIsLeaf)));
    Mem.putLong(blockAddress(node, index, false), Mem.getLong(blockAddress(child, 0, childIsLeaf)));
  }

  /// Opens a gap of one entry or child before `index`.
  static void open(long node, int index, boolean isLeaf) {
    int count = count(node);
    assert count < capacity(isLeaf);
    for (int column = 0; column < columns(isLeaf); column++) {
      long at = at(node, column, index, isLeaf);
      Mem.move(at, at + 8, 8L * (count - index));
    }
    setCount(node, count + 1);
  }

  /// Takes `n` entries or children out.
  static void close(long node, int index, int n, boolean isLeaf) {
    int count = count(node);
    for (int column = 0; column < columns(isLeaf); column++) {
      long at = at(node, column, index, isLeaf);
      Mem.move(at + 8L * n, at, 8L * (count - index - n));
    }
    setCount(node, count - n);
  }

  /// Moves what stands from `from` on to the end of another node.
  static void shift(long node, int from, long to, boolean isLeaf) {
    int n = count(node) - from;
    int end = count(to);
    for (int column = 0; column < columns(isLeaf); column++) {
      Mem.copy(at(node, column, from, isLeaf), at(to, column, end, isLeaf), 8L * n);
    }
    setCount(to, end + n);
    setCount(node, from);
  }

  private static int columns(boolean isLeaf) {
    return isLeaf ? 2 : COLUMNS;
  }

  private static long at(long node, int column, int index, boolean isLeaf) {
    return isLeaf
        ? node + LEAF_SCORES + 8L * LEAF_ENTRIES * column + 8L * index
        : node + SCORES + (long) COLUMN * column + 8L * index;
  }

  private static long scoreAddress(long node, int index, boolean isLeaf) {
    return at(node, 0, index, isLeaf);
  }

  private static long blockAddress(long node, int index, boolean isLeaf) {
    return at(node, 1, index, isLeaf);
  }
}
