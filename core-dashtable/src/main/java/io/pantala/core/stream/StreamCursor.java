package io.pantala.core.stream;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.Mem;

/// Goes through the entries of a stream between two IDs, in either direction; deleted ones are
/// passed over. Reused again and again; owner: the shard's thread. Any change of the stream makes
/// it wrong.
public final class StreamCursor {
  private final IdTree blocks;

  private long root;
  private boolean backward;
  private long fromMs;
  private long fromSeq;
  private long toMs;
  private long toSeq;

  /// Entry of the tree of blocks is gone through by the ID of the block; `block` is 0 at the end.
  private long block;

  private long blockMs;
  private long blockSeq;
  private long masterCount;

  /// Where the next entry is read: its flags going forward, its number of elements going backward;
  /// 0 at the end of the block.
  private long p;

  private long entry;
  private boolean hasMasterFields;
  private long ms;
  private long seq;
  private long fieldCount;
  private long fieldsLeft;
  private long fieldAt;
  private long valueAt;

  StreamCursor(IdTree blocks) {
    this.blocks = blocks;
  }

  /// Begins before the first entry of [from, to], or behind the last one when going `backward`.
  public void begin(
      long streamRoot, long firstMs, long firstSeq, long lastMs, long lastSeq, boolean back) {
    root = streamRoot;
    backward = back;
    fromMs = firstMs;
    fromSeq = firstSeq;
    toMs = lastMs;
    toSeq = lastSeq;
    long tree = StreamRoot.blocks(root);
    long at = back ? blocks.floor(tree, toMs, toSeq) : blocks.floor(tree, fromMs, fromSeq);
    enter(at == 0 && !back ? blocks.first(tree) : at);
  }

  /// Begins before all entries, or behind them.
  public void beginAll(long streamRoot, boolean back) {
    begin(streamRoot, 0, 0, IdTree.MAX_MS, IdTree.MAX_SEQ, back);
  }

  private void enter(long at) {
    if (at == 0) {
      block = 0;
      return;
    }
    block = Mem.getLong(IdTree.value(at));
    blockMs = IdNode.ms(at);
    blockSeq = IdNode.seq(at);
    masterCount = Listpack.integer(StreamBlock.masterFields(block));
    p = backward ? Listpack.last(listpack()) : StreamBlock.firstEntry(block);
  }

  /// Goes to the next entry; whether there is one.
  public boolean next() {
    while (block != 0) {
      if (!readEntry()) {
        long tree = StreamRoot.blocks(root);
        enter(
            backward
                ? blocks.before(tree, blockMs, blockSeq)
                : blocks.after(tree, blockMs, blockSeq));
      } else if (backward ? isBelow(fromMs, fromSeq) : isAbove(toMs, toSeq)) {
        block = 0;
      } else if (!isDeleted() && !isBelow(fromMs, fromSeq) && !isAbove(toMs, toSeq)) {
        beginFields();
        return true;
      }
    }
    return false;
  }

  /// Reads the entry at `p`, and moves `p` on; false at the end of the block.
  private boolean readEntry() {
    if (backward) {
      long elements = Listpack.integer(p);
      if (elements == 0) {
        return false;
      }
      for (long i = 0; i < elements; i++) {
        p = Listpack.previous(listpack(), p);
      }
    } else if (p == 0) {
      return false;
    }
    entry = p;
    hasMasterFields = (Listpack.integer(p) & StreamBlock.SAME_FIELDS) != 0;
    long at = Listpack.next(p);
    ms = blockMs + Listpack.integer(at);
    at = Listpack.next(at);
    seq = blockSeq + Listpack.integer(at);
    at = Listpack.next(at);
    fieldCount = hasMasterFields ? masterCount : Listpack.integer(at);
    valueAt = at;
    if (backward) {
      p = Listpack.previous(listpack(), p);
    } else {
      long values = hasMasterFields ? fieldCount : 1 + 2 * fieldCount;
      p = StreamBlock.skip(at, values + 1);
    }
    return true;
  }

  private void beginFields() {
    fieldsLeft = fieldCount;
    fieldAt = hasMasterFields ? StreamBlock.masterFields(block) : 0;
  }

  /// Goes to the next field of the entry; whether there is one.
  public boolean nextField() {
    if (fieldsLeft == 0) {
      return false;
    }
    boolean isFirst = fieldsLeft == fieldCount;
    fieldsLeft--;
    if (hasMasterFields) {
      fieldAt = Listpack.next(fieldAt);
      valueAt = isFirst ? valueAt : Listpack.next(valueAt);
    } else {
      fieldAt = Listpack.next(valueAt);
      valueAt = Listpack.next(fieldAt);
    }
    return true;
  }

  public long ms() {
    return ms;
  }

  public long seq() {
    return seq;
  }

  /// Number of fields of the entry.
  public long fieldCount() {
    return fieldCount;
  }

  /// Position of the field in its listpack ([Listpack]).
  public long field() {
    return fieldAt;
  }

  /// Position of the field's value.
  public long value() {
    return valueAt;
  }

  /// Address of the block of the entry.
  long block() {
    return block;
  }

  long blockMs() {
    return blockMs;
  }

  long blockSeq() {
    return blockSeq;
  }

  /// Position of the entry's flags.
  long entry() {
    return entry;
  }

  private boolean isDeleted() {
    return (Listpack.integer(entry) & StreamBlock.DELETED) != 0;
  }

  private boolean isBelow(long otherMs, long otherSeq) {
    return IdNode.compare(ms, seq, otherMs, otherSeq) < 0;
  }

  private boolean isAbove(long otherMs, long otherSeq) {
    return IdNode.compare(ms, seq, otherMs, otherSeq) > 0;
  }

  private long listpack() {
    return StreamBlock.listpack(block);
  }
}
