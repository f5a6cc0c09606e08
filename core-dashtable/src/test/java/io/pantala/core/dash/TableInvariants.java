package io.pantala.core.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;

/// Walks a whole [TestTable] and checks everything that must always be true of it.
final class TableInvariants {
  private final TestTable test;
  private final DashTable table;
  private long items;
  private long bytes;
  private long nextPrefix;

  private TableInvariants(TestTable test) {
    this.test = test;
    table = test.table;
  }

  static void check(TestTable test) {
    new TableInvariants(test).check();
  }

  private void check() {
    long root = table.directory().root();
    if (root != 0) {
      checkEntry(root, -1, 0);
      is("last prefix", nextPrefix, HashBits.PREFIXES);
    }
    is("size", items, table.size());
    is("bytes", bytes, table.bytes());
    is("bytes of the allocator", bytes, test.memory.used(MemoryUse.TABLE));
  }

  private void checkEntry(long entry, int level, long prefix) {
    if (Directory.isNode(entry)) {
      checkNode(entry - 1, level + 1, prefix);
    } else {
      checkSegment(entry, level, prefix);
    }
  }

  private void checkNode(long node, int level, long prefix) {
    bytes += ShardMemory.blockBytes(Directory.NODE_BYTES);
    for (int i = 0; i < Directory.NODE_ENTRIES; ) {
      long entry = Mem.getLong(node + 8L * i);
      int run = 1;
      while (i + run < Directory.NODE_ENTRIES && Mem.getLong(node + 8L * (i + run)) == entry) {
        run++;
      }
      checkEntry(entry, level, prefix + ((long) i << (24 - 8 * level)));
      int expected = Directory.isNode(entry) ? 1 : 1 << (8 * (level + 1) - depth(entry));
      is("entries of a segment", run, expected);
      i += run;
    }
  }

  private static int depth(long segment) {
    return SegmentLayout.depth(segment);
  }

  private void checkSegment(long segment, int level, long prefix) {
    bytes += ShardMemory.blockBytes(SegmentLayout.BYTES);
    is("alignment", segment % BucketLayout.BYTES, 0);
    is("prefix in order", prefix, nextPrefix);
    is("prefix of segment", SegmentLayout.prefix(segment), prefix);
    assertThat(depth(segment)).isBetween(Math.max(0, 8 * level + 1), 8 * (level + 1));
    nextPrefix = SegmentLayout.prefixEnd(segment);
    int[] overflow = new int[SegmentLayout.REGULAR_BUCKETS];
    int found = 0;
    for (int i = 0; i < SegmentLayout.BUCKETS; i++) {
      long bucket = SegmentLayout.bucket(segment, i);
      for (int slot = 0; slot < BucketLayout.SLOTS; slot++) {
        if (BucketLayout.fingerprint(bucket, slot) != 0) {
          found++;
          checkItem(segment, i, slot, overflow);
        }
      }
    }
    is("items", SegmentLayout.items(segment), found);
    items += found;
    for (int i = 0; i < overflow.length; i++) {
      is("overflow", BucketLayout.overflow(SegmentLayout.bucket(segment, i)), overflow[i]);
    }
  }

  private static void checkItem(long segment, int index, int slot, int[] overflow) {
    long bucket = SegmentLayout.bucket(segment, index);
    long word = BucketLayout.word(bucket, slot);
    long record = SlotWord.record(word);
    long h = TestTable.hash(record);
    int home = HashBits.home(h);
    is("fingerprint", BucketLayout.fingerprint(bucket, slot), HashBits.fingerprint(h));
    is("hash bits of the slot", word >>> 48, HashBits.prefix(h) >>> 16);
    assertThat(HashBits.prefix(h) >= SegmentLayout.prefix(segment)).isTrue();
    assertThat(HashBits.prefix(h) < SegmentLayout.prefixEnd(segment)).isTrue();
    if (SegmentLayout.isStash(segment, bucket)) {
      overflow[home]++;
      assertThat(SlotWord.isForeign(word)).isFalse();
    } else {
      is("bucket", index, SlotWord.isForeign(word) ? SegmentLayout.next(home) : home);
    }
    boolean expires = RecordLayout.has(record, RecordLayout.EXPIRES);
    assertThat(SlotWord.expires(word)).isEqualTo(expires);
    if (expires) {
      assertThat(SegmentLayout.deadlineBound(segment) <= RecordLayout.deadline(record)).isTrue();
    }
  }

  /// Without the cost of an assertion object for each of the many checks.
  private static void is(String what, long actual, long expected) {
    if (actual != expected) {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }
}
