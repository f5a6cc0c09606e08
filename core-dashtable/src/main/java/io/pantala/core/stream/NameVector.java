package io.pantala.core.stream;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;

/// Vectors of named blocks, sorted by name as bytes: the groups of a stream, the consumers of a
/// group. One instance serves all vectors of its kind on a shard, each given by the address of its
/// header. Owner: the shard's thread.
///
/// ```text
///  header:  array 8 | count 4 | capacity 4        array:  address of a block 8, ...
///  block:   ... | name length 4 | name            the length at the same offset in all blocks
/// ```
final class NameVector {
  static final int HEADER_BYTES = 16;

  private static final int FIRST_CAPACITY = 1;

  private final ShardMemory memory;
  private final int nameOffset;

  NameVector(ShardMemory memory, int nameOffset) {
    this.memory = memory;
    this.nameOffset = nameOffset;
  }

  static void format(long header) {
    Mem.putLong(header, 0);
    Mem.putLong(header + 8, 0);
  }

  static int count(long header) {
    return Mem.getInt(header + 8);
  }

  /// Block number `index` in the order of the names.
  static long get(long header, int index) {
    return Mem.getLong(Mem.getLong(header) + 8L * index);
  }

  int nameLength(long block) {
    return Mem.getInt(block + nameOffset);
  }

  long name(long block) {
    return block + nameOffset + 4;
  }

  void setName(long block, long name, int length) {
    Mem.putInt(block + nameOffset, length);
    Mem.copy(name, name(block), length);
  }

  /// Bytes of a block with this name.
  long blockBytes(int nameLength) {
    return nameOffset + 4L + nameLength;
  }

  /// The index of the block with this name, or `-1 - i` where there is none and `i` is the index it
  /// would get.
  int find(long header, long name, int length) {
    int low = 0;
    int high = count(header) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long block = get(header, middle);
      int order = Mem.compare(name(block), nameLength(block), name, length);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /// Makes room for one more; returns by how many bytes the array grew.
  ///
  /// @throws io.pantala.core.memory.MemoryExhausted with nothing changed
  long reserve(long header) {
    int count = count(header);
    int capacity = capacity(header);
    if (count < capacity) {
      return 0;
    }
    int wanted = Math.max(FIRST_CAPACITY, 2 * capacity);
    long array = memory.allocate(8L * wanted, MemoryUse.VALUE);
    long freed = 0;
    if (capacity > 0) {
      Mem.copy(Mem.getLong(header), array, 8L * count);
      freed = free(header);
    }
    Mem.putLong(header, array);
    Mem.putInt(header + 12, wanted);
    return ShardMemory.blockBytes(8L * wanted) - freed;
  }

  /// Adds a block, for which room was made.
  void insert(long header, int index, long block) {
    long at = Mem.getLong(header) + 8L * index;
    Mem.move(at, at + 8, 8L * (count(header) - index));
    Mem.putLong(at, block);
    Mem.putInt(header + 8, count(header) + 1);
  }

  void remove(long header, int index) {
    long at = Mem.getLong(header) + 8L * index;
    Mem.putInt(header + 8, count(header) - 1);
    Mem.move(at + 8, at, 8L * (count(header) - index));
  }

  /// Bytes of the array, as the allocator counts them.
  long arrayBytes(long header) {
    int capacity = capacity(header);
    return capacity == 0 ? 0 : ShardMemory.blockBytes(8L * capacity);
  }

  /// Frees the array; returns its bytes.
  long free(long header) {
    long bytes = arrayBytes(header);
    if (bytes > 0) {
      memory.free(Mem.getLong(header), 8L * capacity(header), MemoryUse.VALUE);
      Mem.putInt(header + 12, 0);
    }
    return bytes;
  }

  private static int capacity(long header) {
    return Mem.getInt(header + 12);
  }
}
