package io.pantala.core.zset;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;

/// Walks all of a sorted set's tree and checks what must hold between its parts.
final class TreeInvariants {
  private final long root;
  private long previousLeaf;
  private long previousBlock;
  private long leaves;
  private long nodes;

  private TreeInvariants(long root) {
    this.root = root;
  }

  /// Returns the number of nodes.
  static long check(long root) {
    TreeInvariants walk = new TreeInvariants(root);
    if (TreeRoot.node(root) != 0) {
      assertThat(walk.total(TreeRoot.node(root), TreeRoot.height(root)))
          .isEqualTo(SortedSet.size(root));
      assertThat(TreeNode.next(walk.previousLeaf)).isZero();
      assertThat(walk.leaves).isLessThanOrEqualTo(1 + SortedSet.size(root) / 4);
    } else {
      assertThat(SortedSet.size(root)).isZero();
    }
    return walk.nodes;
  }

  private long total(long node, int level) {
    nodes++;
    int count = TreeNode.count(node);
    require(count > 0 && count <= TreeNode.capacity(level == 0));
    if (level == 0) {
      checkLeaf(node, count);
      return count;
    }
    require(level < TreeRoot.height(root) || count > 1);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      long child = TreeNode.child(node, i);
      boolean childIsLeaf = level == 1;
      require(TreeNode.block(node, i, false) == TreeNode.block(child, 0, childIsLeaf));
      require(TreeNode.score(node, i, false) == TreeNode.score(child, 0, childIsLeaf));
      long members = total(child, level - 1);
      require(TreeNode.members(node, i) == members);
      sum += members;
    }
    return sum;
  }

  private void checkLeaf(long leaf, int count) {
    leaves++;
    require(TreeNode.previous(leaf) == previousLeaf);
    require(previousLeaf == 0 || TreeNode.next(previousLeaf) == leaf);
    previousLeaf = leaf;
    for (int i = 0; i < count; i++) {
      long block = TreeNode.block(leaf, i, true);
      double score = TreeNode.score(leaf, i, true);
      require(Double.doubleToRawLongBits(score) == Mem.getLong(block));
      require(previousBlock == 0 || isBefore(previousBlock, block));
      previousBlock = block;
    }
  }

  private static boolean isBefore(long a, long b) {
    double left = ScoredMember.score(a);
    double right = ScoredMember.score(b);
    int length = ScoredMember.memberLength(b);
    return left < right
        || (left == right && ScoredMember.compare(a, ScoredMember.memberAddress(b), length) < 0);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError("broken invariant");
    }
  }
}
