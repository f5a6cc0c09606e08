package io.pantala.core.stream;

import io.pantala.core.db.BigValues;
import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.record.CollectionEncoding;
import io.pantala.core.record.ValueType;

/// Streams: entries with fields under rising 128-bit IDs, in listpack blocks that a B+ tree finds
/// by ID. One instance serves all streams of a shard, which are given by their root. Owner: the
/// shard's thread.
///
/// ```text
///  root ──► IdTree ──► block: listpack of entries (StreamBlock)
///       └─► groups ──► group: IdTree of pending entries, consumers (StreamGroups)
/// ```
///
/// - A block has at least one entry that is not deleted.
/// - IDs are pairs of unsigned numbers; that an ID is above all others is the caller's to see to.
/// - What adds allocates first: a [MemoryExhausted] leaves the stream as it was. What removes never
///   fails.
public final class Streams {
  /// The kind of the values on records.
  public static final int KIND = ValueType.kind(ValueType.STREAM, CollectionEncoding.TREE);

  private final BigValues values;
  private final IdTree tree;
  private final StreamBlocks blocks;
  private final StreamGroups groups;
  private final StreamCursor cursor;
  private StreamLimits limits;

  /// Makes streams known to the shard's databases.
  public Streams(BigValues values, StreamLimits limits) {
    this.values = values;
    this.limits = limits;
    this.tree = new IdTree(values.memory(), 8);
    this.blocks = new StreamBlocks(values.memory(), tree);
    this.groups = new StreamGroups(values);
    this.cursor = new StreamCursor(tree);
    values.add(KIND, new StreamValue(values.memory(), tree, blocks, groups));
  }

  /// Changes the limits, for what is added from now on.
  public void limits(StreamLimits newLimits) {
    limits = newLimits;
  }

  public StreamGroups groups() {
    return groups;
  }

  /// A cursor for this shard's streams.
  public StreamCursor newCursor() {
    return new StreamCursor(tree);
  }

  /// An empty stream; returns its root.
  public long create() {
    long root = values.memory().allocate(StreamRoot.BYTES, MemoryUse.VALUE);
    StreamRoot.format(root);
    return root;
  }

  /// Frees a stream that is no value of a record.
  public void free(long root) {
    values.free(KIND, root);
  }

  /// Number of entries.
  public static long length(long root) {
    return StreamRoot.length(root);
  }

  /// Number of entries ever added.
  public static long entriesAdded(long root) {
    return StreamRoot.added(root);
  }

  /// Number of blocks.
  public static long blockCount(long root) {
    return IdTree.count(StreamRoot.blocks(root));
  }

  /// The first block as DUMP and RDB files have it: the address of its ID (`ms 8 | seq 8`), 0
  /// without any; good until the stream changes.
  public long firstNode(long root) {
    return tree.first(StreamRoot.blocks(root));
  }

  /// The block behind this one, or 0.
  public long nextNode(long root, long node) {
    return tree.after(StreamRoot.blocks(root), IdNode.ms(node), IdNode.seq(node));
  }

  /// Address of the listpack of a block.
  public static long listpack(long node) {
    return StreamBlock.listpack(Mem.getLong(IdTree.value(node)));
  }

  /// Address of the greatest ID ever added: `ms 8 | seq 8`.
  public static long lastId(long root) {
    return StreamRoot.last(root);
  }

  /// Address of the ID of the first entry, 0-0 without entries.
  public static long firstId(long root) {
    return StreamRoot.first(root);
  }

  /// Address of the greatest ID that was deleted.
  public static long maxDeletedId(long root) {
    return StreamRoot.greatestDeleted(root);
  }

  /// Sets what XSETID sets, or an RDB file says.
  public static void setIds(long root, long lastMs, long lastSeq, long entriesAdded) {
    IdNode.setId(StreamRoot.last(root), lastMs, lastSeq);
    StreamRoot.setAdded(root, entriesAdded);
  }

  public static void setMaxDeletedId(long root, long ms, long seq) {
    IdNode.setId(StreamRoot.greatestDeleted(root), ms, seq);
  }

  /// Whether an entry is more than one listpack can hold.
  public static boolean isTooLarge(StreamFields fields) {
    return fields.bytes() > StreamLimits.MOST_BYTES;
  }

  /// Adds an entry; its ID is above [#lastId], and it is not [#isTooLarge].
  public void append(long root, long ms, long seq, StreamFields fields) {
    long last = tree.last(StreamRoot.blocks(root));
    if (last == 0 || !takes(Mem.getLong(IdTree.value(last)), fields)) {
      appendBlock(root, ms, seq, fields);
    } else {
      appendTo(root, last, ms, seq, fields);
    }
    if (StreamRoot.length(root) == 0) {
      IdNode.setId(StreamRoot.first(root), ms, seq);
    }
    StreamRoot.setLength(root, StreamRoot.length(root) + 1);
    setIds(root, ms, seq, StreamRoot.added(root) + 1);
  }

  private boolean takes(long block, StreamFields fields) {
    return limits.allows(
        Listpack.bytes(StreamBlock.listpack(block)),
        StreamBlock.count(block) + StreamBlock.deleted(block),
        fields.bytes());
  }

  private void appendBlock(long root, long ms, long seq, StreamFields fields) {
    long bytes = blocks.masterBytes(fields) + blocks.entryBytes(fields, true, 0, 0);
    long block = blocks.add(root, ms, seq, 0, intOf(bytes));
    blocks.writeMaster(block, fields);
    blocks.writeEntry(block, fields, true, 0, 0);
    long before = tree.before(StreamRoot.blocks(root), ms, seq);
    if (before != 0) {
      blocks.trim(root, before);
    }
  }

