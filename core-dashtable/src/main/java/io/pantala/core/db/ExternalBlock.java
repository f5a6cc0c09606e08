package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;

/// The block of its own that a record's value has when it is large ([RecordLayout#EXTERNAL]),
/// written through static functions. Owner: the shard's thread.
///
/// ```text
///  0           8          12           16   the record's value field
///  +-----------+----------+------------+
///  | address   | length   | capacity   |
///  +-----------+----------+------------+
/// ```
final class ExternalBlock {
  /// A block that must grow gets this much more than asked, as a power of two fraction, up to
  /// [#SLACK_MAX] bytes: repeated APPENDs cost linear time.
  private static final int SLACK_SHIFT = 2;

  private static final int SLACK_MAX = 1 << 20;

  private ExternalBlock() {}

  /// Bytes of the block, as the allocator counts them; 0 for an embedded value.
  static long bytes(long record) {
    return RecordLayout.has(record, RecordLayout.EXTERNAL)
        ? ShardMemory.blockBytes(capacity(RecordLayout.valueField(record)))
        : 0;
  }

  static void allocate(ShardMemory memory, long field, int bytes) {
    set(field, memory.allocate(bytes, MemoryUse.VALUE), bytes, bytes);
  }

  static void free(ShardMemory memory, long record) {
    long field = RecordLayout.valueField(record);
    memory.free(Mem.getLong(field), capacity(field), MemoryUse.VALUE);
  }

  /// Moves the block out of a sparse page.
  static void compact(ShardMemory memory, long record) {
    long field = RecordLayout.valueField(record);
    long address = Mem.getLong(field);
    int capacity = capacity(field);
    if (memory.isSparse(address, capacity)) {
      long moved = memory.allocate(capacity, MemoryUse.VALUE);
      Mem.copy(address, moved, Mem.getInt(field + 8));
      memory.free(address, capacity, MemoryUse.VALUE);
      Mem.putLong(field, moved);
    }
  }

  /// Grows or shrinks the value in its block or in a new one; returns its address.
  static long resize(ShardMemory memory, long record, int bytes) {
    long field = RecordLayout.valueField(record);
    long address = Mem.getLong(field);
    int length = Mem.getInt(field + 8);
    int capacity = capacity(field);
    if (bytes > capacity || bytes < capacity >> 1) {
      int room = bytes + (bytes > length ? Math.min(bytes >> SLACK_SHIFT, SLACK_MAX) : 0);
      long moved = memory.allocate(room, MemoryUse.VALUE);
      Mem.copy(address, moved, Math.min(length, bytes));
      memory.free(address, capacity, MemoryUse.VALUE);
      address = moved;
      capacity = room;
    }
    set(field, address, bytes, capacity);
    return address;
  }

  static void set(long field, long address, int length, int capacity) {
    Mem.putLong(field, address);
    Mem.putInt(field + 8, length);
    Mem.putInt(field + 12, capacity);
  }

  private static int capacity(long field) {
    return Mem.getInt(field + 12);
  }
}
