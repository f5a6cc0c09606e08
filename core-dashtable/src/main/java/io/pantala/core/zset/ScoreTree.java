package io.pantala.core.zset;

import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.table.MemberTable;

/// The B+ tree of sorted sets: entries of a score and a member's block, in the order of the score
/// and, where scores are equal, of the members' bytes. One for all sorted sets of a shard, each
/// given by its root. Owner: the thread of the table's memory. The blocks are the caller's.
///
/// A node that is full is split in two halves; at either end of the tree the new node gets the new
/// entry alone, so that entries that come in order fill their leaves. A node with less than a
/// quarter is merged with a neighbour if both together fill three quarters at most.
final class ScoreTree {
  private final MemberTable memory;
  private final Bound bound = new Bound();
  private final TreePath path = new TreePath();

  /// Nodes for the splits of one insert, taken before anything is changed.
  private final long[] spare = new long[TreePath.MAX_LEVELS];

  private int spares;

  /// @param memory gives blocks, which the root of each sorted set counts
  ScoreTree(MemberTable memory) {
    this.memory = memory;
  }

  /// How many entries have a lower score, or with `isInclusive` also this score.
  long countBelow(long root, double score, boolean isInclusive) {
    return count(root, bound.byScore(score, isInclusive));
  }

  /// How many entries have a lower member, or with `isInclusive` also this one; all scores are
  /// equal.
  long countBelow(long root, long member, int length, boolean isInclusive) {
    return count(root, bound.byMember(member, length, isInclusive));
  }

  private long count(long root, Bound point) {
    return TreeRoot.node(root) == 0 ? 0 : path.seek(root, point);
  }

  /// How many entries stand before the entry of a block.
  long rank(long root, long block) {
    return seekEntry(root, block);
  }

  private long seekEntry(long root, long block) {
    return path.seekEntry(root, bound, block);
  }

  /// Adds an entry. The tree may have the same block with another score, for a moment.
  ///
  /// @throws MemoryExhausted with nothing changed
  void insert(long root, double score, long block) {
    if (TreeRoot.node(root) == 0) {
      long leaf = memory.allocate(root, TreeNode.BYTES);
      TreeNode.format(leaf);
      TreeRoot.set(root, leaf, 0);
    }
    bound.byEntry(score, ScoredMember.memberAddress(block), ScoredMember.memberLength(block));
    path.seek(root, bound);
    takeSpares(root);
    long leaf = path.leaf();
    long right = insertInLeaf(leaf, path.index(), score, block);
    for (int level = 1; level <= TreeRoot.height(root); level++) {
      right = insertInParent(level, right);
    }
    if (right != 0) {
      addLevel(root, right);
    }
    assert spares == 0;
  }

  /// Takes a node for each full one of the path from the leaf up, and one for a new root.
  private void takeSpares(long root) {
    int height = TreeRoot.height(root);
    int needed = 0;
    while (needed <= height && isFull(needed)) {
      needed++;
    }
    if (needed > height) {
      needed++;
    }
    try {
      while (spares < needed) {
        long node = memory.allocate(root, TreeNode.BYTES);
        TreeNode.format(node);
        spare[spares++] = node;
      }
    } catch (MemoryExhausted e) {
      while (spares > 0) {
        memory.free(root, spare[--spares], TreeNode.BYTES);
      }
      throw e;
    }
  }

  private boolean isFull(int level) {
    boolean isLeaf = level == 0;
    return TreeNode.count(path.node(level)) == TreeNode.capacity(isLeaf);
  }

  /// Returns the new leaf behind this one if it was split, else 0.
  private long insertInLeaf(long leaf, int index, double score, long block) {
    int count = TreeNode.count(leaf);
    if (count < TreeNode.LEAF_ENTRIES) {
      TreeNode.open(leaf, index, true);
      TreeNode.setEntry(leaf, index, score, block);
      return 0;
    }
    long right = spare[--spares];
    long next = TreeNode.next(leaf);
    TreeNode.link(right, next);
    TreeNode.link(leaf, right);
    int from = splitPoint(index, count, next == 0, TreeNode.previous(leaf) == 0);
    TreeNode.shift(leaf, from, right, true);
    boolean goesRight = index > from || (index == from && from == count);
    long target = goesRight ? right : leaf;
    int at = goesRight ? index - from : index;
    TreeNode.open(target, at, true);
    TreeNode.setEntry(target, at, score, block);
    return right;
  }

