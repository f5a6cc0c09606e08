package io.pantala.core.stream;

import io.pantala.core.memory.Mem;

/// Layout of a node of an [IdTree]: static functions over its address.
///
/// ```text
///  0       2          4        8
///  +-------+----------+--------+---------+---------+-- ...
///  | count | capacity | height | entry 0 | entry 1 |
///  +-------+----------+--------+---------+---------+-- ...
///
///  entry:  ms 8 | seq 8 | value, in a leaf, or child 8
/// ```
///
/// `height` is 0 in a leaf. The entries rise by ID (`ms`, then `seq`, both unsigned). An inner
/// entry's ID is not above any ID below its child, and above all IDs below the child before; that
/// of entry 0 means nothing.
final class IdNode {
  static final int HEADER_BYTES = 8;
  static final int ID_BYTES = 16;
  static final int INNER_BYTES = ID_BYTES + 8;

  private IdNode() {}

  static void format(long node, int capacity, int height) {
    Mem.putShort(node, (short) 0);
    Mem.putShort(node + 2, (short) capacity);
    Mem.putInt(node + 4, height);
  }

  static int count(long node) {
    return Mem.getShort(node);
  }

  static void setCount(long node, int count) {
    Mem.putShort(node, (short) count);
  }

  static int capacity(long node) {
    return Mem.getShort(node + 2);
  }

  static int height(long node) {
    return Mem.getInt(node + 4);
  }

  static boolean isFull(long node) {
    return count(node) == capacity(node);
  }

  static long entry(long node, int index, int entryBytes) {
    return node + HEADER_BYTES + (long) index * entryBytes;
  }

  static long child(long node, int index) {
    return Mem.getLong(entry(node, index, INNER_BYTES) + ID_BYTES);
  }

  static void setChild(long node, int index, long child) {
    Mem.putLong(entry(node, index, INNER_BYTES) + ID_BYTES, child);
  }

  static long ms(long entry) {
    return Mem.getLong(entry);
  }

  static long seq(long entry) {
    return Mem.getLong(entry + 8);
  }

  static void setId(long entry, long ms, long seq) {
    Mem.putLong(entry, ms);
    Mem.putLong(entry + 8, seq);
  }

  /// How many entries have an ID that is not above this one.
  static int upper(long node, int entryBytes, long ms, long seq) {
    int low = 0;
    int high = count(node);
    while (low < high) {
      int middle = (low + high) >>> 1;
      long entry = entry(node, middle, entryBytes);
      if (compare(ms(entry), seq(entry), ms, seq) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  static int compare(long aMs, long aSeq, long bMs, long bSeq) {
    int byMs = Long.compareUnsigned(aMs, bMs);
    return byMs != 0 ? byMs : Long.compareUnsigned(aSeq, bSeq);
  }

  /// Makes room for an entry, whose content is the caller's; returns its address.
  static long open(long node, int index, int entryBytes) {
    long at = entry(node, index, entryBytes);
    Mem.move(at, at + entryBytes, (long) (count(node) - index) * entryBytes);
    setCount(node, count(node) + 1);
    return at;
  }

  static void close(long node, int index, int entryBytes) {
    long at = entry(node, index, entryBytes);
    setCount(node, count(node) - 1);
    Mem.move(at + entryBytes, at, (long) (count(node) - index) * entryBytes);
  }

  /// Moves the entries from number `index` on to the end of another node.
  static void moveTail(long node, int index, long to, int entryBytes) {
    int moved = count(node) - index;
    Mem.copy(
        entry(node, index, entryBytes),
        entry(to, count(to), entryBytes),
        (long) moved * entryBytes);
    setCount(to, count(to) + moved);
    setCount(node, index);
  }
}
