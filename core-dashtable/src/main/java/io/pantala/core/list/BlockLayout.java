package io.pantala.core.list;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.Mem;

/// Layout of one block of a list: static functions over its address.
///
/// ```text
///  0        8          16         20      24      28      32
///  +--------+----------+----------+-------+-------+-------+-----------+---------+-----------+
///  | next   | previous | capacity | count | start | plain | free room | content | free room |
///  +--------+----------+----------+-------+-------+-------+-----------+---------+-----------+
/// ```
///
/// - `next`, `previous`: addresses of blocks, 0 at the ends.
/// - `capacity`: bytes of the whole block, as the allocator counts them.
/// - `count`: elements, never 0 in a list; `start`: where the content begins in the block.
/// - `plain`: -1 where the content is a listpack; else the content is one element of so many bytes.
///
/// Free room before the content makes pushes and pops at the front as cheap as at the end.
final class BlockLayout {
  static final int HEADER_BYTES = 32;

  private static final int LISTPACK = -1;

  private BlockLayout() {}

  /// Writes the header of a block without neighbours and content.
  static void format(long block, int capacity) {
    setNext(block, 0);
    setPrevious(block, 0);
    Mem.putInt(block + 16, capacity);
  }

  static long next(long block) {
    return Mem.getLong(block);
  }

  static void setNext(long block, long next) {
    Mem.putLong(block, next);
  }

  static long previous(long block) {
    return Mem.getLong(block + 8);
  }

  static void setPrevious(long block, long previous) {
    Mem.putLong(block + 8, previous);
  }

  static int capacity(long block) {
    return Mem.getInt(block + 16);
  }

  static int count(long block) {
    return Mem.getInt(block + 20);
  }

  static void setCount(long block, int count) {
    Mem.putInt(block + 20, count);
  }

  static boolean isPlain(long block) {
    return Mem.getInt(block + 28) != LISTPACK;
  }

  /// Address of the listpack or the plain element.
  static long content(long block) {
    return block + Mem.getInt(block + 24);
  }

  static int contentBytes(long block) {
    int plain = Mem.getInt(block + 28);
    return plain == LISTPACK ? Listpack.bytes(content(block)) : plain;
  }

  static int roomBefore(long block) {
    return Mem.getInt(block + 24) - HEADER_BYTES;
  }

  static int roomBehind(long block) {
    return capacity(block) - Mem.getInt(block + 24) - contentBytes(block);
  }

  static void setListpack(long block, long listpack) {
    Mem.putInt(block + 24, (int) (listpack - block));
    Mem.putInt(block + 28, LISTPACK);
  }

  static void setPlain(long block, int bytes) {
    Mem.putInt(block + 24, HEADER_BYTES);
    Mem.putInt(block + 28, bytes);
  }
}
