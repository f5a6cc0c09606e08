package io.pantala.core.stream;

import io.pantala.core.memory.Mem;

/// Layout of the root of a stream: static functions over its address.
///
/// ```text
///  0        8              32        48         64           80      88      96             112
///  +--------+--------------+---------+----------+------------+-------+-------+--------------+-------+
///  | length | tree of      | last ID | first ID | greatest   | added | block | vector of    | group |
///  |        | blocks (24)  |         |          | deleted ID |       | bytes | groups (16)  | bytes |
///  +--------+--------------+---------+----------+------------+-------+-------+--------------+-------+
/// ```
///
/// - `length`: entries that are not deleted. While the stream is being freed, a link of the
///   database.
/// - `tree of blocks`: header of an [IdTree] from the ID of a block's first entry to the block.
/// - IDs are `ms 8 | seq 8`; the first one is that of the first entry that is there, 0-0 without.
/// - `added`: entries ever added. `block bytes`, `group bytes`: of the listpack blocks, and of the
///   blocks of groups and consumers without their trees, as the allocator counts them.
final class StreamRoot {
  static final int BYTES = 120;

  private static final int LAST = 32;
  private static final int FIRST = 48;
  private static final int DELETED = 64;
  private static final int ADDED = 80;
  private static final int BLOCK_BYTES = 88;
  private static final int GROUPS = 96;
  private static final int GROUP_BYTES = 112;

  private StreamRoot() {}

  static void format(long root) {
    for (int i = 0; i < BYTES; i += 8) {
      Mem.putLong(root + i, 0);
    }
  }

  static long length(long root) {
    return Mem.getLong(root);
  }

  static void setLength(long root, long length) {
    Mem.putLong(root, length);
  }

  /// Header of the tree of blocks.
  static long blocks(long root) {
    return root + 8;
  }

  /// Addresses of IDs.
  static long last(long root) {
    return root + LAST;
  }

  static long first(long root) {
    return root + FIRST;
  }

  static long greatestDeleted(long root) {
    return root + DELETED;
  }

  static long added(long root) {
    return Mem.getLong(root + ADDED);
  }

  static void setAdded(long root, long added) {
    Mem.putLong(root + ADDED, added);
  }

  static long blockBytes(long root) {
    return Mem.getLong(root + BLOCK_BYTES);
  }

  static void addBlockBytes(long root, long bytes) {
    Mem.putLong(root + BLOCK_BYTES, blockBytes(root) + bytes);
  }

  /// The vector of groups.
  static long groups(long root) {
    return root + GROUPS;
  }

  static long groupBytes(long root) {
    return Mem.getLong(root + GROUP_BYTES);
  }

  static void addGroupBytes(long root, long bytes) {
    Mem.putLong(root + GROUP_BYTES, groupBytes(root) + bytes);
  }
}
