package io.pantala.core.table;

import java.util.random.RandomGenerator;

/// Draws one member of a table so that all are equally likely.
///
/// A segment is drawn evenly and accepted with a chance in proportion to its members, then one of
/// them is drawn. No segment has much more than twice as many as the mean: at least two of five
/// draws are accepted.
final class RandomMember {
  /// A segment may have this many times the mean, and a few more, and still be weighed exactly.
  private static final double HEADROOM = 2.25;

  private static final int HEADROOM_MEMBERS = 64;
  private static final int SEGMENT_TRIES = 64;
  private static final int SLOT_TRIES = 16;

  private RandomMember() {}

  /// The slot of a member of a table that is not empty.
  static long draw(long root, RandomGenerator random) {
    int segments = TableLayout.segments(root);
    if (segments == 1) {
      return drawFrom(TableLayout.entry(root, 0), random);
    }
    double most = TableLayout.size(root) * HEADROOM / segments + HEADROOM_MEMBERS;
    for (int i = 0; i < SEGMENT_TRIES; i++) {
      long entry = TableLayout.entry(root, random.nextInt(segments));
      if (TableLayout.items(entry) > random.nextDouble() * most) {
        return drawFrom(entry, random);
      }
    }
    return drawFrom(occupiedFrom(root, random.nextInt(segments)), random);
  }

  /// The entry of the next segment with members, from `index` on and around the end: only for a
  /// table with far fewer members than it had.
  private static long occupiedFrom(long root, int index) {
    int at = index;
    while (TableLayout.items(TableLayout.entry(root, at)) == 0) {
      at = at + 1 < TableLayout.segments(root) ? at + 1 : 0;
    }
    return TableLayout.entry(root, at);
  }

  private static long drawFrom(long entry, RandomGenerator random) {
    int slots = TableLayout.buckets(entry) * MemberBucket.SLOTS;
    for (int i = 0; i < SLOT_TRIES; i++) {
      int at = random.nextInt(slots);
      long bucket = MemberSegment.bucket(TableLayout.segment(entry), at / MemberBucket.SLOTS);
      long slot = MemberBucket.slot(bucket, at % MemberBucket.SLOTS);
      if (MemberBucket.fingerprint(slot) != 0) {
        return slot;
      }
    }
    return member(entry, random.nextInt(TableLayout.items(entry)));
  }

  /// Member number `index` of a segment in the order of its slots.
  private static long member(long entry, int index) {
    long slot = MemberSegment.firstSlot(entry);
    for (int i = 0; i < index; i++) {
      slot = MemberSegment.nextSlot(slot, TableLayout.end(entry));
    }
    return slot;
  }
}
