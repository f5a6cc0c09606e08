package io.pantala.core.dash;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The hash table of one database of one shard: slots of 8 bytes that point to records. Owner: the
/// thread of `memory`; the records are the caller's.
///
/// All keys are given with their hash `h`, which must be the one of the [KeyHash] the table was
/// made with. A *slot* is the address of the 8-byte word that points to a record; it is valid until
/// the table is changed by anything but [#replace].
///
/// The worst insert splits one segment; the worst erase merges a few. An empty table owns no memory
/// until its first insert.
public final class DashTable implements AutoCloseable {
  /// Look-ups that [#findAll] has in flight at a time.
  public static final int BATCH = 16;

  private static final long SCAN_END =
      (long) SegmentLayout.REGULAR_BUCKETS << HashBits.DIRECTORY_BITS;

  /// A merge is considered once for this many items erased from one segment.
  private static final int MERGE_CHECK_ITEMS = 16;

  private final RecordHash hash;
  private final Directory directory;
  private final SegmentWalk walk;
  private long size;
  private long clearPrefix;

  /// While items are shown to a visitor: nothing is inserted, no segment splits, merges or moves.
  private boolean visiting;

  @SuppressWarnings("UnusedVariable") // its only use: the loads of findAll cannot be optimized away
  private long touched;

  public DashTable(ShardMemory memory, KeyHash hash) {
    this(
        memory, record -> hash.of(RecordLayout.keyAddress(record), RecordLayout.keyLength(record)));
  }

  DashTable(ShardMemory memory, RecordHash hash) {
    this.hash = hash;
    this.directory = new Directory(memory);
    this.walk = new SegmentWalk(directory, hash);
  }

  /// For the checks of tests.
  Directory directory() {
    return directory;
  }

  /// Number of items.
  public long size() {
    return size;
  }

  /// Bytes of memory of the table itself.
  public long bytes() {
    return directory.bytes();
  }

  /// The slot of a key, or 0.
  public long find(long h, long key, int keyLength) {
    return directory.isEmpty() ? 0 : Segment.find(directory.segment(h), h, key, keyLength);
  }

  /// The record a slot points to.
  public static long record(long slot) {
    return SlotWord.record(Mem.getLong(slot));
  }

  /// Finds `n` keys, in stages over up to [#BATCH] of them, so that their cache misses overlap:
  /// `slots[i]` becomes the slot of key `i`, or 0.
  public void findAll(int n, long[] hashes, long[] keys, int[] lengths, long[] slots) {
    for (int from = 0; from < n; from += BATCH) {
      int to = Math.min(n, from + BATCH);
      if (directory.isEmpty()) {
        Arrays.fill(slots, from, to, 0);
      } else {
        touchBuckets(from, to, hashes, slots);
        touchRecords(from, to, hashes, slots);
        resolve(from, to, hashes, keys, lengths, slots);
      }
    }
  }

