package io.pantala.core.table;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;

/// How the segments of a table grow and shrink, and all blocks of a table. Owner: the thread of
/// `memory`. One for all tables of a kind in a shard.
///
/// Two things keep the work of a single insert small: the table gets one more segment each time it
/// has [#SPLIT_MEMBERS] for each, and a segment is built anew, a quarter larger, when it is full.
/// Both move at most about `2 * SPLIT_MEMBERS` members, whose hashes are in their slots.
final class Segments {
  /// Members for each segment at which one more is split off: segments have 1 to 2 times as many
  /// before their split of a round, half of that after it.
  static final int SPLIT_MEMBERS = 640;

  /// The last segment is merged below this part of the members for each that split it.
  private static final double MERGE_PART = 0.4;

  private static final int FIRST_CAPACITY = 4;

  private final ShardMemory memory;
  private final MemberHash hash;
  private final MemberKind kind;
  private final int splitMembers;
  private final int mergeMembers;

  /// @param splitMembers [#SPLIT_MEMBERS], or fewer to have many segments in a test
  Segments(ShardMemory memory, MemberHash hash, MemberKind kind, int splitMembers) {
    this.splitMembers = splitMembers;
    this.mergeMembers = (int) Math.ceil(splitMembers * MERGE_PART);
    this.memory = memory;
    this.hash = hash;
    this.kind = kind;
  }

  /// The entry of the segment of a hash.
  static long entry(long root, long h) {
    int index = SegmentOrder.indexOf(MemberHash.directory(h), TableLayout.segments(root));
    return TableLayout.entry(root, index);
  }

  /// The root of a new table, with room for `members`.
  ///
  /// @throws MemoryExhausted with nothing changed
  long create(int salt, int members) {
    int buckets = wholeBlock(MemberSegment.bucketsFor(Math.min(members, splitMembers)));
    long rootBytes = rootBytes();
    long root = memory.allocate(rootBytes, MemoryUse.VALUE);
    long segment;
    try {
      segment = memory.allocate(MemberSegment.bytes(buckets), MemoryUse.VALUE);
    } catch (MemoryExhausted e) {
      memory.free(root, rootBytes, MemoryUse.VALUE);
      throw e;
    }
    MemberSegment.format(segment, buckets);
    Mem.fill(root, rootBytes, 0);
    TableLayout.format(root, salt, segment, buckets);
    TableLayout.addBytes(
        root,
        ShardMemory.blockBytes(rootBytes) + ShardMemory.blockBytes(MemberSegment.bytes(buckets)));
    return root;
  }

  /// Makes room for one more member with this hash. No slot is valid afterwards.
  ///
  /// @throws MemoryExhausted with the members as they were
  void reserve(long root, long h) {
    if (TableLayout.size(root) >= (long) splitMembers * TableLayout.segments(root)) {
      split(root);
    }
    long entry = entry(root, h);
    int items = TableLayout.items(entry);
    if (items >= MemberSegment.limit(TableLayout.buckets(entry))) {
      resize(root, entry, MemberSegment.bucketsFor(items + 1 + (items >> 2)));
    }
  }

  /// Gives memory back after a member was removed from this segment, where there is room to.
  void trim(long root, long entry) {
    try {
      int items = TableLayout.items(entry);
      int buckets = TableLayout.buckets(entry);
      if (buckets > 1 && items < MemberSegment.limit(buckets) >> 1) {
        resize(root, entry, MemberSegment.bucketsFor(items + (items >> 2)));
      }
      int segments = TableLayout.segments(root);
      if (segments > 1 && TableLayout.size(root) < (long) mergeMembers * (segments - 1)) {
        merge(root);
      }
    } catch (MemoryExhausted e) {
      // It stays as large as it is; the next removal tries again.
    }
  }

  long hashOf(long root, long word) {
    int salt = TableLayout.salt(root);
    if (MemberWord.isInteger(word)) {
      return hash.ofInteger(salt, MemberWord.integer(word));
    }
    long text = MemberLayout.text(kind, word);
    long member = MemberText.address(text);
    int length = MemberText.length(text);
    // An integer has a block only for its deadline.
    if (kind.hasIntegers() && MemberWord.expires(word)) {
      long integer = MemberWord.ofDigits(member, length);
      if (integer != 0) {
        return hash.ofInteger(salt, MemberWord.integer(integer));
      }
    }
    return hash.ofBytes(salt, member, length);
  }

