package io.pantala.core.dash;

import static io.pantala.core.dash.SegmentLayout.STASH_BUCKETS;

import io.pantala.core.record.RecordLayout;

/// Finding, placing and removing items inside one segment, given by its address.
///
/// An item lives in its home bucket, in the bucket after it (then FOREIGN), or in the stash (then
/// counted by the overflow of its home bucket).
final class Segment {
  private Segment() {}

  /// The slot of a key, or 0.
  static long find(long segment, long h, long key, int keyLength) {
    int home = HashBits.home(h);
    long pattern = BucketLayout.pattern(HashBits.fingerprint(h));
    long tag = SlotWord.tag(h);
    long bucket = SegmentLayout.bucket(segment, home);
    long slot = findInBucket(bucket, pattern, tag, key, keyLength);
    if (slot != 0) {
      return slot;
    }
    long next = SegmentLayout.bucket(segment, SegmentLayout.next(home));
    slot = findInBucket(next, pattern, tag | SlotWord.FOREIGN, key, keyLength);
    if (slot != 0 || BucketLayout.overflow(bucket) == 0) {
      return slot;
    }
    return findInStash(segment, pattern, tag, key, keyLength);
  }

  private static long findInBucket(long bucket, long pattern, long tag, long key, int keyLength) {
    for (long set = BucketLayout.match(bucket, pattern); set != 0; set = BucketLayout.rest(set)) {
      int index = BucketLayout.first(set);
      long word = BucketLayout.word(bucket, index);
      if (SlotWord.matches(word, tag)
          && RecordLayout.keyEquals(SlotWord.record(word), key, keyLength)) {
        return BucketLayout.slot(bucket, index);
      }
    }
    return 0;
  }

  private static long findInStash(long segment, long pattern, long tag, long key, int keyLength) {
    for (int i = 0; i < STASH_BUCKETS; i++) {
      long bucket = SegmentLayout.stash(segment, i);
      long slot = findInBucket(bucket, pattern, tag, key, keyLength);
      if (slot != 0) {
        return slot;
      }
    }
    return 0;
  }

  /// A slot whose record is likely the key's, seen without a visit to any record; 0 when none of
  /// the home bucket and the next shows one.
  static long candidate(long segment, long h) {
    int home = HashBits.home(h);
    long pattern = BucketLayout.pattern(HashBits.fingerprint(h));
    long tag = SlotWord.tag(h);
    long slot = candidateIn(SegmentLayout.bucket(segment, home), pattern, tag);
    return slot != 0
        ? slot
        : candidateIn(
            SegmentLayout.bucket(segment, SegmentLayout.next(home)),
            pattern,
            tag | SlotWord.FOREIGN);
  }

  private static long candidateIn(long bucket, long pattern, long tag) {
    for (long set = BucketLayout.match(bucket, pattern); set != 0; set = BucketLayout.rest(set)) {
      int index = BucketLayout.first(set);
      if (SlotWord.matches(BucketLayout.word(bucket, index), tag)) {
        return BucketLayout.slot(bucket, index);
      }
    }
    return 0;
  }

  /// Puts an item into the segment and returns its slot, or 0 when the segment must be split first.
  /// The item count is the caller's.
  static long place(long segment, long h, long word) {
    long slot = placeRegular(segment, h, word);
    return slot != 0
        ? slot
        : placeInStash(segment, HashBits.home(h), HashBits.fingerprint(h), word);
  }

  /// As [#place], into a regular bucket only.
  static long placeRegular(long segment, long h, long word) {
    assert !SlotWord.isForeign(word);
    int home = HashBits.home(h);
    int fingerprint = HashBits.fingerprint(h);
    long bucket = SegmentLayout.bucket(segment, home);
    long next = SegmentLayout.bucket(segment, SegmentLayout.next(home));
    long free = BucketLayout.free(bucket);
    long nextFree = BucketLayout.free(next);
    if ((free | nextFree) == 0) {
      return placeByDisplacing(segment, home, fingerprint, word);
    }
    return Long.bitCount(free) >= Long.bitCount(nextFree)
        ? BucketLayout.put(bucket, BucketLayout.first(free), fingerprint, word)
        : BucketLayout.put(
            next, BucketLayout.first(nextFree), fingerprint, word | SlotWord.FOREIGN);
  }

  private static long placeByDisplacing(long segment, int home, int fingerprint, long word) {
    int next = SegmentLayout.next(home);
    long nextBucket = SegmentLayout.bucket(segment, next);
    long afterNext = SegmentLayout.bucket(segment, SegmentLayout.next(next));
    int index = displace(nextBucket, false, afterNext);
    if (index >= 0) {
      return BucketLayout.put(nextBucket, index, fingerprint, word | SlotWord.FOREIGN);
    }
    long bucket = SegmentLayout.bucket(segment, home);
    long previous = SegmentLayout.bucket(segment, SegmentLayout.previous(home));
    index = displace(bucket, true, previous);
    return index >= 0 ? BucketLayout.put(bucket, index, fingerprint, word) : 0;
  }

  /// Moves one item from a full bucket to the other bucket it may live in, where that has room: a
  /// foreign item back home, or an item at home to the bucket after. Returns the index that is now
  /// empty, or -1.
  private static int displace(long bucket, boolean isForeign, long to) {
    long free = BucketLayout.free(to);
    if (free == 0) {
      return -1;
    }
    long foreign = BucketLayout.foreign(bucket);
    long set = isForeign ? foreign : BucketLayout.occupied(bucket) & ~foreign;
    if (set == 0) {
      return -1;
    }
    int index = BucketLayout.first(set);
    long word = BucketLayout.word(bucket, index) ^ SlotWord.FOREIGN;
    BucketLayout.put(to, BucketLayout.first(free), BucketLayout.fingerprint(bucket, index), word);
    BucketLayout.remove(BucketLayout.slot(bucket, index));
    return index;
  }

  private static long placeInStash(long segment, int home, int fingerprint, long word) {
    for (int i = 0; i < STASH_BUCKETS; i++) {
      long stash = SegmentLayout.stash(segment, (home + i) % STASH_BUCKETS);
      long free = BucketLayout.free(stash);
      if (free != 0) {
        BucketLayout.addOverflow(SegmentLayout.bucket(segment, home), 1);
        return BucketLayout.put(stash, BucketLayout.first(free), fingerprint, word);
      }
    }
    return 0;
  }

  /// Empties the slot of an item with this hash. The item count is the caller's.
  static void remove(long segment, long h, long slot) {
    long bucket = BucketLayout.bucketOf(slot);
    assert BucketLayout.fingerprint(bucket, BucketLayout.indexOf(slot)) == HashBits.fingerprint(h);
    if (SegmentLayout.isStash(segment, bucket)) {
      BucketLayout.addOverflow(SegmentLayout.bucket(segment, HashBits.home(h)), -1);
    }
    BucketLayout.remove(slot);
  }
}
