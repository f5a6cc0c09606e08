package io.pantala.core.list;

import io.pantala.core.memory.Mem;

/// Layout of the root of a list: static functions over its address.
///
/// ```text
///  0         8         16        24        32        40
///  +---------+---------+---------+---------+---------+
///  | count   | first   | last    | blocks  | bytes   |
///  +---------+---------+---------+---------+---------+
/// ```
///
/// - `count`: elements. While the list is being freed, a link of the database.
/// - `first`, `last`: addresses of blocks, 0 in an empty list.
/// - `blocks`: how many; `bytes`: of all of them, as the allocator counts them, without the root.
final class RootLayout {
  static final int BYTES = 40;

  private RootLayout() {}

  static void format(long root) {
    for (int i = 0; i < BYTES; i += 8) {
      Mem.putLong(root + i, 0);
    }
  }

  static long count(long root) {
    return Mem.getLong(root);
  }

  static void addCount(long root, long added) {
    Mem.putLong(root, Mem.getLong(root) + added);
  }

  static long first(long root) {
    return Mem.getLong(root + 8);
  }

  static void setFirst(long root, long block) {
    Mem.putLong(root + 8, block);
  }

  static long last(long root) {
    return Mem.getLong(root + 16);
  }

  static void setLast(long root, long block) {
    Mem.putLong(root + 16, block);
  }

  static long blocks(long root) {
    return Mem.getLong(root + 24);
  }

  static long blockBytes(long root) {
    return Mem.getLong(root + 32);
  }

  /// Counts blocks that came, or went when negative.
  static void addBlocks(long root, long blocks, long bytes) {
    Mem.putLong(root + 24, Mem.getLong(root + 24) + blocks);
    Mem.putLong(root + 32, Mem.getLong(root + 32) + bytes);
  }
}
