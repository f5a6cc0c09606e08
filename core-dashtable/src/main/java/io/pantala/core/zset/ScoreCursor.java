package io.pantala.core.zset;

/// A place in a sorted set that goes from entry to entry, either way. Reusable; owner: the shard's
/// thread. It is valid until the set changes.
public final class ScoreCursor {
  private long leaf;
  private int index;

  /// Stands on an entry; without one, [#isAtEnd].
  void set(long leaf, int index) {
    this.leaf = leaf;
    this.index = index;
  }

  /// Whether it went past the last entry, or before the first.
  public boolean isAtEnd() {
    return leaf == 0;
  }

  public double score() {
    return TreeNode.score(leaf, index, true);
  }

  /// The block of the member ([ScoredMember]).
  public long block() {
    return TreeNode.block(leaf, index, true);
  }

  public void next() {
    if (++index == TreeNode.count(leaf)) {
      leaf = TreeNode.next(leaf);
      index = 0;
    }
  }

  public void previous() {
    if (--index < 0) {
      leaf = TreeNode.previous(leaf);
      index = leaf == 0 ? 0 : TreeNode.count(leaf) - 1;
    }
  }
}
