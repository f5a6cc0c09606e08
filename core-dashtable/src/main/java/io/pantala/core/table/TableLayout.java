package io.pantala.core.table;

import io.pantala.core.memory.Mem;

/// Layout of a table's root block and of its entries, one for each segment. Owner: the thread of
/// the shard whose memory holds them.
///
/// ```text
///  root
///  0      8       16        24         28     32         40         48               72
///  +------+-------+---------+----------+------+----------+----------+----------------+- - -
///  | size | bytes | entries | segments | salt | deadline | expiring | own entry (24) | kind's
///  | (8)  | (8)   | (8)     | (4)      | (4)  | bound (8)| (8)      | or capacity (4)| own
///  +------+-------+---------+----------+------+----------+----------+----------------+- - -
///
///  entry
///  0             8         12          16                24
///  +-------------+---------+-----------+-----------------+
///  | segment (8) | items(4)| buckets(4)| deadline bound  |
///  +-------------+---------+-----------+-----------------+
/// ```
///
/// - `bytes`: of all blocks of the table, the root and the members included, as the allocator
///   counts them.
/// - `entries`: address of the array of entries. A single one stands in the root itself; else the
///   array is a block with room for `capacity` of them.
/// - `deadline bound`: no member of the segment, or of the table, ends before it.
/// - `expiring`: members that have a deadline.
final class TableLayout {
  static final int ROOT_BYTES = 72;
  static final int ENTRY_BYTES = 24;
  static final long NO_BOUND = Long.MAX_VALUE;

  private static final int SIZE = 0;
  private static final int BYTES = 8;
  private static final int ENTRIES = 16;
  private static final int SEGMENTS = 24;
  private static final int SALT = 28;
  private static final int BOUND = 32;
  private static final int EXPIRING = 40;
  private static final int OWN_ENTRY = 48;
  private static final int CAPACITY = OWN_ENTRY;

  private static final int ITEMS = 8;
  private static final int BUCKETS = 12;
  private static final int ENTRY_BOUND = 16;

  static {
    assert EXPIRING + Long.BYTES == OWN_ENTRY;
    assert OWN_ENTRY + ENTRY_BYTES == ROOT_BYTES;
    assert ENTRY_BOUND + Long.BYTES == ENTRY_BYTES;
  }

  private TableLayout() {}

  /// Writes the root of an empty table with one segment.
  static void format(long root, int salt, long segment, int buckets) {
    Mem.fill(root, ROOT_BYTES, 0);
    Mem.putInt(root + SEGMENTS, 1);
    Mem.putInt(root + SALT, salt);
    Mem.putLong(root + BOUND, NO_BOUND);
    Mem.putLong(root + ENTRIES, ownEntry(root));
    formatEntry(ownEntry(root), segment, buckets);
  }

  static long size(long root) {
    return Mem.getLong(root + SIZE);
  }

  static void addSize(long root, long members) {
    Mem.putLong(root + SIZE, size(root) + members);
  }

  static long bytes(long root) {
    return Mem.getLong(root + BYTES);
  }

  static void addBytes(long root, long bytes) {
    Mem.putLong(root + BYTES, bytes(root) + bytes);
  }

  static int salt(long root) {
    return Mem.getInt(root + SALT);
  }

  static int segments(long root) {
    return Mem.getInt(root + SEGMENTS);
  }

  static long bound(long root) {
    return Mem.getLong(root + BOUND);
  }

  static void setBound(long root, long deadlineMs) {
    Mem.putLong(root + BOUND, deadlineMs);
  }

  static long expiring(long root) {
    return Mem.getLong(root + EXPIRING);
  }

  static void addExpiring(long root, long members) {
    Mem.putLong(root + EXPIRING, expiring(root) + members);
  }

  static void setSegments(long root, int segments) {
    Mem.putInt(root + SEGMENTS, segments);
  }

  static long entries(long root) {
    return Mem.getLong(root + ENTRIES);
  }

  static long ownEntry(long root) {
    return root + OWN_ENTRY;
  }

  static boolean hasOwnEntry(long root) {
    return entries(root) == ownEntry(root);
  }

  static int capacity(long root) {
    return hasOwnEntry(root) ? 1 : Mem.getInt(root + CAPACITY);
  }

  /// Sets the array of entries to a block.
  static void setEntries(long root, long entries, int capacity) {
    Mem.putLong(root + ENTRIES, entries);
    Mem.putInt(root + CAPACITY, capacity);
  }

  /// Brings the only entry back into the root.
  static void useOwnEntry(long root) {
    Mem.copy(entries(root), ownEntry(root), ENTRY_BYTES);
    Mem.putLong(root + ENTRIES, ownEntry(root));
  }

  /// Mends a root that was copied from another address.
  static void moved(long root, long from) {
    if (entries(root) == ownEntry(from)) {
      Mem.putLong(root + ENTRIES, ownEntry(root));
    }
  }

  /// The entry of segment `index`; it is valid until the array moves.
  static long entry(long root, int index) {
    return entries(root) + (long) ENTRY_BYTES * index;
  }

  static void formatEntry(long entry, long segment, int buckets) {
    Mem.putLong(entry, segment);
    Mem.putInt(entry + ITEMS, 0);
    Mem.putInt(entry + BUCKETS, buckets);
    Mem.putLong(entry + ENTRY_BOUND, NO_BOUND);
  }

  static long segment(long entry) {
    return Mem.getLong(entry);
  }

  static int items(long entry) {
    return Mem.getInt(entry + ITEMS);
  }

  static void addItems(long entry, int items) {
    Mem.putInt(entry + ITEMS, items(entry) + items);
  }

  static int buckets(long entry) {
    return Mem.getInt(entry + BUCKETS);
  }

  /// Where the buckets of the entry's segment end.
  static long end(long entry) {
    return segment(entry) + (long) MemberBucket.BYTES * buckets(entry);
  }

  static void setSegment(long entry, long segment, int buckets) {
    Mem.putLong(entry, segment);
    Mem.putInt(entry + BUCKETS, buckets);
  }

  static long entryBound(long entry) {
    return Mem.getLong(entry + ENTRY_BOUND);
  }

  static void setEntryBound(long entry, long deadlineMs) {
    Mem.putLong(entry + ENTRY_BOUND, deadlineMs);
  }

  static void lowerBounds(long root, long entry, long deadlineMs) {
    setEntryBound(entry, Math.min(entryBound(entry), deadlineMs));
    setBound(root, Math.min(bound(root), deadlineMs));
  }
}