  /// Leaves the segment of each key in `slots`.
  private void touchBuckets(int from, int to, long[] hashes, long[] slots) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      long segment = directory.segment(hashes[i]);
      int home = HashBits.home(hashes[i]);
      sum += Mem.getLong(SegmentLayout.bucket(segment, home));
      sum += Mem.getLong(SegmentLayout.bucket(segment, SegmentLayout.next(home)));
      slots[i] = segment;
    }
    touched = sum;
  }

  /// Leaves the candidate slot of each key in `slots`, or 0.
  private void touchRecords(int from, int to, long[] hashes, long[] slots) {
    for (int i = from; i < to; i++) {
      slots[i] = Segment.candidate(slots[i], hashes[i]);
    }
    long sum = 0;
    for (int i = from; i < to; i++) {
      if (slots[i] != 0) {
        sum += Mem.getLong(record(slots[i]));
      }
    }
    touched += sum;
  }

  private void resolve(int from, int to, long[] hashes, long[] keys, int[] lengths, long[] slots) {
    for (int i = from; i < to; i++) {
      long slot = slots[i];
      if (slot == 0 || !RecordLayout.keyEquals(record(slot), keys[i], lengths[i])) {
        slots[i] = find(hashes[i], keys[i], lengths[i]);
      }
    }
  }

  /// Adds a record whose key is known to be absent and returns its slot. The deadline is taken from
  /// the record.
  ///
  /// @throws MemoryExhausted with the items as they were; also when more keys agree in all
  ///   directory bits than find room in one segment (85 in one home bucket), which an even hash
  ///   never does
  public long insert(long h, long record) {
    assert !visiting;
    assert hash.of(record) == h;
    if (directory.isEmpty()) {
      directory.createFirst();
    }
    long word = SlotWord.of(h, record);
    long segment = directory.segment(h);
    long slot = Segment.place(segment, h, word);
    if (slot == 0) {
      slot = splitAndPlace(h, word);
      segment = directory.segment(h);
    }
    SegmentLayout.setItems(segment, SegmentLayout.items(segment) + 1);
    size++;
    if (RecordLayout.has(record, RecordLayout.EXPIRES)) {
      replace(h, slot, record);
    }
    return slot;
  }

  private long splitAndPlace(long h, long word) {
    long slot;
    do {
      directory.split(h, hash);
      slot = Segment.place(directory.segment(h), h, word);
    } while (slot == 0);
    return slot;
  }

  /// Points a slot to the record of the same key that was moved, rewritten, or given another
  /// deadline.
  public void replace(long h, long slot, long record) {
    assert hash.of(record) == h;
    boolean expires = RecordLayout.has(record, RecordLayout.EXPIRES);
    BucketLayout.set(slot, SlotWord.withRecord(Mem.getLong(slot), record, expires));
    if (expires) {
      SegmentLayout.lowerDeadlineBound(directory.segment(h), RecordLayout.deadline(record));
    }
  }

  /// Empties a slot; the record is the caller's to free. May merge segments.
  public void erase(long h, long slot) {
    long segment = directory.segment(h);
    Segment.remove(segment, h, slot);
    int items = SegmentLayout.items(segment) - 1;
    SegmentLayout.setItems(segment, items);
    size--;
    // Inside a walk the segments must stay: the walk merges after each of them.
    if (items % MERGE_CHECK_ITEMS == 0 && !visiting) {
      directory.mergeAround(h);
    }
  }

  /// One step of a scan: shows some records, maybe none, and returns the cursor of the next step; 0
  /// starts and ends a scan. A record that is in the table all the time from the first step to the
  /// last is shown at least once, however the table grows and shrinks between steps.
  ///
  /// The cursor (40 bits) is `home bucket | directory prefix`: a step shows the items of one home
  /// bucket in one segment. Only its hash decides when an item's turn comes, so nothing that moves
  /// can slip past the cursor.
  public long scan(long cursor, RecordVisitor visitor) {
    if (directory.isEmpty() || Long.compareUnsigned(cursor, SCAN_END) >= 0) {
      return 0;
    }
    int home = (int) (cursor >>> HashBits.DIRECTORY_BITS);
    long prefix = cursor & (HashBits.PREFIXES - 1);
    long segment = directory.segment(HashBits.ofPrefix(prefix));
    long next = ((long) home << HashBits.DIRECTORY_BITS) + SegmentLayout.prefixEnd(segment);
    beginVisit();
    try {
      walk.visitHome(segment, home, visitor);
    } finally {
      visiting = false;
    }
    return next < SCAN_END ? next : 0;
  }

  /// A record drawn so that all are equally likely, or 0 when the table is empty.
  public long randomRecord(RandomGenerator random) {
    return size == 0 ? 0 : RandomRecord.draw(directory, size, random);
  }

  /// Reports records whose deadline is not after `nowMs`, going on from a cursor that 0 starts, and
  /// returns the cursor to go on from; 0 when a round is done. It passes over segments that cannot
  /// hold one.
  ///
  /// `work` bounds the call: each segment, each bucket and each deadline that is looked at counts
  /// one. A segment's deadline bound is made exact when one call goes through all of it, so `work`
  /// should be above 1,000.
  public long expire(long cursor, long nowMs, int work, ExpiredVisitor visitor) {
    beginVisit();
    try {
      return walk.expire(cursor, nowMs, work, visitor);
    } finally {
      visiting = false;
    }
  }

  /// No record in the segments that the last call of [#expire] went through ends before this time,
  /// in ms since 1970; those that came later aside.
  public long leastDeadlineLeft() {
    return walk.leastBound();
  }

  /// For defragmentation: offers all records to `mover` and moves the table's own blocks out of
  /// sparse places, in slices of about `work` records, going on from a cursor that 0 starts;
  /// returns the cursor of the next slice or 0 at the end. What is inserted or moves inside the
  /// table meanwhile may be missed. No slot is valid afterwards.
  public long relocate(long cursor, int work, RecordMover mover) {
    beginVisit();
    try {
      return walk.relocate(cursor, work, mover);
    } finally {
      visiting = false;
    }
  }

  /// Removes all items and gives back all memory of the table; `freeing` is shown each record and
  /// frees it.
  public void clear(RecordVisitor freeing) {
    while (!clearSlice(Integer.MAX_VALUE, freeing)) {}
  }

  /// Clears the next `segments` segments; true when the table is empty and owns no memory. The
  /// table stays usable between slices, but what is inserted then may be cleared too.
  public boolean clearSlice(int segments, RecordVisitor freeing) {
    for (int i = 0; i < segments && size > 0; i++) {
      long h = HashBits.ofPrefix(clearPrefix);
      long segment = directory.segment(h);
      clearPrefix = SegmentLayout.prefixEnd(segment) & (HashBits.PREFIXES - 1);
      size -= clearSegment(segment, freeing);
      directory.mergeAround(h);
    }
    if (size > 0) {
      return false;
    }
    close();
    return true;
  }

  /// Visits do not nest: the end of the inner one would let an erase merge under the outer one.
  private void beginVisit() {
    assert !visiting;
    visiting = true;
  }

  private int clearSegment(long segment, RecordVisitor freeing) {
    beginVisit();
    try {
      return SegmentWalk.clear(segment, freeing);
    } finally {
      visiting = false;
    }
  }

  /// Frees the memory of the table, not the records.
  @Override
  public void close() {
    directory.close();
    size = 0;
    clearPrefix = 0;
  }
}
