package io.pantala.core.zset;

/// The way from a tree's root to a place in a leaf: a node and an index for each level, leaves
/// being level 0. Reusable; owner: the thread of its tree. It is valid until the tree changes.
final class TreePath {
  /// With 15 children and more in a node, no memory holds a higher tree.
  static final int MAX_LEVELS = 20;

  private final long[] nodes = new long[MAX_LEVELS];
  private final int[] indexes = new int[MAX_LEVELS];

  long node(int level) {
    return nodes[level];
  }

  int index(int level) {
    return indexes[level];
  }

  void set(int level, long node, int index) {
    nodes[level] = node;
    indexes[level] = index;
  }

  long leaf() {
    return nodes[0];
  }

  int index() {
    return indexes[0];
  }

  /// Goes to a point and returns how many entries stand before it; the tree must not be empty. The
  /// index in the leaf is its count when the place is at its end.
  long seek(long root, Bound bound) {
    long before = 0;
    long node = TreeRoot.node(root);
    for (int level = TreeRoot.height(root); level > 0; level--) {
      int index = Math.max(0, bound.countIn(node, false) - 1);
      before += membersBefore(node, index);
      set(level, node, index);
      node = TreeNode.child(node, index);
    }
    set(0, node, bound.countIn(node, true));
    return before + index();
  }

  /// Goes to the entry of a block, which there must be, and returns its rank.
  long seekEntry(long root, Bound bound, long block) {
    bound.byEntry(
        ScoredMember.score(block),
        ScoredMember.memberAddress(block),
        ScoredMember.memberLength(block));
    long behind = seek(root, bound);
    indexes[0]--;
    assert TreeNode.block(leaf(), index(), true) == block;
    return behind - 1;
  }

  /// Goes to the entry with this rank, which there must be.
  void seekRank(long root, long rank) {
    long left = rank;
    long node = TreeRoot.node(root);
    for (int level = TreeRoot.height(root); level > 0; level--) {
      int index = 0;
      long members = TreeNode.members(node, 0);
      while (left >= members) {
        left -= members;
        index++;
        members = TreeNode.members(node, index);
      }
      set(level, node, index);
      node = TreeNode.child(node, index);
    }
    set(0, node, (int) left);
    assert left < TreeNode.count(node);
  }

  private static long membersBefore(long node, int index) {
    long sum = 0;
    for (int i = 0; i < index; i++) {
      sum += TreeNode.members(node, i);
    }
    return sum;
  }
}