  /// From where on a full node's content moves to the new one.
  private static int splitPoint(int index, int count, boolean isLast, boolean isFirst) {
    if (isLast && index == count) {
      return count;
    }
    return isFirst && index == 0 ? 0 : count >>> 1;
  }

  /// Tells a node of the path that its child got an entry, and a new neighbour if `right` is not 0.
  /// Returns the new node behind this one if it was split, else 0.
  private long insertInParent(int level, long right) {
    long node = path.node(level);
    int index = path.index(level);
    boolean childIsLeaf = level == 1;
    if (right == 0) {
      TreeNode.setMembers(node, index, TreeNode.members(node, index) + 1);
      TreeNode.refreshFirst(node, index, childIsLeaf);
      return 0;
    }
    TreeNode.describe(node, index, TreeNode.child(node, index), childIsLeaf);
    int count = TreeNode.count(node);
    int at = index + 1;
    if (count < TreeNode.CHILDREN) {
      insertChild(node, at, right, childIsLeaf);
      return 0;
    }
    long newNode = spare[--spares];
    int from = at == count ? count : count >>> 1;
    TreeNode.shift(node, from, newNode, false);
    if (at >= from) {
      insertChild(newNode, at - from, right, childIsLeaf);
    } else {
      insertChild(node, at, right, childIsLeaf);
    }
    return newNode;
  }

  private static void insertChild(long node, int index, long child, boolean childIsLeaf) {
    TreeNode.open(node, index, false);
    TreeNode.describe(node, index, child, childIsLeaf);
  }

  private void addLevel(long root, long right) {
    int height = TreeRoot.height(root);
    long top = spare[--spares];
    insertChild(top, 0, TreeRoot.node(root), height == 0);
    insertChild(top, 1, right, height == 0);
    TreeRoot.set(root, top, height + 1);
  }

  /// Gives an entry another score: in place, if it keeps its neighbours. The block's own score is
  /// the old one until the caller writes it.
  ///
  /// @throws MemoryExhausted with nothing changed
  void update(long root, long block, double score) {
    seekEntry(root, block);
    if (isBetweenNeighbours(score, block)) {
      TreeNode.setEntry(path.leaf(), path.index(), score, block);
      refreshFirsts(root);
      return;
    }
    insert(root, score, block);
    seekEntry(root, block);
    removeHere(root, 1);
  }

  private boolean isBetweenNeighbours(double score, long block) {
    long leaf = path.leaf();
    int index = path.index();
    bound.byEntry(score, ScoredMember.memberAddress(block), ScoredMember.memberLength(block));
    long before = index > 0 ? leaf : TreeNode.previous(leaf);
    if (before != 0) {
      int at = (index > 0 ? index : TreeNode.count(before)) - 1;
      if (!bound.isBehind(TreeNode.score(before, at, true), TreeNode.block(before, at, true))) {
        return false;
      }
    }
    boolean isLast = index + 1 == TreeNode.count(leaf);
    long after = isLast ? TreeNode.next(leaf) : leaf;
    int at = isLast ? 0 : index + 1;
    return after == 0
        || !bound.isBehind(TreeNode.score(after, at, true), TreeNode.block(after, at, true));
  }

  private void refreshFirsts(long root) {
    for (int level = 1; level <= TreeRoot.height(root); level++) {
      TreeNode.refreshFirst(path.node(level), path.index(level), level == 1);
    }
  }

  /// Removes the entry of a block.
  void remove(long root, long block) {
    seekEntry(root, block);
    removeHere(root, 1);
  }

  /// Goes to the entry with this rank, for [#entriesHere], [#blockHere] and [#removeHere]; it stays
  /// there until the tree changes or is asked for another place.
  void seekRank(long root, long rank) {
    path.seekRank(root, rank);
  }

  /// How many entries there are from here to the end of the leaf.
  int entriesHere() {
    return TreeNode.count(path.leaf()) - path.index();
  }

  long blockHere(int offset) {
    return TreeNode.block(path.leaf(), path.index() + offset, true);
  }

  /// Removes `n` entries from here on, all in one leaf. It reads no block, so theirs may be gone.
  void removeHere(long root, int n) {
    TreeNode.close(path.leaf(), path.index(), n, true);
    for (int level = 1; level <= TreeRoot.height(root); level++) {
      long node = path.node(level);
      int index = path.index(level);
      TreeNode.setMembers(node, index, TreeNode.members(node, index) - n);
      tidyChild(root, level);
    }
    lower(root);
  }

