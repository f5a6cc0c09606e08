package io.pantala.core.db;

import io.pantala.core.dash.DashTable;
import io.pantala.core.dash.ExpiredVisitor;
import io.pantala.core.dash.KeyHash;
import io.pantala.core.dash.RecordMover;
import io.pantala.core.dash.RecordVisitor;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.text.IntText;
import java.util.random.RandomGenerator;

/// One numbered keyspace of a shard: its table, the records in it and their deadlines. Owner: the
/// shard's thread, asserted by its memory.
///
/// A *slot* is the address of the table slot that holds a key; it is good until the next call that
/// adds or removes a key. All methods that change something allocate what they need first, so a
/// [MemoryExhausted] leaves the data as it was.
public final class Database implements AutoCloseable {
  /// The deadline of a record that never ends.
  public static final long NO_DEADLINE = -1;

  private final ShardMemory memory;
  private final KeyHash hash;
  private final ShardClock clock;
  private final KeyspaceStats stats;
  private final DashTable table;
  private final RecordVisitor freeing = this::free;
  private final ExpiredVisitor expired = this::expire;
  private final RecordMover compacting = this::compact;
  private final Deadlines deadlines;
  private long expiryCursor;

  public Database(ShardMemory memory, KeyHash hash, ShardClock clock, KeyspaceStats stats) {
    this.memory = memory;
    this.hash = hash;
    this.clock = clock;
    this.stats = stats;
    this.table = new DashTable(memory, hash);
    this.deadlines = new Deadlines(clock.nowMs());
  }

  public long size() {
    return table.size();
  }

  /// Number of records that have a deadline.
  public long expiring() {
    return deadlines.count();
  }

  /// Mean time to live in ms of those records, 0 without any.
  public long averageTtlMs() {
    return deadlines.meanTtlMs(clock.nowMs());
  }

  public DashTable table() {
    return table;
  }

  /// Finds a live key for a command that reads it: marks the access and counts the hit or miss.
  /// Returns its slot, or 0.
  public long read(long hash, long key, int keyLength) {
    long slot = find(hash, key, keyLength);
    if (slot == 0) {
      stats.misses++;
      return 0;
    }
    stats.hits++;
    RecordLayout.touch(DashTable.record(slot), clock.accessClock());
    return slot;
  }

  /// Finds a live key for a command that only asks about it: counts the hit or miss, but the access
  /// clock stays. Returns its slot, or 0.
  public long inspect(long hash, long key, int keyLength) {
    long slot = find(hash, key, keyLength);
    if (slot == 0) {
      stats.misses++;
    } else {
      stats.hits++;
    }
    return slot;
  }

  /// Finds a live key for a command that changes it: marks the access. Returns its slot, or 0.
  public long edit(long hash, long key, int keyLength) {
    long slot = find(hash, key, keyLength);
    if (slot != 0) {
      RecordLayout.touch(DashTable.record(slot), clock.accessClock());
    }
    return slot;
  }

  /// Finds a live key without a trace; a record whose deadline has passed is deleted here. Returns
  /// its slot, or 0.
  public long find(long hash, long key, int keyLength) {
    long slot = table.find(hash, key, keyLength);
    if (slot != 0 && isPast(DashTable.record(slot))) {
      expire(hash, slot);
      return 0;
    }
    return slot;
  }

  /// Whether the record's deadline has passed.
  public boolean isPast(long record) {
    return RecordLayout.has(record, RecordLayout.EXPIRES)
        && RecordLayout.deadline(record) <= clock.nowMs();
  }

  /// Stores a string, encoded as Redis does on SET, over whatever the key held before.
  ///
  /// @param slot the key's slot, or 0 when it is absent
  /// @param deadline ms since 1970, or [#NO_DEADLINE]
  public void putString(
      long hash, long slot, long key, int keyLength, long value, int valueLength, long deadline) {
    long integer = IntText.parse(value, valueLength);
    if (IntText.isNumber(integer, value, valueLength)) {
      putInteger(hash, slot, key, keyLength, integer, deadline);
      return;
    }
    int encoding = StringEncoding.ofLength(valueLength);
    long at = putBytes(hash, slot, key, keyLength, encoding, valueLength, deadline);
    Mem.copy(value, at, valueLength);
  }

