package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;

/// Copies of a record: under another key, in another database, on another shard. A copy keeps the
/// type, the encoding, the flags, the deadline and the access clock of the original. Owner: the
/// shard's thread.
///
/// An *image* is a record in a buffer, on its way to another shard: the record's own block, then
/// the bytes of an external value, to which the block points. All that reads a record reads an
/// image as well, but for a value of many blocks: its image has the flags `ROOT` and `EXTERNAL`
/// both, its value field is `address of the structure's image (8) | bytes (8)`, and only [#whole]
/// understands it ([BigValue#writeImage]).
final class RecordCopy {
  private static final int IMAGE_OF_ROOT = RecordLayout.ROOT | RecordLayout.EXTERNAL;

  private final ShardMemory memory;
  private final BigValues values;

  RecordCopy(BigValues values) {
    this.memory = values.memory();
    this.values = values;
  }

  /// See [Database#writeImage].
  long writeImage(long record, NativeBuffer out) {
    assert out.isEmpty();
    return RecordLayout.has(record, RecordLayout.ROOT)
        ? writeRootedImage(record, out)
        : writeBytesImage(record, out);
  }

  private static long writeBytesImage(long record, NativeBuffer out) {
    long block = RecordLayout.blockBytes(record);
    boolean external = RecordLayout.has(record, RecordLayout.EXTERNAL);
    int valueBytes = external ? RecordLayout.valueLength(record) : 0;
    long image = out.reserve(block + valueBytes);
    Mem.copy(record, image, block);
    if (external) {
      Mem.copy(RecordLayout.valueAddress(record), image + block, valueBytes);
      ExternalBlock.set(RecordLayout.valueField(image), image + block, valueBytes, valueBytes);
    }
    out.advance(block + valueBytes);
    return image;
  }

  private long writeRootedImage(long record, NativeBuffer out) {
    long head = RecordLayout.valueField(record) - record;
    long block = head + RecordLayout.EXTERNAL_BYTES;
    out.reserve(block);
    out.advance(block);
    try {
      structure(record).writeImage(RecordLayout.root(record), out);
    } catch (MemoryExhausted e) {
      out.clear();
      throw e;
    }
    long image = out.address();
    Mem.copy(record, image, head);
    RecordLayout.setFlags(image, RecordLayout.flags(record) | RecordLayout.EXTERNAL);
    Mem.putLong(image + head, image + block);
    Mem.putLong(image + head + 8, out.position() - block);
    return image;
  }

  /// A record under another key that takes over the original's value: the caller frees the
  /// original's own block and nothing else.
  long withValueOf(long record, long key, int keyLength) {
    long copy = withHeadOf(record, RecordLayout.flags(record), key, keyLength);
    long field = RecordLayout.valueField(copy);
    Mem.copy(RecordLayout.valueField(record), field, copy + RecordLayout.blockBytes(copy) - field);
    return copy;
  }

  /// A record, of another one or of an image, under another key with a value of its own.
  long whole(long record, long key, int keyLength) {
    if (RecordLayout.has(record, RecordLayout.ROOT)) {
      return wholeRooted(record, key, keyLength);
    }
    if (!RecordLayout.has(record, RecordLayout.EXTERNAL)) {
      return withValueOf(record, key, keyLength);
    }
    long copy = withHeadOf(record, RecordLayout.flags(record), key, keyLength);
    int valueBytes = RecordLayout.valueLength(record);
    try {
      ExternalBlock.allocate(memory, RecordLayout.valueField(copy), valueBytes);
    } catch (MemoryExhausted e) {
      memory.free(copy, RecordLayout.blockBytes(copy), MemoryUse.RECORD);
      throw e;
    }
    Mem.copy(RecordLayout.valueAddress(record), RecordLayout.valueAddress(copy), valueBytes);
    return copy;
  }

  private long wholeRooted(long record, long key, int keyLength) {
    int flags = RecordLayout.flags(record) & ~RecordLayout.EXTERNAL;
    long copy = withHeadOf(record, flags, key, keyLength);
    try {
      RecordLayout.setRoot(copy, copyOfRoot(record));
    } catch (MemoryExhausted e) {
      memory.free(copy, RecordLayout.blockBytes(copy), MemoryUse.RECORD);
      throw e;
    }
    return copy;
  }

  private long copyOfRoot(long record) {
    if ((RecordLayout.flags(record) & IMAGE_OF_ROOT) == IMAGE_OF_ROOT) {
      long field = RecordLayout.valueField(record);
      return structure(record).ofImage(Mem.getLong(field), Mem.getLong(field + 8));
    }
    return structure(record).copy(RecordLayout.root(record));
  }

  private BigValue structure(long record) {
    return values.of(RecordLayout.kind(record));
  }

  /// A record that lacks only its value field.
  ///
  /// @param flags the record's, which tell how the copy holds its value
  private long withHeadOf(long record, int flags, long key, int keyLength) {
    int embedded = embeddedBytes(record, flags);
    int field = (flags & RecordLayout.EXTERNAL) != 0 ? RecordLayout.EXTERNAL_BYTES : embedded;
    long copy = memory.allocate(RecordLayout.headBytes(flags, keyLength) + field, MemoryUse.RECORD);
    RecordLayout.format(copy, RecordLayout.kind(record), flags, key, keyLength, embedded);
    RecordLayout.touch(copy, RecordLayout.accessClock(record));
    int optional = RecordLayout.headBytes(flags, 0) - RecordLayout.HEADER_BYTES;
    Mem.copy(record + RecordLayout.HEADER_BYTES, copy + RecordLayout.HEADER_BYTES, optional);
    return copy;
  }

  private static int embeddedBytes(long record, int flags) {
    if ((flags & RecordLayout.EXTERNAL) != 0) {
      return 0;
    }
    return (flags & RecordLayout.ROOT) != 0
        ? RecordLayout.ROOT_BYTES
        : RecordLayout.valueLength(record);
  }
}