  private void appendTo(long root, long last, long ms, long seq, StreamFields fields) {
    long block = Mem.getLong(IdTree.value(last));
    boolean same = blocks.hasFields(block, fields);
    long msBeyond = ms - IdNode.ms(last);
    long seqBeyond = seq - IdNode.seq(last);
    long bytes = blocks.entryBytes(fields, same, msBeyond, seqBeyond) + blocks.grownByCount(block);
    block = blocks.withRoom(root, last, intOf(bytes), limits.maxBytes());
    blocks.writeEntry(block, fields, same, msBeyond, seqBeyond);
    blocks.setCounts(block, StreamBlock.count(block) + 1, StreamBlock.deleted(block));
  }

  private static int intOf(long bytes) {
    if (bytes > Integer.MAX_VALUE / 2) {
      throw MemoryExhausted.INSTANCE;
    }
    return (int) bytes;
  }

  /// Appends a block of an RDB file: a copy of its listpack, which was checked ([StreamCheck]),
  /// under its ID, which is above all others. The IDs of the stream are the caller's to set.
  public void appendListpack(long root, long ms, long seq, long listpack) {
    long block = blocks.add(root, ms, seq, listpack, Listpack.bytes(listpack));
    StreamRoot.setLength(root, StreamRoot.length(root) + StreamBlock.count(block));
  }

  /// The ID of the first entry is looked up, after blocks of an RDB file were added.
  public void refreshFirstId(long root) {
    cursor.beginAll(root, false);
    if (cursor.next()) {
      IdNode.setId(StreamRoot.first(root), cursor.ms(), cursor.seq());
    } else {
      IdNode.setId(StreamRoot.first(root), 0, 0);
    }
  }

  /// Deletes an entry; whether it was there.
  public boolean delete(long root, long ms, long seq) {
    cursor.begin(root, ms, seq, ms, seq, false);
    if (!cursor.next()) {
      return false;
    }
    long block = cursor.block();
    blocks.markDeleted(block, cursor.entry());
    removeFrom(root, block, cursor.blockMs(), cursor.blockSeq(), 1);
    long greatest = StreamRoot.greatestDeleted(root);
    if (IdNode.compare(ms, seq, IdNode.ms(greatest), IdNode.seq(greatest)) > 0) {
      IdNode.setId(greatest, ms, seq);
    }
    long first = StreamRoot.first(root);
    if (IdNode.compare(ms, seq, IdNode.ms(first), IdNode.seq(first)) == 0) {
      refreshFirstId(root);
    }
    return true;
  }

  /// Counts `entries` entries of a block as deleted, which are marked so; without any left it goes.
  private void removeFrom(long root, long block, long blockMs, long blockSeq, long entries) {
    long count = StreamBlock.count(block) - entries;
    StreamRoot.setLength(root, StreamRoot.length(root) - entries);
    if (count == 0) {
      tree.remove(StreamRoot.blocks(root), blockMs, blockSeq);
      blocks.free(root, block);
    } else {
      blocks.setCounts(block, count, StreamBlock.deleted(block) + entries);
    }
  }

  /// Takes away entries from the start; returns how many.
  public long trim(long root, StreamTrim trim) {
    long trimmed = 0;
    while (trim.goesOn(StreamRoot.length(root))) {
      long first = tree.first(StreamRoot.blocks(root));
      if (first == 0) {
        break;
      }
      long block = Mem.getLong(IdTree.value(first));
      long count = StreamBlock.count(block);
      if (trim.isOver(trimmed + count)) {
        break;
      }
      if (takesWhole(root, block, IdNode.ms(first), IdNode.seq(first), trim)) {
        removeFrom(root, block, IdNode.ms(first), IdNode.seq(first), count);
        trimmed += count;
      } else {
        if (!trim.wholeBlocks()) {
          trimmed += trimInside(root, trim);
        }
        break;
      }
    }
    if (trimmed > 0) {
      refreshFirstId(root);
    }
    return trimmed;
  }

  private boolean takesWhole(long root, long block, long ms, long seq, StreamTrim trim) {
    if (!trim.isById()) {
      return StreamRoot.length(root) - StreamBlock.count(block) >= trim.length();
    }
    long listpack = StreamBlock.listpack(block);
    long p = Listpack.last(listpack);
    for (long left = Listpack.integer(p); left > 0; left--) {
      p = Listpack.previous(listpack, p);
    }
    p = Listpack.next(p);
    long lastMs = ms + Listpack.integer(p);
    return trim.isBelow(lastMs, seq + Listpack.integer(Listpack.next(p)));
  }

  /// Marks entries of the first block as deleted.
  private long trimInside(long root, StreamTrim trim) {
    long first = tree.first(StreamRoot.blocks(root));
    long block = Mem.getLong(IdTree.value(first));
    cursor.beginAll(root, false);
    long trimmed = 0;
    while (cursor.next()
        && cursor.block() == block
        && (trim.isById()
            ? trim.isBelow(cursor.ms(), cursor.seq())
            : StreamRoot.length(root) - trimmed > trim.length())) {
      blocks.markDeleted(block, cursor.entry());
      trimmed++;
    }
    if (trimmed > 0) {
      removeFrom(root, block, IdNode.ms(first), IdNode.seq(first), trimmed);
    }
    return trimmed;
  }
}
