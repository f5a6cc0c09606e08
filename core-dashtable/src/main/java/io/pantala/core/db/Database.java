package io.pantala.core.db;

import io.pantala.core.dash.DashTable;
import io.pantala.core.dash.ExpiredVisitor;
import io.pantala.core.dash.KeyHash;
import io.pantala.core.dash.RecordVisitor;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.record.ValueType;
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

  private final BigValues values;
  private final Records records;
  private final RecordCopy copies;
  private final KeyHash hash;
  private final ShardClock clock;
  private final KeyspaceStats stats;
  private final DashTable table;
  private final RecordVisitor freeing;
  private final ExpiredVisitor expired = this::expire;
  private final CompactionPass compaction;
  private final Deadlines deadlines;
  private final Items items;
  private long expiryCursor;
  private boolean marking = true;

  public Database(
      BigValues values, KeyHash hash, ShardClock clock, KeyspaceStats stats, Uniques uniques) {
    this.values = values;
    this.records = new Records(values, clock);
    this.copies = new RecordCopy(values);
    this.hash = hash;
    this.clock = clock;
    this.stats = stats;
    this.table = new DashTable(values.memory(), hash);
    this.freeing = records::free;
    this.compaction = new CompactionPass(table, values, records);
    this.deadlines = new Deadlines(clock.nowMs());
    this.items = new Items(this, records, uniques);
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

  public Items items() {
    return items;
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
    mark(slot);
    return slot;
  }

  /// Finds a live key as [#read] does and marks the access in any case. Returns its slot, or 0.
  public long touch(long hash, long key, int keyLength) {
    long slot = inspect(hash, key, keyLength);
    if (slot != 0) {
      RecordLayout.touch(DashTable.record(slot), clock.accessClock());
    }
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
      mark(slot);
    }
    return slot;
  }

  /// Whether [#read] and [#edit] mark the access from now on: not for clients that leave no trace.
  public void marking(boolean on) {
    marking = on;
  }

  private void mark(long slot) {
    if (marking) {
      RecordLayout.touch(DashTable.record(slot), clock.accessClock());
    }
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

  /// Makes room for a string; parameters and result as [#putValue].
  public long putBytes(
      long hash, long slot, long key, int keyLength, int encoding, int bytes, long deadline) {
    int kind = ValueType.kind(StringEncoding.TYPE, encoding);
    return putValue(hash, slot, key, keyLength, kind, bytes, deadline);
  }

  /// Makes room for a value of `bytes` bytes of any type under a key, whatever that held before,
  /// and returns the address of the value, whose content is undefined; the caller fills it.
  ///
  /// @param slot the key's slot, or 0 when it is absent
  /// @param kind type and encoding ([ValueType])
  public long putValue(
      long hash, long slot, long key, int keyLength, int kind, int bytes, long deadline) {
    return RecordLayout.valueAddress(putRecord(hash, slot, key, keyLength, kind, bytes, deadline));
  }

  /// [#putValue] that returns the record.
  long putRecord(
      long hash, long slot, long key, int keyLength, int kind, int bytes, long deadline) {
    long record = slot == 0 ? 0 : DashTable.record(slot);
    if (slot != 0 && Records.fitsInPlace(record, kind, bytes, deadline)) {
      overwrite(record, kind & 0xff, bytes, deadline);
      return record;
    }
    record = records.ofBytes(key, keyLength, kind, bytes, deadline);
    put(hash, slot, record);
    return record;
  }

  /// Gives a key a value of many blocks, whatever it held before; parameters as [#putValue].
  ///
  /// @param root the value's root, which the record then owns
  /// @throws MemoryExhausted with nothing changed; the value is still the caller's
  public void putRoot(
      long hash, long slot, long key, int keyLength, int kind, long root, long deadline) {
    long record = records.ofRoot(key, keyLength, kind, root, deadline);
    if (slot == 0) {
      insert(hash, record);
    } else {
      replace(hash, slot, record);
    }
  }

  /// Gives a key another value of many blocks; its type and deadline stay.
  ///
  /// @throws MemoryExhausted with nothing changed; the value is still the caller's
  public void convertToRoot(long hash, long slot, int encoding, long root) {
    long record = DashTable.record(slot);
    putRoot(
        hash,
        slot,
        RecordLayout.keyAddress(record),
        RecordLayout.keyLength(record),
        ValueType.kind(RecordLayout.type(record), encoding),
        root,
        RecordLayout.deadline(record));
  }

  /// Gives a key bytes of another encoding or of another value in place of what it holds; its type,
  /// deadline and client flags stay. Returns their address; the caller fills them.
  public long convertToBytes(long hash, long slot, int encoding, int bytes) {
    long record = DashTable.record(slot);
    int clientFlags = RecordLayout.clientFlags(record);
    int state = RecordLayout.state(record);
    long written =
        putRecord(
            hash,
            slot,
            RecordLayout.keyAddress(record),
            RecordLayout.keyLength(record),
            Items.kindAs(record, ValueType.kind(RecordLayout.type(record), encoding)),
            bytes,
            RecordLayout.deadline(record));
    items.fill(written, clientFlags, state);
    return RecordLayout.valueAddress(written);
  }

  /// Changes the length of a string value and keeps its first bytes; bytes beyond the old length
  /// are undefined. The value becomes RAW; an integer's digits must fit. Returns the value's
  /// address.
  public long resizeString(long hash, long slot, int bytes) {
    long record = DashTable.record(slot);
    if (StringValue.isInteger(record)) {
      long integer = StringValue.integer(record);
      long at = convertToBytes(hash, slot, StringEncoding.RAW, bytes);
      IntText.write(at, integer);
      return at;
    }
    long at = resizeValue(hash, slot, bytes);
    RecordLayout.setKind(
        DashTable.record(slot), ValueType.kind(StringEncoding.TYPE, StringEncoding.RAW));
    return at;
  }

  /// Changes the length of a value of bytes, of any type, and keeps its first bytes; bytes beyond
  /// the old length are undefined. Returns the value's address; the slot stays good.
  public long resizeValue(long hash, long slot, int bytes) {
    long record = DashTable.record(slot);
    boolean external = RecordLayout.has(record, RecordLayout.EXTERNAL);
    if (external && bytes > RecordLayout.EMBEDDED_VALUE_MAX) {
      items.renew(record);
      return ExternalBlock.resize(values.memory(), record, bytes);
    }
    if (!external && Records.sameBlock(record, bytes)) {
      RecordLayout.setEmbeddedLength(record, bytes);
      items.renew(record);
      return RecordLayout.valueField(record);
    }
    int kept = Math.min(bytes, RecordLayout.valueLength(record));
    long moved =
        records.ofBytes(
            RecordLayout.keyAddress(record),
            RecordLayout.keyLength(record),
            Items.kindAs(record, RecordLayout.kind(record)),
            bytes,
            RecordLayout.deadline(record));
    items.fill(moved, RecordLayout.clientFlags(record), RecordLayout.state(record));
    long at = RecordLayout.valueAddress(moved);
    Mem.copy(RecordLayout.valueAddress(record), at, kept);
    replace(hash, slot, moved);
    return at;
  }

  /// Makes a value of bytes as short as its content, which has become shorter in place. Without
  /// memory for a smaller block it stays as long as it is: formats must know their own length.
  public void trimValue(long hash, long slot, int bytes) {
    try {
      resizeValue(hash, slot, bytes);
    } catch (MemoryExhausted e) {
      assert bytes <= RecordLayout.valueLength(DashTable.record(slot));
    }
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
      long moved = records.withDeadline(record, deadline);
      table.replace(hash, slot, moved);
      records.freeBlock(record);
    }
    deadlines.remove(old);
    deadlines.add(deadline);
  }

  public void delete(long hash, long slot) {
    long record = DashTable.record(slot);
    detach(hash, slot);
    records.free(record);
  }

  /// Takes a record out of the table without freeing it: it goes to another database of this shard,
  /// or its value to another key.
  public void detach(long hash, long slot) {
    deadlines.remove(RecordLayout.deadline(DashTable.record(slot)));
    table.erase(hash, slot);
  }

  /// Puts a record under its key, which has the slot `slot` or is absent; the record is freed if
  /// that fails.
  private void put(long hash, long slot, long record) {
    if (slot != 0) {
      replace(hash, slot, record);
      return;
    }
    try {
      table.insert(hash, record);
    } catch (MemoryExhausted e) {
      records.free(record);
      throw e;
    }
    deadlines.add(RecordLayout.deadline(record));
  }

  /// Gives a record another key of this database, whatever that held before; its value does not
  /// move.
  ///
  /// @throws MemoryExhausted with nothing changed
  public void rename(long fromHash, long from, int fromLength, long toHash, long to, int toLength) {
    long record = DashTable.record(table.find(fromHash, from, fromLength));
    long renamed = copies.withValueOf(record, to, toLength);
    long target = table.find(toHash, to, toLength);
    if (target == 0) {
      insert(toHash, renamed);
    } else {
      replace(toHash, target, renamed);
    }
    detach(fromHash, table.find(fromHash, from, fromLength));
    records.freeBlock(record);
  }

  private void insert(long hash, long record) {
    try {
      table.insert(hash, record);
    } catch (MemoryExhausted e) {
      records.freeBlock(record);
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

  /// Stores a copy of a record of this shard, or of an image that [#writeImage] wrote on another
  /// one, under a key, whatever that held before.
  ///
  /// @throws MemoryExhausted with nothing changed
  public void putCopy(long record, long hash, long key, int keyLength) {
    long copy = copies.whole(record, key, keyLength);
    put(hash, table.find(hash, key, keyLength), copy);
  }

  /// Writes an image of a record into an empty buffer, for [#putCopy] on another shard, and returns
  /// its address, which is good as long as the buffer is left alone.
  ///
  /// @throws MemoryExhausted with the buffer still empty
  public long writeImage(long record, NativeBuffer out) {
    return copies.writeImage(record, out);
  }

  /// Bytes of a record's blocks, as the allocator counts them.
  public long bytes(long record) {
    return records.bytes(record);
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

  /// Moves records out of sparse pages so that these can be given back; about `work` records, or
  /// blocks of a large value, a call. Returns where the next call goes on, 0 at the end.
  public long compactPass(long cursor, int work) {
    return compaction.step(cursor, work);
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

  private void expire(long hash, long slot) {
    delete(hash, slot);
    stats.expired++;
  }

  private void replace(long hash, long slot, long record) {
    long old = DashTable.record(slot);
    deadlines.remove(RecordLayout.deadline(old));
    deadlines.add(RecordLayout.deadline(record));
    table.replace(hash, slot, record);
    records.free(old);
  }

  private void overwrite(long record, int kind, int bytes, long deadline) {
    RecordLayout.setKind(record, kind);
    RecordLayout.setEmbeddedLength(record, bytes);
    if (deadline != NO_DEADLINE) {
      deadlines.remove(RecordLayout.deadline(record));
      deadlines.add(deadline);
      RecordLayout.setDeadline(record, deadline);
    }
    RecordLayout.touch(record, clock.accessClock());
  }
}