  /// Stores the integer `value`; parameters as [#putString].
  public void putInteger(long hash, long slot, long key, int keyLength, long value, long deadline) {
    long at =
        putBytes(
            hash, slot, key, keyLength, StringEncoding.INT, StringEncoding.INT_BYTES, deadline);
    Mem.putLong(at, value);
  }

  /// Makes room for a string of `bytes` bytes under a key and returns the address of its value,
  /// whose content is undefined; the caller fills it. `slot` is 0 for a new key.
  public long putBytes(
      long hash, long slot, long key, int keyLength, int encoding, int bytes, long deadline) {
    if (slot != 0) {
      long record = DashTable.record(slot);
      if (fitsInPlace(record, bytes, deadline)) {
        return overwrite(record, encoding, bytes, deadline);
      }
    }
    long record = newRecord(key, keyLength, encoding, bytes, deadline);
    if (slot == 0) {
      attach(hash, record);
    } else {
      replace(hash, slot, record);
    }
    return RecordLayout.valueAddress(record);
  }

  /// Changes the length of a string value and keeps its first bytes; bytes beyond the old length
  /// are undefined. The value becomes RAW; an integer's digits must fit. Returns the value's
  /// address.
  public long resizeString(long hash, long slot, int bytes) {
    long record = DashTable.record(slot);
    if (StringValue.isInteger(record)) {
      return writeDigits(hash, slot, record, bytes);
    }
    int kept = Math.min(bytes, RecordLayout.valueLength(record));
    if (RecordLayout.has(record, RecordLayout.EXTERNAL)
        && bytes > RecordLayout.EMBEDDED_VALUE_MAX) {
      return StringValue.resizeExternal(memory, record, bytes);
    }
    if (!RecordLayout.has(record, RecordLayout.EXTERNAL)
        && bytes <= RecordLayout.EMBEDDED_VALUE_MAX
        && sameBlock(record, bytes)) {
      RecordLayout.setEncoding(record, StringEncoding.RAW);
      RecordLayout.setEmbeddedLength(record, bytes);
      return RecordLayout.valueField(record);
    }
    long moved =
        newRecord(
            RecordLayout.keyAddress(record),
            RecordLayout.keyLength(record),
            StringEncoding.RAW,
            bytes,
            RecordLayout.deadline(record));
    long at = RecordLayout.valueAddress(moved);
    Mem.copy(RecordLayout.valueAddress(record), at, kept);
    replace(hash, slot, moved);
    return at;
  }

  /// Replaces an integer by its digits, in a raw value of `bytes` bytes.
  private long writeDigits(long hash, long slot, long record, int bytes) {
    long integer = StringValue.integer(record);
    assert bytes >= IntText.length(integer);
    long at =
        putBytes(
            hash,
            slot,
            RecordLayout.keyAddress(record),
            RecordLayout.keyLength(record),
            StringEncoding.RAW,
            bytes,
            RecordLayout.deadline(record));
    IntText.write(at, integer);
    return at;
  }

  /// Gives a key a deadline, or takes it away with [#NO_DEADLINE].
  public void setDeadline(long hash, long slot, long deadline) {
    long record = DashTable.record(slot);
    long old = RecordLayout.deadline(record);
    if (old == deadline) {
      return;
    }
    if (old != NO_DEADLINE && deadline != NO_DEADLINE) {
      RecordLayout.setDeadline(record, deadline);
      table.replace(hash, slot, record);
    } else {
      long moved = copyHead(record, deadline);
      table.replace(hash, slot, moved);
      memory.free(record, RecordLayout.blockBytes(record), MemoryUse.RECORD);
    }
    deadlines.remove(old);
    deadlines.add(deadline);
  }

  public void delete(long hash, long slot) {
    long record = DashTable.record(slot);
    detach(hash, slot);
    free(record);
  }

  /// Takes a record out of the table without freeing it: it goes to another database of this shard,
  /// or its value to another key.
  public void detach(long hash, long slot) {
    deadlines.remove(RecordLayout.deadline(DashTable.record(slot)));
    table.erase(hash, slot);
  }

