package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;

/// Makes, moves and frees the blocks of records, whatever their values are. It knows no table.
/// Owner: the shard's thread.
final class Records {
  private final ShardMemory memory;
  private final BigValues values;
  private final ShardClock clock;

  Records(BigValues values, ShardClock clock) {
    this.memory = values.memory();
    this.values = values;
    this.clock = clock;
  }

  /// A record whose value is `bytes` undefined bytes, embedded or external.
  ///
  /// @param kind type and encoding, with [Items#ITEM] for a record with memcached's fields, which
  ///   are the caller's to fill
  long ofBytes(long key, int keyLength, int kind, int bytes, long deadline) {
    boolean external = bytes > RecordLayout.EMBEDDED_VALUE_MAX;
    if (!external) {
      return of(key, keyLength, kind, 0, bytes, deadline);
    }
    long record = of(key, keyLength, kind, RecordLayout.EXTERNAL, 0, deadline);
    try {
      ExternalBlock.allocate(memory, RecordLayout.valueField(record), bytes);
    } catch (MemoryExhausted e) {
      freeBlock(record);
      throw e;
    }
    return record;
  }

  /// A record whose value has this root.
  long ofRoot(long key, int keyLength, int kind, long root, long deadline) {
    long record = of(key, keyLength, kind, RecordLayout.ROOT, RecordLayout.ROOT_BYTES, deadline);
    RecordLayout.setRoot(record, root);
    return record;
  }

  private long of(long key, int keyLength, int kind, int valueFlag, int embedded, long deadline) {
    int flags =
        kind >> 8 | valueFlag | (deadline == Database.NO_DEADLINE ? 0 : RecordLayout.EXPIRES);
    int field = (flags & RecordLayout.EXTERNAL) != 0 ? RecordLayout.EXTERNAL_BYTES : embedded;
    long record =
        memory.allocate(RecordLayout.headBytes(flags, keyLength) + field, MemoryUse.RECORD);
    RecordLayout.format(record, kind & 0xff, flags, key, keyLength, embedded);
    if (deadline != Database.NO_DEADLINE) {
      RecordLayout.setDeadline(record, deadline);
    }
    RecordLayout.touch(record, clock.accessClock());
    return record;
  }

  /// A copy of the record's own block with or without a deadline; its value is shared.
  long withDeadline(long record, long deadline) {
    int flags = RecordLayout.flags(record) & ~RecordLayout.EXPIRES;
    flags |= deadline == Database.NO_DEADLINE ? 0 : RecordLayout.EXPIRES;
    return withFlags(record, flags, deadline);
  }

  /// The same with other flags, and so with or without the optional fields; memcached's fields that
  /// the original lacks are the caller's to fill.
  long withFlags(long record, int flags, long deadline) {
    int keyLength = RecordLayout.keyLength(record);
    long field = RecordLayout.valueField(record);
    long fieldBytes = record + RecordLayout.blockBytes(record) - field;
    long moved =
        memory.allocate(RecordLayout.headBytes(flags, keyLength) + fieldBytes, MemoryUse.RECORD);
    boolean external = RecordLayout.has(record, RecordLayout.EXTERNAL);
    RecordLayout.format(
        moved,
        RecordLayout.kind(record),
        flags,
        RecordLayout.keyAddress(record),
        keyLength,
        external ? 0 : (int) fieldBytes);
    if (deadline != Database.NO_DEADLINE) {
      RecordLayout.setDeadline(moved, deadline);
    }
    if (RecordLayout.has(record, RecordLayout.MEMCACHED)) {
      RecordLayout.copyMemcached(record, moved);
    }
    RecordLayout.touch(moved, RecordLayout.accessClock(record));
    Mem.copy(field, RecordLayout.valueField(moved), fieldBytes);
    return moved;
  }

  /// Frees a record and its value; one of many blocks goes little by little.
  void free(long record) {
    if (RecordLayout.has(record, RecordLayout.EXTERNAL)) {
      ExternalBlock.free(memory, record);
    } else if (RecordLayout.has(record, RecordLayout.ROOT)) {
      values.free(RecordLayout.kind(record), RecordLayout.root(record));
    }
    freeBlock(record);
  }

  /// Frees the record's own block only.
  void freeBlock(long record) {
    memory.free(record, RecordLayout.blockBytes(record), MemoryUse.RECORD);
  }

  /// Whether the record's embedded value could have `bytes` bytes in the block that it has.
  static boolean sameBlock(long record, int bytes) {
    long head = RecordLayout.valueField(record) - record;
    return bytes <= RecordLayout.EMBEDDED_VALUE_MAX
        && ShardMemory.blockBytes(head + bytes)
            == ShardMemory.blockBytes(RecordLayout.blockBytes(record));
  }

  /// Whether a value of `bytes` bytes of that kind could take the place of the record's, which has
  /// the same fields and no later deadline.
  static boolean fitsInPlace(long record, int kind, int bytes, long deadline) {
    int wanted = kind >> 8 | (deadline == Database.NO_DEADLINE ? 0 : RecordLayout.EXPIRES);
    int flags = RecordLayout.flags(record) & ~RecordLayout.LONG_KEY;
    return flags == wanted
        && sameBlock(record, bytes)
        && (deadline == Database.NO_DEADLINE || RecordLayout.deadline(record) <= deadline);
  }

  /// Moves the record's blocks out of sparse pages; returns its address.
  long compact(long record) {
    if (RecordLayout.has(record, RecordLayout.EXTERNAL)) {
      ExternalBlock.compact(memory, record);
    } else if (RecordLayout.has(record, RecordLayout.ROOT)) {
      values.compaction().begin(record);
    }
    long bytes = RecordLayout.blockBytes(record);
    if (!memory.isSparse(record, bytes)) {
      return record;
    }
    long moved = memory.allocate(bytes, MemoryUse.RECORD);
    Mem.copy(record, moved, bytes);
    memory.free(record, bytes, MemoryUse.RECORD);
    return moved;
  }

  /// Bytes of the record's block and its value's blocks, as the allocator counts them.
  long bytes(long record) {
    long value =
        RecordLayout.has(record, RecordLayout.ROOT)
            ? values.bytes(record)
            : ExternalBlock.bytes(record);
    return ShardMemory.blockBytes(RecordLayout.blockBytes(record)) + value;
  }
}
