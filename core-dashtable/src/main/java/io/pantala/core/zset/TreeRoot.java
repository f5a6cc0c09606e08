package io.pantala.core.zset;

import io.pantala.core.memory.Mem;
import io.pantala.core.table.MemberTable;

/// The tree's fields in the root of a sorted set, behind those of its table. Owner: the thread of
/// the shard whose memory holds it.
///
/// ```text
///  MemberTable.ROOT_BYTES    + 8          + 12      + 16
///  +------------------------+------------+---------+
///  | root node (8), 0: none | height (4) | 0       |
///  +------------------------+------------+---------+
/// ```
final class TreeRoot {
  private static final int NODE = MemberTable.ROOT_BYTES;
  private static final int HEIGHT = NODE + 8;

  private TreeRoot() {}

  static long node(long root) {
    return Mem.getLong(root + NODE);
  }

  /// Levels of inner nodes.
  static int height(long root) {
    return Mem.getInt(root + HEIGHT);
  }

  static void set(long root, long node, int height) {
    Mem.putLong(root + NODE, node);
    Mem.putInt(root + HEIGHT, height);
  }
}
