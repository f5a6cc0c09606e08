package io.pantala.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.ShardMemory;

/// Walks all of a table and checks what must hold between its parts.
final class TableInvariants {
  private final MemberTable table;
  private final long root;
  private long blocks;
  private long expiring;

  private TableInvariants(MemberTable table, long root) {
    this.table = table;
    this.root = root;
  }

  static void check(MemberTable table, long root) {
    new TableInvariants(table, root).check();
  }

  private void check() {
    int segments = TableLayout.segments(root);
    long items = 0;
    for (int i = 0; i < segments; i++) {
      long entry = TableLayout.entry(root, i);
      items += TableLayout.items(entry);
      assertThat(TableLayout.entryBound(entry)).isGreaterThanOrEqualTo(TableLayout.bound(root));
      checkSegment(entry, i, segments);
    }
    assertThat(items).isEqualTo(MemberTable.size(root));
    assertThat(expiring).isEqualTo(MemberTable.expiring(root));
    assertThat(segments).isLessThanOrEqualTo(TableLayout.capacity(root));
    if (!TableLayout.hasOwnEntry(root)) {
      add((long) TableLayout.ENTRY_BYTES * TableLayout.capacity(root));
    }
    add((long) TableLayout.ROOT_BYTES + table.kind().rootExtraBytes);
    assertThat(blocks).isEqualTo(table.bytes(root));
  }

  private void checkSegment(long entry, int index, int segments) {
    int buckets = TableLayout.buckets(entry);
    long segment = TableLayout.segment(entry);
    assertThat(segment % MemberBucket.BYTES).isZero();
    add(MemberSegment.bytes(buckets));
    int[] overflow = new int[buckets];
    int found = 0;
    for (int b = 0; b < buckets; b++) {
      long bucket = MemberSegment.bucket(segment, b);
      long set = MemberBucket.occupied(bucket);
      for (; set != 0; set = MemberBucket.rest(set)) {
        long slot = MemberBucket.slot(bucket, MemberBucket.first(set));
        long h = checkSlot(entry, slot);
        require(SegmentOrder.indexOf(MemberHash.directory(h), segments) == index);
        int at = MemberSegment.home(MemberHash.place(h), buckets);
        for (; at != b; at = MemberSegment.next(at, buckets)) {
          overflow[at]++;
        }
        found++;
      }
    }
    assertThat(found).isEqualTo(TableLayout.items(entry));
    assertThat(found).isLessThanOrEqualTo(MemberSegment.limit(buckets));
    for (int b = 0; b < buckets; b++) {
      int counted = MemberBucket.overflow(MemberSegment.bucket(segment, b));
      assertThat(counted == 255 || counted == overflow[b]).isTrue();
    }
  }

  private long checkSlot(long entry, long slot) {
    long word = Mem.getLong(slot);
    long h = table.segments().hashOf(root, word);
    require(MemberHash.fingerprint(h) == MemberBucket.fingerprint(slot));
    require(table.segments().placeOf(root, slot) == MemberHash.place(h));
    require(table.find(root, table.memberAddress(slot), table.memberLength(slot)) == slot);
    if (!MemberWord.isInteger(word)) {
      require(MemberWord.tag(word) == MemberHash.tag(h));
      add(MemberLayout.blockBytes(table.kind(), word));
    }
    if (MemberWord.expires(word)) {
      require(MemberTable.deadline(slot) >= TableLayout.entryBound(entry));
      expiring++;
    }
    return h;
  }

  /// As an assertion of the library, which is slow for so many.
  private static void require(boolean holds) {
    if (!holds) {
      throw new AssertionError("broken invariant");
    }
  }

  private void add(long bytes) {
    blocks += ShardMemory.blockBytes(bytes);
  }
}
