package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.text.IntText;

/// The string held by a record, read and written through static functions. Owner: the shard's
/// thread.
public final class StringValue {
  /// An external block that must grow gets this much more than asked, as a power of two fraction,
  /// up to [#SLACK_MAX] bytes: repeated APPENDs cost linear time.
  private static final int SLACK_SHIFT = 2;

  private static final int SLACK_MAX = 1 << 20;

  private StringValue() {}

  public static boolean isString(long record) {
    return RecordLayout.type(record) == StringEncoding.TYPE;
  }

  public static boolean isInteger(long record) {
    return RecordLayout.encoding(record) == StringEncoding.INT;
  }

  /// The value of an INT record.
  public static long integer(long record) {
    assert isInteger(record);
    return Mem.getLong(RecordLayout.valueField(record));
  }

  public static void setInteger(long record, long value) {
    assert isInteger(record);
    Mem.putLong(RecordLayout.valueField(record), value);
  }

  /// Bytes of the string as clients see it.
  public static int length(long record) {
    return isInteger(record) ? IntText.length(integer(record)) : RecordLayout.valueLength(record);
  }

  /// The address of the string's text: the stored bytes, or the digits written to `scratch`, which
  /// has room for [IntText#MAX_BYTES] bytes.
  public static long text(long record, long scratch) {
    if (isInteger(record)) {
      IntText.write(scratch, integer(record));
      return scratch;
    }
    return RecordLayout.valueAddress(record);
  }

  /// Bytes of the block that an external value has for itself, as the allocator counts them; 0 for
  /// an embedded one.
  public static long externalBytes(long record) {
    return RecordLayout.has(record, RecordLayout.EXTERNAL)
        ? ShardMemory.blockBytes(Mem.getInt(RecordLayout.valueField(record) + 12))
        : 0;
  }

  static void allocateExternal(ShardMemory memory, long field, int bytes) {
    setExternal(field, memory.allocate(bytes, MemoryUse.VALUE), bytes);
  }

  static void freeExternal(ShardMemory memory, long record) {
    long field = RecordLayout.valueField(record);
    memory.free(Mem.getLong(field), Mem.getInt(field + 12), MemoryUse.VALUE);
  }

  /// Moves an external value out of a sparse page.
  static void compactExternal(ShardMemory memory, long record) {
    long field = RecordLayout.valueField(record);
    long address = Mem.getLong(field);
    int capacity = Mem.getInt(field + 12);
    if (memory.isSparse(address, capacity)) {
      long moved = memory.allocate(capacity, MemoryUse.VALUE);
      Mem.copy(address, moved, Mem.getInt(field + 8));
      memory.free(address, capacity, MemoryUse.VALUE);
      Mem.putLong(field, moved);
    }
  }

  /// Grows or shrinks an external value in its block or in a new one; returns its address.
  static long resizeExternal(ShardMemory memory, long record, int bytes) {
    long field = RecordLayout.valueField(record);
    long address = Mem.getLong(field);
    int length = Mem.getInt(field + 8);
    int capacity = Mem.getInt(field + 12);
    if (bytes > capacity || bytes < capacity >> 1) {
      int room = bytes + (bytes > length ? Math.min(bytes >> SLACK_SHIFT, SLACK_MAX) : 0);
      long moved = memory.allocate(room, MemoryUse.VALUE);
      Mem.copy(address, moved, Math.min(length, bytes));
      memory.free(address, capacity, MemoryUse.VALUE);
      address = moved;
      capacity = room;
    }
    RecordLayout.setEncoding(record, StringEncoding.RAW);
    setExternal(field, address, bytes, capacity);
    return address;
  }

  /// Points a value field to an external value of `length` bytes.
  static void setExternal(long field, long address, int length) {
    setExternal(field, address, length, length);
  }

  private static void setExternal(long field, long address, int length, int capacity) {
    Mem.putLong(field, address);
    Mem.putInt(field + 8, length);
    Mem.putInt(field + 12, capacity);
  }
}
