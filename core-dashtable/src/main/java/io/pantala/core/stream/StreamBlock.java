package io.pantala.core.stream;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackElement;
import io.pantala.core.memory.Mem;

/// Layout of one block of a stream: static functions over its address. The listpack is that of
/// Redis.
///
/// ```text
///  0          4       8
///  +----------+-------+----------+-----------+
///  | capacity | spare | listpack | free room |
///  +----------+-------+----------+-----------+
///
///  listpack:  count | deleted | n | field 1 .. field n | 0 | entry | entry | ..
///  entry:     flags | ms | seq | value 1 .. value n                          | elements
///        or:  flags | ms | seq | n | field 1 | value 1 .. field n | value n  | elements
/// ```
///
/// - `count` and `deleted`: entries that are there, and that are marked as deleted; the 0 ends the
///   *master* fields.
/// - An entry with [#SAME_FIELDS] has the fields of the master. `ms` and `seq` are what its ID is
///   beyond that of the block; `elements` is how many there are before it, for the way back.
/// - [#RESERVE_BYTES] are always free, so that deletions, which make counts longer, need no memory.
final class StreamBlock {
  static final int HEADER_BYTES = 8;

  static final int DELETED = 1;
  static final int SAME_FIELDS = 2;

  /// `deleted` grows from 2 to 10 bytes at most.
  static final int RESERVE_BYTES = 8;

  /// Elements of an entry beside values; beside fields and values.
  static final int EXTRA_OF_SAME = 3;

  static final int EXTRA_OF_OTHER = 4;

  private StreamBlock() {}

  static int capacity(long block) {
    return Mem.getInt(block);
  }

  static void setCapacity(long block, int capacity) {
    Mem.putLong(block, capacity);
  }

  static long listpack(long block) {
    return block + HEADER_BYTES;
  }

  /// Bytes that the listpack can still grow by; deletions can use what others must leave free.
  static int room(long block) {
    return capacity(block) - HEADER_BYTES - RESERVE_BYTES - Listpack.bytes(listpack(block));
  }

  /// Entries that are there.
  static long count(long block) {
    return Listpack.integer(Listpack.first(listpack(block)));
  }

  static long deleted(long block) {
    return Listpack.integer(Listpack.next(Listpack.first(listpack(block))));
  }

  static void setCounts(long block, long count, long deleted, ListpackElement element) {
    long listpack = listpack(block);
    // What becomes shorter goes first: so the reserve is enough.
    Listpack.replace(listpack, Listpack.first(listpack), element.setInteger(count));
    long second = Listpack.next(Listpack.first(listpack));
    Listpack.replace(listpack, second, element.setInteger(deleted));
  }

  /// Position of the number of master fields.
  static long masterFields(long block) {
    return Listpack.next(Listpack.next(Listpack.first(listpack(block))));
  }

  /// Position of the first entry.
  static long firstEntry(long block) {
    long p = masterFields(block);
    return skip(p, Listpack.integer(p) + 2);
  }

  /// Position `elements` further on, 0 at the end.
  static long skip(long position, long elements) {
    long p = position;
    for (long i = 0; i < elements; i++) {
      p = Listpack.next(p);
    }
    return p;
  }
}