  /// Puts a record whose key is absent into the table; the record is freed if that fails.
  public long attach(long hash, long record) {
    long slot;
    try {
      slot = table.insert(hash, record);
    } catch (MemoryExhausted e) {
      free(record);
      throw e;
    }
    deadlines.add(RecordLayout.deadline(record));
    return slot;
  }

  /// Gives a record another key of this database, whatever that held before; its value does not
  /// move.
  ///
  /// @throws MemoryExhausted with nothing changed
  public void rename(long fromHash, long from, int fromLength, long toHash, long to, int toLength) {
    long record = DashTable.record(table.find(fromHash, from, fromLength));
    long renamed = RecordCopy.withValueOf(memory, record, to, toLength);
    long target = table.find(toHash, to, toLength);
    if (target == 0) {
      insert(toHash, renamed);
    } else {
      replace(toHash, target, renamed);
    }
    detach(fromHash, table.find(fromHash, from, fromLength));
    freeBlock(record);
  }

  private void insert(long hash, long record) {
    try {
      table.insert(hash, record);
    } catch (MemoryExhausted e) {
      freeBlock(record);
      throw e;
    }
    deadlines.add(RecordLayout.deadline(record));
  }

  /// Moves a record to another database of this shard, which does not have its key.
  ///
  /// @throws MemoryExhausted with nothing changed
  public void moveTo(Database other, long hash, long slot) {
    long record = DashTable.record(slot);
    other.table.insert(hash, record);
    other.deadlines.add(RecordLayout.deadline(record));
    detach(hash, slot);
  }

  /// Stores a copy of a record of this shard, or of an image that [RecordCopy] wrote on another
  /// one, under a key, whatever that held before.
  ///
  /// @throws MemoryExhausted with nothing changed
  public void putCopy(long record, long hash, long key, int keyLength) {
    long copy = RecordCopy.whole(memory, record, key, keyLength);
    long slot = table.find(hash, key, keyLength);
    if (slot == 0) {
      attach(hash, copy);
    } else {
      replace(hash, slot, copy);
    }
  }

  /// Whether the deadline of some record may have passed since the last round of [#expireSlice].
  public boolean isExpiryDue() {
    return deadlines.isDue(clock.nowMs());
  }

  /// Deletes records whose deadline has passed, in segments that can hold one; `work` bounds the
  /// call as in [DashTable#expire]. Returns whether that was the end of a round.
  public boolean expireSlice(int work) {
    if (expiryCursor == 0) {
      deadlines.beginRound();
    }
    expiryCursor = table.expire(expiryCursor, clock.nowMs(), work, expired);
    deadlines.saw(table.leastDeadlineLeft());
    if (expiryCursor == 0) {
      deadlines.endRound();
    }
    return expiryCursor == 0;
  }

  /// Moves records out of sparse pages so that these can be given back; about `work` records a
  /// call. Returns where the next call goes on, 0 at the end of the table.
  public long compactPass(long cursor, int work) {
    return table.relocate(cursor, work, compacting);
  }

  /// A live record drawn so that all are equally likely, or 0 when there is none. Those drawn whose
  /// deadline has passed are deleted.
  public long randomRecord(RandomGenerator random) {
    long record = table.randomRecord(random);
    while (record != 0 && isPast(record)) {
      long key = RecordLayout.keyAddress(record);
      int keyLength = RecordLayout.keyLength(record);
      long h = hash.of(key, keyLength);
      expire(h, table.find(h, key, keyLength));
      record = table.randomRecord(random);
    }
    return record;
  }

  /// Deletes the records of the next `segments` segments; true when all are gone.
  public boolean clearSlice(int segments) {
    if (!table.clearSlice(segments, freeing)) {
      return false;
    }
    deadlines.removeAll();
    return true;
  }

  /// Deletes everything.
  public void clear() {
    table.clear(freeing);
    deadlines.removeAll();
  }

  @Override
  public void close() {
    clear();
    table.close();
  }