  /// The place of an occupied slot, mostly without a visit to its member.
  int placeOf(long root, long slot) {
    long word = Mem.getLong(slot);
    return MemberWord.isInteger(word)
        ? MemberHash.place(hashOf(root, word))
        : MemberHash.place(MemberWord.tag(word), MemberBucket.fingerprint(slot));
  }

  long allocate(long root, long bytes) {
    long block = memory.allocate(bytes, MemoryUse.VALUE);
    TableLayout.addBytes(root, ShardMemory.blockBytes(bytes));
    return block;
  }

  void free(long root, long block, long bytes) {
    memory.free(block, bytes, MemoryUse.VALUE);
    TableLayout.addBytes(root, -ShardMemory.blockBytes(bytes));
  }

  /// A copy of the block elsewhere, if that helps to give memory back, else the block itself.
  long relocate(long root, long block, long bytes) {
    if (!memory.isSparse(block, bytes)) {
      return block;
    }
    long to;
    try {
      to = allocate(root, bytes);
    } catch (MemoryExhausted e) {
      return block;
    }
    Mem.copy(block, to, bytes);
    free(root, block, bytes);
    return to;
  }

  /// As [#relocate], for the root.
  long relocateRoot(long root) {
    long bytes = rootBytes();
    if (!memory.isSparse(root, bytes)) {
      return root;
    }
    long to = memory.allocate(bytes, MemoryUse.VALUE);
    Mem.copy(root, to, bytes);
    TableLayout.moved(to, root);
    memory.free(root, bytes, MemoryUse.VALUE);
    return to;
  }

  private long rootBytes() {
    return (long) TableLayout.ROOT_BYTES + kind.rootExtraBytes;
  }

  /// Frees the last segment, whose members are gone, and its entry.
  void dropLast(long root) {
    int last = TableLayout.segments(root) - 1;
    long entry = TableLayout.entry(root, last);
    free(root, TableLayout.segment(entry), MemberSegment.bytes(TableLayout.buckets(entry)));
    TableLayout.setSegments(root, last);
    if (last <= 1 && !TableLayout.hasOwnEntry(root)) {
      long entries = TableLayout.entries(root);
      int capacity = TableLayout.capacity(root);
      TableLayout.useOwnEntry(root);
      free(root, entries, (long) TableLayout.ENTRY_BYTES * capacity);
    }
  }

  /// Frees the root of a table without segments.
  void freeRoot(long root) {
    assert TableLayout.segments(root) == 0;
    long bytes = rootBytes();
    assert TableLayout.bytes(root) == ShardMemory.blockBytes(bytes) : TableLayout.bytes(root);
    memory.free(root, bytes, MemoryUse.VALUE);
  }

  /// As many buckets as fit in the block that so many take.
  private static int wholeBlock(int buckets) {
    return (int) (ShardMemory.blockBytes(MemberSegment.bytes(buckets)) / MemberBucket.BYTES);
  }

  private long newSegment(long root, int buckets) {
    long segment = allocate(root, MemberSegment.bytes(buckets));
    assert segment % MemberBucket.BYTES == 0;
    MemberSegment.format(segment, buckets);
    return segment;
  }

  private void freeSegment(long root, long segment, int buckets) {
    free(root, segment, MemberSegment.bytes(buckets));
  }

  private void resize(long root, long entry, int atLeast) {
    int buckets = wholeBlock(atLeast);
    int oldBuckets = TableLayout.buckets(entry);
    if (buckets == oldBuckets) {
      return;
    }
    long segment = newSegment(root, buckets);
    placeAll(root, entry, segment, buckets);
    freeSegment(root, TableLayout.segment(entry), oldBuckets);
    TableLayout.setSegment(entry, segment, buckets);
  }

  private void placeAll(long root, long entry, long segment, int buckets) {
    long end = TableLayout.end(entry);
    for (long slot = MemberSegment.firstSlot(entry);
        slot != 0;
        slot = MemberSegment.nextSlot(slot, end)) {
      MemberSegment.place(segment, buckets, placeOf(root, slot), Mem.getLong(slot));
    }
  }

