package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;

/// Copies of a record: under another key, in another database, on another shard. A copy keeps the
/// type, the encoding, the flags, the deadline and the access clock of the original.
///
/// An *image* is a record in a buffer, on its way to another shard: the record's own block, then
/// the bytes of an external value, to which the block points. All that reads a record reads an
/// image as well.
public final class RecordCopy {
  private RecordCopy() {}

  /// Writes the image of a record into an empty buffer and returns its address, which is good as
  /// long as the buffer is left alone. Thread of the record's shard.
  ///
  /// @throws MemoryExhausted with the buffer still empty
  public static long writeImage(long record, NativeBuffer out) {
    assert out.isEmpty();
    long block = RecordLayout.blockBytes(record);
    boolean external = RecordLayout.has(record, RecordLayout.EXTERNAL);
    int valueBytes = external ? RecordLayout.valueLength(record) : 0;
    long image = out.reserve(block + valueBytes);
    Mem.copy(record, image, block);
    if (external) {
      Mem.copy(RecordLayout.valueAddress(record), image + block, valueBytes);
      StringValue.setExternal(RecordLayout.valueField(image), image + block, valueBytes);
    }
    out.advance(block + valueBytes);
    return image;
  }

  /// A record under another key that takes over the original's value: the caller frees the
  /// original's own block and nothing else.
  static long withValueOf(ShardMemory memory, long record, long key, int keyLength) {
    long copy = withHeadOf(memory, record, key, keyLength);
    long field = RecordLayout.valueField(copy);
    Mem.copy(RecordLayout.valueField(record), field, copy + RecordLayout.blockBytes(copy) - field);
    return copy;
  }

  /// A record under another key with a value of its own.
  static long whole(ShardMemory memory, long record, long key, int keyLength) {
    if (!RecordLayout.has(record, RecordLayout.EXTERNAL)) {
      return withValueOf(memory, record, key, keyLength);
    }
    long copy = withHeadOf(memory, record, key, keyLength);
    int valueBytes = RecordLayout.valueLength(record);
    try {
      StringValue.allocateExternal(memory, RecordLayout.valueField(copy), valueBytes);
    } catch (MemoryExhausted e) {
      memory.free(copy, RecordLayout.blockBytes(copy), MemoryUse.RECORD);
      throw e;
    }
    Mem.copy(RecordLayout.valueAddress(record), RecordLayout.valueAddress(copy), valueBytes);
    return copy;
  }

  /// A record that lacks only its value field.
  private static long withHeadOf(ShardMemory memory, long record, long key, int keyLength) {
    int flags = RecordLayout.flags(record);
    boolean external = RecordLayout.has(record, RecordLayout.EXTERNAL);
    int embedded = external ? 0 : RecordLayout.valueLength(record);
    int size =
        RecordLayout.headBytes(flags, keyLength)
            + (external ? RecordLayout.EXTERNAL_BYTES : embedded);
    long copy = memory.allocate(size, MemoryUse.RECORD);
    RecordLayout.format(
        copy,
        RecordLayout.type(record),
        RecordLayout.encoding(record),
        flags,
        key,
        keyLength,
        embedded);
    RecordLayout.touch(copy, RecordLayout.accessClock(record));
    int optional = RecordLayout.headBytes(flags, 0) - RecordLayout.HEADER_BYTES;
    Mem.copy(record + RecordLayout.HEADER_BYTES, copy + RecordLayout.HEADER_BYTES, optional);
    return copy;
  }
}
