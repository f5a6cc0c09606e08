package io.pantala.core.table;

import io.pantala.core.memory.Mem;

/// Going through the members of a table in slices. It keeps nothing between calls.
///
/// The cursor of a scan stands for a point in the order of `(position, place)`, see [SegmentOrder]
/// and [MemberHash]: every member before it was shown.
///
/// ```text
///  63       49 48       44 43                        12 11            0
///  +----------+-----------+----------------------------+--------------+
///  | 0        | depth     | position where the segment | place        |
///  |          |           | starts                     |              |
///  +----------+-----------+----------------------------+--------------+
/// ```
///
/// Splits leave the members before a point before it. A merge does not, if the point is inside a
/// segment: the other half is still to come. So a cursor with a place knows the depth its segment
/// had, and in a segment that is less deep now it starts over.
final class MemberWalk {
  private static final int POSITION_SHIFT = MemberHash.PLACE_BITS;
  private static final int DEPTH_SHIFT = POSITION_SHIFT + Integer.SIZE;
  private static final int CURSOR_BITS = DEPTH_SHIFT + 5;
  private static final long POSITIONS = 1L << Integer.SIZE;
  private static final int PLACE_MASK = MemberHash.PLACES - 1;

  private final MemberTable table;
  private final Segments segments;
  private final MemberKind kind;

  MemberWalk(MemberTable table, Segments segments, MemberKind kind) {
    this.table = table;
    this.segments = segments;
    this.kind = kind;
  }

  /// See [MemberTable#scan]: a step shows the members of one home bucket.
  static long scan(long root, long cursor, Segments segments, MemberVisitor visitor) {
    if (cursor >>> CURSOR_BITS != 0) {
      return 0;
    }
    int count = TableLayout.segments(root);
    int index = SegmentOrder.indexAt((cursor >>> POSITION_SHIFT) & (POSITIONS - 1), count);
    int depth = SegmentOrder.depth(index, count);
    long entry = TableLayout.entry(root, index);
    int buckets = TableLayout.buckets(entry);
    int place = depth < cursor >>> DEPTH_SHIFT ? 0 : (int) cursor & PLACE_MASK;
    int home = MemberSegment.home(place, buckets);
    visitHome(root, entry, home, segments, visitor);
    if (home + 1 < buckets) {
      return ((long) depth << DEPTH_SHIFT)
          | (SegmentOrder.start(index) << POSITION_SHIFT)
          | MemberSegment.firstPlace(home + 1, buckets);
    }
    long end = SegmentOrder.end(index, count);
    return end < POSITIONS ? end << POSITION_SHIFT : 0;
  }

  private static void visitHome(
      long root, long entry, int home, Segments segments, MemberVisitor visitor) {
    int buckets = TableLayout.buckets(entry);
    int index = home;
    long bucket;
    do {
      bucket = MemberSegment.bucket(TableLayout.segment(entry), index);
      long end = bucket + MemberBucket.BYTES;
      for (long slot = MemberSegment.nextSlot(bucket, end);
          slot != 0;
          slot = MemberSegment.nextSlot(slot, end)) {
        if (MemberSegment.home(segments.placeOf(root, slot), buckets) == home) {
          visitor.visit(slot);
        }
      }
      index = MemberSegment.next(index, buckets);
    } while (MemberBucket.overflow(bucket) > 0 && index != home);
  }

  /// See [MemberTable#expire]; the cursor is the number of segments that are left to do. It goes
  /// down from the last one, because a merge brings members of the last to one before it.
  long expire(long root, long cursor, long nowMs, int work, MemberVisitor visitor) {
    int segmentsLeft = TableLayout.segments(root);
    if (cursor > 0 && cursor < segmentsLeft) {
      segmentsLeft = (int) cursor;
    }
    int left = work;
    do {
      segmentsLeft--;
      left--;
      long entry = TableLayout.entry(root, segmentsLeft);
      if (TableLayout.entryBound(entry) <= nowMs) {
        left -= TableLayout.items(entry);
        expireSegment(root, entry, nowMs, visitor);
        segments.trim(root, entry);
      }
    } while (segmentsLeft > 0 && left > 0);
    if (segmentsLeft == 0) {
      TableLayout.setBound(root, leastBound(root));
    }
    return segmentsLeft;
  }

  private void expireSegment(long root, long entry, long nowMs, MemberVisitor visitor) {
    long least = TableLayout.NO_BOUND;
    long end = TableLayout.end(entry);
    for (long slot = MemberSegment.firstSlot(entry);
        slot != 0;
        slot = MemberSegment.nextSlot(slot, end)) {
      if (MemberWord.expires(Mem.getLong(slot))) {
        long deadline = MemberTable.deadline(slot);
        if (deadline <= nowMs) {
          visitor.visit(slot);
          table.vacate(root, entry, slot);
        } else {
          least = Math.min(least, deadline);
        }
      }
    }
    TableLayout.setEntryBound(entry, least);
  }

  private static long leastBound(long root) {
    long least = TableLayout.NO_BOUND;
    for (int i = 0; i < TableLayout.segments(root); i++) {
      least = Math.min(least, TableLayout.entryBound(TableLayout.entry(root, i)));
    }
    return least;
  }

  /// See [MemberTable#compactSlice]; the cursor is the index of a segment.
  long relocate(long root, long cursor, int work) {
    int index = (int) cursor;
    int left = work;
    while (index < TableLayout.segments(root) && left > 0) {
      long entry = TableLayout.entry(root, index);
      long segment = TableLayout.segment(entry);
      int buckets = TableLayout.buckets(entry);
      long moved = segments.relocate(root, segment, MemberSegment.bytes(buckets));
      TableLayout.setSegment(entry, moved, buckets);
      left -= 1 + TableLayout.items(entry);
      if (kind != MemberKind.SCORED) {
        relocateMembers(root, entry);
      }
      index++;
    }
    return index < TableLayout.segments(root) ? index : 0;
  }

  private void relocateMembers(long root, long entry) {
    long end = TableLayout.end(entry);
    for (long slot = MemberSegment.firstSlot(entry);
        slot != 0;
        slot = MemberSegment.nextSlot(slot, end)) {
      long word = Mem.getLong(slot);
      if (!MemberWord.isInteger(word)) {
        long block = MemberWord.block(word);
        long moved = segments.relocate(root, block, MemberLayout.blockBytes(kind, word));
        MemberTable.setBlock(slot, moved);
      }
    }
  }

  /// See [MemberTable#freeSegments]; the size, in the first 8 bytes of the root, is left alone.
  boolean freeSegments(long root, int members) {
    int left = members;
    while (TableLayout.segments(root) > 0 && left > 0) {
      int last = TableLayout.segments(root) - 1;
      long entry = TableLayout.entry(root, last);
      left -= 1 + TableLayout.items(entry);
      freeMembers(root, entry);
      segments.dropLast(root);
    }
    return TableLayout.segments(root) == 0;
  }

  private void freeMembers(long root, long entry) {
    long end = TableLayout.end(entry);
    for (long slot = MemberSegment.firstSlot(entry);
        slot != 0;
        slot = MemberSegment.nextSlot(slot, end)) {
      table.freeMember(root, Mem.getLong(slot));
    }
  }
}
