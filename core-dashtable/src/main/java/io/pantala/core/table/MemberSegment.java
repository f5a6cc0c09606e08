package io.pantala.core.table;

import io.pantala.core.memory.Mem;

/// Placing, removing and walking inside one segment: `buckets` buckets in a ring, at an address
/// that is a multiple of 64.
///
/// A member lives in its home bucket or, when that was full, in the next one with room; each bucket
/// that it passed counts it in its overflow. At least one slot of the ring is always empty before a
/// member is placed.
final class MemberSegment {
  private MemberSegment() {}

  /// How many members a segment takes before it must grow: 6.3 for each bucket, all 7 of a single
  /// one.
  static int limit(int buckets) {
    return MemberBucket.SLOTS * buckets - ((buckets * 11) >> 4);
  }

  /// The least number of buckets for so many members.
  static int bucketsFor(int members) {
    int buckets = Math.max(1, members / MemberBucket.SLOTS);
    while (limit(buckets) < members) {
      buckets++;
    }
    return buckets;
  }

  static long bytes(int buckets) {
    return (long) MemberBucket.BYTES * buckets;
  }

  static int home(int place, int buckets) {
    return (place * buckets) >>> MemberHash.PLACE_BITS;
  }

  /// The first place whose home is this bucket.
  static int firstPlace(int bucket, int buckets) {
    return (bucket * MemberHash.PLACES + buckets - 1) / buckets;
  }

  static long bucket(long segment, int index) {
    return segment + (long) MemberBucket.BYTES * index;
  }

  static int next(int index, int buckets) {
    return index + 1 < buckets ? index + 1 : 0;
  }

  static long place(long segment, int buckets, int place, long word) {
    int index = home(place, buckets);
    long bucket = bucket(segment, index);
    long free = MemberBucket.free(bucket);
    while (free == 0) {
      MemberBucket.addOverflow(bucket);
      index = next(index, buckets);
      bucket = bucket(segment, index);
      free = MemberBucket.free(bucket);
    }
    return MemberBucket.put(
        bucket, MemberBucket.first(free), MemberHash.fingerprintOfPlace(place), word);
  }

  static void remove(long segment, int buckets, int place, long slot) {
    int index = home(place, buckets);
    long target = MemberBucket.bucketOf(slot);
    for (long at = bucket(segment, index); at != target; at = bucket(segment, index)) {
      MemberBucket.removeOverflow(at);
      index = next(index, buckets);
    }
    MemberBucket.clear(slot);
  }

  /// The first occupied slot behind `slot` and before `end`, or 0. A walk starts with the address
  /// of a bucket.
  static long nextSlot(long slot, long end) {
    long bucket = MemberBucket.bucketOf(slot);
    long set = MemberBucket.occupied(bucket) & (-1L << (slot - bucket));
    while (set == 0) {
      bucket += MemberBucket.BYTES;
      if (bucket == end) {
        return 0;
      }
      set = MemberBucket.occupied(bucket);
    }
    return MemberBucket.slot(bucket, MemberBucket.first(set));
  }

  /// The first occupied slot of the entry's segment, or 0.
  static long firstSlot(long entry) {
    long segment = TableLayout.segment(entry);
    return nextSlot(segment, TableLayout.end(entry));
  }

  static void format(long segment, int buckets) {
    Mem.fill(segment, bytes(buckets), 0);
  }
}
