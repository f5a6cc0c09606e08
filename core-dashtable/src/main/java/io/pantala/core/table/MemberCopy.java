package io.pantala.core.table;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;

/// Copies of whole tables, in the same memory or by way of an image for another shard.
///
/// ```text
///  image: for each member
///  +--------------+----------+-------+
///  | deadline (8) | bytes (4)| texts |   deadline -1 for none, texts as in MemberLayout
///  +--------------+----------+-------+
/// ```
final class MemberCopy {
  private static final int TEXTS_BYTES = 8;
  private static final int HEAD_BYTES = 12;

  private final MemberTable table;

  MemberCopy(MemberTable table) {
    this.table = table;
  }

  /// See [MemberTable#copy].
  long copy(long root) {
    long to = table.create((int) Math.min(Integer.MAX_VALUE, TableLayout.size(root)));
    try {
      for (int i = 0; i < TableLayout.segments(root); i++) {
        copySegment(TableLayout.entry(root, i), to);
      }
    } catch (MemoryExhausted e) {
      table.freeSlice(to, Integer.MAX_VALUE);
      throw e;
    }
    return to;
  }

  private void copySegment(long entry, long to) {
    long end = TableLayout.end(entry);
    for (long slot = MemberSegment.firstSlot(entry);
        slot != 0;
        slot = MemberSegment.nextSlot(slot, end)) {
      table.addTexts(to, table.text(slot), table.textBytes(slot), MemberTable.deadline(slot));
    }
  }

  /// See [MemberTable#writeImage].
  void writeImage(long root, NativeBuffer out) {
    for (int i = 0; i < TableLayout.segments(root); i++) {
      long entry = TableLayout.entry(root, i);
      long end = TableLayout.end(entry);
      for (long slot = MemberSegment.firstSlot(entry);
          slot != 0;
          slot = MemberSegment.nextSlot(slot, end)) {
        writeMember(slot, out);
      }
    }
  }

  private void writeMember(long slot, NativeBuffer out) {
    long bytes = table.textBytes(slot);
    long at = out.reserve(HEAD_BYTES + bytes);
    Mem.putLong(at, MemberTable.deadline(slot));
    Mem.putInt(at + TEXTS_BYTES, (int) bytes);
    Mem.copy(table.text(slot), at + HEAD_BYTES, bytes);
    out.advance(HEAD_BYTES + bytes);
  }

  /// See [MemberTable#ofImage].
  long ofImage(long image, long bytes) {
    long root = table.create(0);
    long at = image;
    try {
      while (at < image + bytes) {
        int texts = Mem.getInt(at + TEXTS_BYTES);
        table.addTexts(root, at + HEAD_BYTES, texts, Mem.getLong(at));
        at += HEAD_BYTES + texts;
      }
    } catch (MemoryExhausted e) {
      table.freeSlice(root, Integer.MAX_VALUE);
      throw e;
    }
    return root;
  }
}
