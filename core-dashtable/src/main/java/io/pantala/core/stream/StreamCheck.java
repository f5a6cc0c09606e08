package io.pantala.core.stream;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackCheck;

/// Whether bytes from outside are the listpack of a stream's block, before anything reads them as
/// one. One check at a time; owner: whoever holds it.
public final class StreamCheck {
  private long blockMs;
  private long blockSeq;

  /// ID of the last entry looked at.
  private long lastMs;

  private long lastSeq;

  /// Whether the `bytes` bytes are a listpack with a head, whole entries, counts that are true, and
  /// at least one entry that is not deleted; and whether the IDs rise, from that of the block on.
  public boolean isBlock(long ms, long seq, long listpack, long bytes) {
    blockMs = ms;
    blockSeq = seq;
    int elements = ListpackCheck.count(listpack, bytes);
    // Counts, number of master fields, and the 0 behind them.
    if (elements < 4) {
      return false;
    }
    long p = Listpack.first(listpack);
    long count = unsigned(p);
    p = Listpack.next(p);
    long deleted = unsigned(p);
    p = Listpack.next(p);
    long fields = unsigned(p);
    if (count <= 0 || deleted < 0 || fields < 0 || fields > elements - 4) {
      return false;
    }
    p = StreamBlock.skip(p, fields + 1);
    return unsigned(p) == 0
        && hasEntries(Listpack.next(p), elements - 4 - fields, fields, count, deleted);
  }

  /// The ID of the last entry of the block that was found to be one: the next block's is above it.
  public long lastMs() {
    return lastMs;
  }

  public long lastSeq() {
    return lastSeq;
  }

  private boolean hasEntries(
      long first, long elements, long masterFields, long count, long deleted) {
    long p = first;
    long left = elements;
    long entries = 0;
    long marked = 0;
    while (p != 0) {
      long size = entryElements(p, left, masterFields);
      if (size < 0 || !rises(p, entries == 0)) {
        return false;
      }
      entries++;
      marked += unsigned(p) & StreamBlock.DELETED;
      p = StreamBlock.skip(p, size);
      left -= size;
    }
    return marked == deleted && entries - marked == count;
  }

  /// Whether the ID of the entry at `p` is above the last one.
  private boolean rises(long p, boolean isFirst) {
    long at = Listpack.next(p);
    long ms = blockMs + Listpack.integer(at);
    long seq = blockSeq + Listpack.integer(Listpack.next(at));
    int order =
        isFirst
            ? IdNode.compare(ms, seq, blockMs, blockSeq) + 1
            : IdNode.compare(ms, seq, lastMs, lastSeq);
    lastMs = ms;
    lastSeq = seq;
    return order > 0;
  }

  /// Elements of the entry at `p` with its own count of them, or -1 when it is none.
  private static long entryElements(long p, long left, long masterFields) {
    long flags = unsigned(p);
    if (left < StreamBlock.EXTRA_OF_OTHER || flags < 0 || flags > 3) {
      return -1;
    }
    long ms = Listpack.next(p);
    long seq = Listpack.next(ms);
    if (!Listpack.isInteger(ms) || !Listpack.isInteger(seq)) {
      return -1;
    }
    long before;
    if ((flags & StreamBlock.SAME_FIELDS) != 0) {
      before = masterFields + StreamBlock.EXTRA_OF_SAME;
    } else {
      long fields = unsigned(Listpack.next(seq));
      if (fields < 0 || fields > left) {
        return -1;
      }
      before = 2 * fields + StreamBlock.EXTRA_OF_OTHER;
    }
    return before < left && unsigned(StreamBlock.skip(p, before)) == before ? before + 1 : -1;
  }

  /// The integer at `p`, or -1 when it is none or negative.
  private static long unsigned(long p) {
    return Listpack.isInteger(p) ? Math.max(Listpack.integer(p), -1) : -1;
  }
}
