package io.pantala.core.dash;

import io.pantala.core.memory.Mem;
import io.pantala.core.record.RecordLayout;

/// Going through the items of a table segment by segment, in slices. One for each table, so that a
/// slice allocates nothing.
///
/// The cursor of a slice is `directory prefix (32) | bucket (8)`; 0 is the start and the end.
final class SegmentWalk {
  private static final int BUCKET_BITS = 8;
  private static final int BUCKET_MASK = (1 << BUCKET_BITS) - 1;

  private final Directory directory;
  private final RecordHash hash;
  private int work;
  private int workLeft;
  private long earliest;
  private long leastBound;

  SegmentWalk(Directory directory, RecordHash hash) {
    this.directory = directory;
    this.hash = hash;
  }

  /// Shows all items of a segment that have their home in one bucket, wherever they live.
  void visitHome(long segment, int home, RecordVisitor visitor) {
    long bucket = SegmentLayout.bucket(segment, home);
    long next = SegmentLayout.bucket(segment, SegmentLayout.next(home));
    visit(bucket, BucketLayout.occupied(bucket) & ~BucketLayout.foreign(bucket), visitor);
    visit(next, BucketLayout.foreign(next), visitor);
    if (BucketLayout.overflow(bucket) > 0) {
      for (int i = 0; i < SegmentLayout.STASH_BUCKETS; i++) {
        long stash = SegmentLayout.stash(segment, i);
        visit(stash, ofHome(stash, home), visitor);
      }
    }
  }

  /// The items of a stash bucket with this home.
  private long ofHome(long stash, int home) {
    long found = 0;
    for (long set = BucketLayout.occupied(stash); set != 0; set = BucketLayout.rest(set)) {
      long word = BucketLayout.word(stash, BucketLayout.first(set));
      if (HashBits.home(hash.of(SlotWord.record(word))) == home) {
        found |= Long.lowestOneBit(set);
      }
    }
    return found;
  }

  private static void visit(long bucket, long slots, RecordVisitor visitor) {
    for (long set = slots; set != 0; set = BucketLayout.rest(set)) {
      visitor.visit(SlotWord.record(BucketLayout.word(bucket, BucketLayout.first(set))));
    }
  }

  /// Shows all items of a segment and leaves it empty; returns how many there were.
  static int clear(long segment, RecordVisitor freeing) {
    int items = SegmentLayout.items(segment);
    for (int i = 0; i < SegmentLayout.BUCKETS; i++) {
      long bucket = SegmentLayout.bucket(segment, i);
      visit(bucket, BucketLayout.occupied(bucket), freeing);
      BucketLayout.clear(bucket);
    }
    SegmentLayout.setItems(segment, 0);
    SegmentLayout.setDeadlineBound(segment, SegmentLayout.NO_DEADLINE);
    return items;
  }

  /// See [DashTable#expire].
  long expire(long cursor, long nowMs, int mostWork, ExpiredVisitor visitor) {
    work = mostWork;
    workLeft = mostWork;
    leastBound = SegmentLayout.NO_DEADLINE;
    long at = cursor;
    while (!directory.isEmpty()) {
      at = expireSegment(at, nowMs, visitor);
      if (at == 0 || workLeft <= 0) {
        return at;
      }
    }
    return 0;
  }

  /// See [DashTable#leastDeadlineLeft].
  long leastBound() {
    return leastBound;
  }

  private long expireSegment(long cursor, long nowMs, ExpiredVisitor visitor) {
    long h = HashBits.ofPrefix(cursor >>> BUCKET_BITS);
    long segment = directory.segment(h);
    long next = after(segment);
    boolean isFirst = workLeft == work;
    workLeft--;
    if (SegmentLayout.deadlineBound(segment) > nowMs) {
      leastBound = Math.min(leastBound, SegmentLayout.deadlineBound(segment));
      return next;
    }
    if (!isFirst && workLeft < SegmentLayout.BUCKETS + SegmentLayout.items(segment)) {
      // Another call has the work to go through all of it, and so to make its bound exact.
      workLeft = 0;
      return cursor;
    }
    int first = (int) cursor & BUCKET_MASK;
    int bucket = first;
    earliest = SegmentLayout.NO_DEADLINE;
    do {
      expireBucket(SegmentLayout.bucket(segment, bucket), nowMs, visitor);
      bucket++;
    } while (bucket < SegmentLayout.BUCKETS && workLeft > 0);
    if (bucket < SegmentLayout.BUCKETS) {
      next = (cursor & ~BUCKET_MASK) | bucket;
    } else if (first == 0) {
      SegmentLayout.setDeadlineBound(segment, earliest);
    }
    leastBound = Math.min(leastBound, SegmentLayout.deadlineBound(segment));
    directory.mergeAround(h);
    return next;
  }

  private void expireBucket(long bucket, long nowMs, ExpiredVisitor visitor) {
    workLeft--;
    for (long set = BucketLayout.occupied(bucket); set != 0; set = BucketLayout.rest(set)) {
      long slot = BucketLayout.slot(bucket, BucketLayout.first(set));
      if (SlotWord.expires(Mem.getLong(slot))) {
        workLeft--;
        expireSlot(slot, nowMs, visitor);
      }
    }
  }

  private void expireSlot(long slot, long nowMs, ExpiredVisitor visitor) {
    long record = DashTable.record(slot);
    if (RecordLayout.deadline(record) <= nowMs) {
      visitor.expired(hash.of(record), slot);
    }
    if (BucketLayout.isOccupied(slot) && SlotWord.expires(Mem.getLong(slot))) {
      earliest = Math.min(earliest, RecordLayout.deadline(DashTable.record(slot)));
    }
  }

  /// See [DashTable#relocate].
  long relocate(long cursor, int work, RecordMover mover) {
    workLeft = work;
    long at = cursor;
    while (!directory.isEmpty()) {
      at = relocateSegment(at, mover);
      if (at == 0 || workLeft <= 0) {
        return at;
      }
    }
    return 0;
  }

  private long relocateSegment(long cursor, RecordMover mover) {
    long h = HashBits.ofPrefix(cursor >>> BUCKET_BITS);
    int bucket = (int) cursor & BUCKET_MASK;
    if (bucket == 0) {
      directory.compact(h);
    }
    long segment = directory.segment(h);
    do {
      relocateBucket(SegmentLayout.bucket(segment, bucket), mover);
      bucket++;
    } while (bucket < SegmentLayout.BUCKETS && workLeft > 0);
    return bucket < SegmentLayout.BUCKETS ? (cursor & ~BUCKET_MASK) | bucket : after(segment);
  }

  private void relocateBucket(long bucket, RecordMover mover) {
    workLeft--;
    for (long set = BucketLayout.occupied(bucket); set != 0; set = BucketLayout.rest(set)) {
      workLeft--;
      long slot = BucketLayout.slot(bucket, BucketLayout.first(set));
      long word = Mem.getLong(slot);
      long moved = mover.move(SlotWord.record(word));
      if (moved != SlotWord.record(word)) {
        BucketLayout.set(slot, SlotWord.withRecord(word, moved, SlotWord.expires(word)));
      }
    }
  }

  /// The cursor of the segment after this one, or 0.
  private static long after(long segment) {
    long end = SegmentLayout.prefixEnd(segment);
    return end < HashBits.PREFIXES ? end << BUCKET_BITS : 0;
  }
}