  private void split(long root) {
    int index = TableLayout.segments(root);
    if (index == TableLayout.capacity(root)) {
      setCapacity(root, Math.max(FIRST_CAPACITY, index + (index >> 1)));
    }
    int bit = SegmentOrder.bit(index);
    long entry = TableLayout.entry(root, SegmentOrder.buddy(index));
    int moving = countMoving(root, entry, bit);
    int lowerBuckets = roomy(TableLayout.items(entry) - moving);
    int upperBuckets = roomy(moving);
    long lower = newSegment(root, lowerBuckets);
    long upper;
    try {
      upper = newSegment(root, upperBuckets);
    } catch (MemoryExhausted e) {
      freeSegment(root, lower, lowerBuckets);
      throw e;
    }
    long buddy = TableLayout.entry(root, index);
    TableLayout.formatEntry(buddy, upper, upperBuckets);
    TableLayout.setEntryBound(buddy, TableLayout.entryBound(entry));
    distribute(root, entry, buddy, lower, lowerBuckets);
    freeSegment(root, TableLayout.segment(entry), TableLayout.buckets(entry));
    TableLayout.setSegment(entry, lower, lowerBuckets);
    TableLayout.addItems(entry, -moving);
    TableLayout.addItems(buddy, moving);
    TableLayout.setSegments(root, index + 1);
  }

  private static int roomy(int members) {
    return wholeBlock(MemberSegment.bucketsFor(members + (members >> 3)));
  }

  private int countMoving(long root, long entry, int bit) {
    int moving = 0;
    long end = TableLayout.end(entry);
    for (long slot = MemberSegment.firstSlot(entry);
        slot != 0;
        slot = MemberSegment.nextSlot(slot, end)) {
      moving += directoryBit(root, Mem.getLong(slot), bit);
    }
    return moving;
  }

  private void distribute(long root, long entry, long buddy, long lower, int lowerBuckets) {
    long upper = TableLayout.segment(buddy);
    int upperBuckets = TableLayout.buckets(buddy);
    int bit = SegmentOrder.bit(TableLayout.segments(root));
    long end = TableLayout.end(entry);
    for (long slot = MemberSegment.firstSlot(entry);
        slot != 0;
        slot = MemberSegment.nextSlot(slot, end)) {
      long word = Mem.getLong(slot);
      int place = placeOf(root, slot);
      if (directoryBit(root, word, bit) != 0) {
        MemberSegment.place(upper, upperBuckets, place, word);
      } else {
        MemberSegment.place(lower, lowerBuckets, place, word);
      }
    }
  }

  private int directoryBit(long root, long word, int bit) {
    int directory =
        MemberWord.isInteger(word) || bit >= MemberHash.TAGGED_DIRECTORY_BITS
            ? MemberHash.directory(hashOf(root, word))
            : MemberHash.taggedDirectory(MemberWord.tag(word));
    return (directory >>> bit) & 1;
  }

  private void merge(long root) {
    int last = TableLayout.segments(root) - 1;
    long upper = TableLayout.entry(root, last);
    long entry = TableLayout.entry(root, SegmentOrder.buddy(last));
    int items = TableLayout.items(entry) + TableLayout.items(upper);
    int buckets = roomy(items);
    long segment = newSegment(root, buckets);
    placeAll(root, entry, segment, buckets);
    placeAll(root, upper, segment, buckets);
    freeSegment(root, TableLayout.segment(entry), TableLayout.buckets(entry));
    TableLayout.setSegment(entry, segment, buckets);
    TableLayout.addItems(entry, TableLayout.items(upper));
    TableLayout.setEntryBound(
        entry, Math.min(TableLayout.entryBound(entry), TableLayout.entryBound(upper)));
    dropLast(root);
    if (last > FIRST_CAPACITY && last < TableLayout.capacity(root) >> 2) {
      setCapacity(root, last * 2);
    }
  }

  private void setCapacity(long root, int capacity) {
    long bytes = (long) TableLayout.ENTRY_BYTES * capacity;
    int whole = (int) (ShardMemory.blockBytes(bytes) / TableLayout.ENTRY_BYTES);
    long entries = allocate(root, (long) TableLayout.ENTRY_BYTES * whole);
    long old = TableLayout.entries(root);
    int oldCapacity = TableLayout.capacity(root);
    boolean wasOwn = TableLayout.hasOwnEntry(root);
    Mem.copy(old, entries, (long) TableLayout.ENTRY_BYTES * TableLayout.segments(root));
    TableLayout.setEntries(root, entries, whole);
    if (!wasOwn) {
      free(root, old, (long) TableLayout.ENTRY_BYTES * oldCapacity);
    }
  }
}