  /// Drops a child that is empty, or merges it with a neighbour if it has become small.
  private void tidyChild(long root, int level) {
    long node = path.node(level);
    int index = path.index(level);
    boolean childIsLeaf = level == 1;
    int count = TreeNode.count(TreeNode.child(node, index));
    if (count == 0) {
      dropChild(root, node, index, childIsLeaf);
      return;
    }
    TreeNode.refreshFirst(node, index, childIsLeaf);
    if (count < TreeNode.capacity(childIsLeaf) >> 2
        && !merge(root, node, index, childIsLeaf)
        && index > 0) {
      merge(root, node, index - 1, childIsLeaf);
    }
  }

  /// Merges a child with the one behind it, if there is one and both fit well in one node.
  private boolean merge(long root, long node, int index, boolean childIsLeaf) {
    if (index + 1 == TreeNode.count(node)) {
      return false;
    }
    long left = TreeNode.child(node, index);
    long right = TreeNode.child(node, index + 1);
    int together = TreeNode.count(left) + TreeNode.count(right);
    if (together * 4 > TreeNode.capacity(childIsLeaf) * 3) {
      return false;
    }
    TreeNode.shift(right, 0, left, childIsLeaf);
    long members = TreeNode.members(node, index) + TreeNode.members(node, index + 1);
    TreeNode.setMembers(node, index, members);
    dropChild(root, node, index + 1, childIsLeaf);
    return true;
  }

  private void dropChild(long root, long node, int index, boolean childIsLeaf) {
    long child = TreeNode.child(node, index);
    if (childIsLeaf) {
      TreeNode.link(TreeNode.previous(child), TreeNode.next(child));
    }
    TreeNode.close(node, index, 1, false);
    memory.free(root, child, TreeNode.BYTES);
  }

  /// Drops levels at the top that have a single child or nothing.
  private void lower(long root) {
    long node = TreeRoot.node(root);
    int height = TreeRoot.height(root);
    while (height > 0 && TreeNode.count(node) == 1) {
      long child = TreeNode.child(node, 0);
      memory.free(root, node, TreeNode.BYTES);
      node = child;
      height--;
    }
    if (TreeNode.count(node) == 0) {
      memory.free(root, node, TreeNode.BYTES);
      node = 0;
      height = 0;
    }
    TreeRoot.set(root, node, height);
  }

  /// Frees about `nodes` nodes, the entries being gone; true when all are. It never allocates.
  boolean freeSlice(long root, int nodes) {
    for (int i = 0; i < nodes && TreeRoot.node(root) != 0; i++) {
      freeLastNode(root);
    }
    return TreeRoot.node(root) == 0;
  }

  private void freeLastNode(long root) {
    long parent = 0;
    long node = TreeRoot.node(root);
    for (int level = TreeRoot.height(root); level > 0 && TreeNode.count(node) > 0; level--) {
      parent = node;
      node = TreeNode.child(node, TreeNode.count(node) - 1);
    }
    memory.free(root, node, TreeNode.BYTES);
    if (parent == 0) {
      TreeRoot.set(root, 0, 0);
    } else {
      TreeNode.setCount(parent, TreeNode.count(parent) - 1);
    }
  }

  /// Moves the nodes on the way to the place that was last sought out of sparse pages.
  void relocateHere(long root) {
    int height = TreeRoot.height(root);
    for (int level = height; level >= 0; level--) {
      long node = path.node(level);
      long moved = memory.relocate(root, node, TreeNode.BYTES);
      if (moved != node) {
        path.set(level, moved, path.index(level));
        if (level == height) {
          TreeRoot.set(root, moved, height);
        } else {
          TreeNode.setChild(path.node(level + 1), path.index(level + 1), moved);
        }
        if (level == 0) {
          TreeNode.link(TreeNode.previous(moved), moved);
          TreeNode.link(moved, TreeNode.next(moved));
        }
      }
    }
  }

  /// Points an entry of the leaf that was last sought to another block of the same member.
  void setBlockHere(long root, int offset, long block) {
    int index = path.index() + offset;
    long leaf = path.leaf();
    TreeNode.setEntry(leaf, index, TreeNode.score(leaf, index, true), block);
    if (index == 0) {
      refreshFirsts(root);
    }
  }

  /// Address of the leaf and the index in it of the place that was last sought.
  long leafHere() {
    return path.leaf();
  }

  int indexHere() {
    return path.index();
  }
}
