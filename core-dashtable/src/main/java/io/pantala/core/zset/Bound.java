package io.pantala.core.zset;

/// A point in the order of a sorted set: which entries stand before it. Reusable; owner: the thread
/// of its tree.
final class Bound {
  private enum By {
    SCORE,
    MEMBER,
    BOTH
  }

  private By by = By.SCORE;
  private double score;
  private long member;
  private int length;
  private boolean isInclusive;

  /// Behind the entries with lower scores, and with `isInclusive` also those with this score.
  Bound byScore(double score, boolean isInclusive) {
    this.by = By.SCORE;
    this.score = score;
    this.isInclusive = isInclusive;
    return this;
  }

  /// Behind the entries with lower members, and with `isInclusive` also this member; for a set
  /// whose scores are all equal.
  Bound byMember(long member, int length, boolean isInclusive) {
    this.by = By.MEMBER;
    this.member = member;
    this.length = length;
    this.isInclusive = isInclusive;
    return this;
  }

  /// Behind the entries that sort before this one, and this one if it is there.
  Bound byEntry(double score, long member, int length) {
    this.by = By.BOTH;
    this.score = score;
    this.member = member;
    this.length = length;
    this.isInclusive = true;
    return this;
  }

  /// Whether an entry stands before the point. 0.0 and -0.0 are equal, as numbers are.
  boolean isBehind(double entryScore, long block) {
    if (by != By.MEMBER && entryScore != score) {
      return entryScore < score;
    }
    if (by == By.SCORE) {
      return isInclusive;
    }
    int order = ScoredMember.compare(block, member, length);
    return order < 0 || (isInclusive && order == 0);
  }

  /// How many of the first entries of a node, or children by their first entries, are before the
  /// point.
  int countIn(long node, boolean isLeaf) {
    int low = 0;
    int high = TreeNode.count(node);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBehind(TreeNode.score(node, middle, isLeaf), TreeNode.block(node, middle, isLeaf))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