  private long compact(long record) {
    if (RecordLayout.has(record, RecordLayout.EXTERNAL)) {
      StringValue.compactExternal(memory, record);
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

  private void expire(long hash, long slot) {
    delete(hash, slot);
    stats.expired++;
  }

  private void free(long record) {
    if (RecordLayout.has(record, RecordLayout.EXTERNAL)) {
      StringValue.freeExternal(memory, record);
    }
    freeBlock(record);
  }

  private void freeBlock(long record) {
    memory.free(record, RecordLayout.blockBytes(record), MemoryUse.RECORD);
  }

  private void replace(long hash, long slot, long record) {
    long old = DashTable.record(slot);
    deadlines.remove(RecordLayout.deadline(old));
    deadlines.add(RecordLayout.deadline(record));
    table.replace(hash, slot, record);
    free(old);
  }

  private boolean fitsInPlace(long record, int bytes, long deadline) {
    int wanted = deadline == NO_DEADLINE ? 0 : RecordLayout.EXPIRES;
    int flags = RecordLayout.flags(record) & ~RecordLayout.LONG_KEY;
    return flags == wanted
        && StringValue.isString(record)
        && bytes <= RecordLayout.EMBEDDED_VALUE_MAX
        && sameBlock(record, bytes)
        && (wanted == 0 || RecordLayout.deadline(record) <= deadline);
  }

  private static boolean sameBlock(long record, int bytes) {
    long head = RecordLayout.valueField(record) - record;
    return ShardMemory.blockBytes(head + bytes)
        == ShardMemory.blockBytes(RecordLayout.blockBytes(record));
  }

  private long overwrite(long record, int encoding, int bytes, long deadline) {
    RecordLayout.setEncoding(record, encoding);
    RecordLayout.setEmbeddedLength(record, bytes);
    if (deadline != NO_DEADLINE) {
      deadlines.remove(RecordLayout.deadline(record));
      deadlines.add(deadline);
      RecordLayout.setDeadline(record, deadline);
    }
    RecordLayout.touch(record, clock.accessClock());
    return RecordLayout.valueField(record);
  }

  private long newRecord(long key, int keyLength, int encoding, int bytes, long deadline) {
    boolean external = bytes > RecordLayout.EMBEDDED_VALUE_MAX;
    int flags =
        (deadline == NO_DEADLINE ? 0 : RecordLayout.EXPIRES)
            | (external ? RecordLayout.EXTERNAL : 0);
    int size =
        RecordLayout.headBytes(flags, keyLength) + (external ? RecordLayout.EXTERNAL_BYTES : bytes);
    long record = memory.allocate(size, MemoryUse.RECORD);
    RecordLayout.format(
        record, StringEncoding.TYPE, encoding, flags, key, keyLength, external ? 0 : bytes);
    if (deadline != NO_DEADLINE) {
      RecordLayout.setDeadline(record, deadline);
    }
    if (external) {
      allocateExternal(record, size, bytes);
    }
    RecordLayout.touch(record, clock.accessClock());
    return record;
  }

  private void allocateExternal(long record, long size, int bytes) {
    try {
      StringValue.allocateExternal(memory, RecordLayout.valueField(record), bytes);
    } catch (MemoryExhausted e) {
      memory.free(record, size, MemoryUse.RECORD);
      throw e;
    }
  }

  /// A copy of the record's own block with or without a deadline; an external value is shared.
  private long copyHead(long record, long deadline) {
    int flags = RecordLayout.flags(record);
    flags = deadline == NO_DEADLINE ? flags & ~RecordLayout.EXPIRES : flags | RecordLayout.EXPIRES;
    int keyLength = RecordLayout.keyLength(record);
    long field = RecordLayout.valueField(record);
    long fieldBytes = record + RecordLayout.blockBytes(record) - field;
    long moved =
        memory.allocate(RecordLayout.headBytes(flags, keyLength) + fieldBytes, MemoryUse.RECORD);
    boolean external = RecordLayout.has(record, RecordLayout.EXTERNAL);
    RecordLayout.format(
        moved,
        RecordLayout.type(record),
        RecordLayout.encoding(record),
        flags,
        RecordLayout.keyAddress(record),
        keyLength,
        external ? 0 : (int) fieldBytes);
    if (deadline != NO_DEADLINE) {
      RecordLayout.setDeadline(moved, deadline);
    }
    RecordLayout.touch(moved, RecordLayout.accessClock(record));
    Mem.copy(field, RecordLayout.valueField(moved), fieldBytes);
    return moved;
  }
}
