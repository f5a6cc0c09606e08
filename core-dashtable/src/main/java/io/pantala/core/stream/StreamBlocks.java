package io.pantala.core.stream;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackElement;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;

/// The listpack blocks of streams: made, filled, resized, moved and freed, and counted in the root.
/// Owner: the shard's thread.
final class StreamBlocks {
  /// A block that must grow gets this part of its size more than it needs, as a power of two.
  private static final int SLACK_SHIFT = 2;

  private final ShardMemory memory;
  private final IdTree tree;
  private final ListpackElement element = new ListpackElement();

  StreamBlocks(ShardMemory memory, IdTree tree) {
    this.memory = memory;
    this.tree = tree;
  }

  /// A block with a copy of a listpack, or with an empty one when that is 0, under an ID that has
  /// none yet.
  ///
  /// @param bytes room that the listpack has at least
  /// @throws MemoryExhausted with nothing changed
  long add(long root, long ms, long seq, long listpack, int bytes) {
    long block = allocate(bytes);
    if (listpack == 0) {
      Listpack.format(StreamBlock.listpack(block));
    } else {
      Mem.copy(listpack, StreamBlock.listpack(block), Listpack.bytes(listpack));
    }
    long entry;
    try {
      entry = tree.insert(StreamRoot.blocks(root), ms, seq);
    } catch (MemoryExhausted e) {
      memory.free(block, StreamBlock.capacity(block), MemoryUse.VALUE);
      throw e;
    }
    Mem.putLong(IdTree.value(entry), block);
    StreamRoot.addBlockBytes(root, StreamBlock.capacity(block));
    return block;
  }

  private long allocate(int bytes) {
    long capacity =
        ShardMemory.blockBytes((long) StreamBlock.HEADER_BYTES + StreamBlock.RESERVE_BYTES + bytes);
    if (capacity > Integer.MAX_VALUE) {
      throw MemoryExhausted.INSTANCE;
    }
    long block = memory.allocate(capacity, MemoryUse.VALUE);
    StreamBlock.setCapacity(block, (int) capacity);
    return block;
  }

  void free(long root, long block) {
    int capacity = StreamBlock.capacity(block);
    StreamRoot.addBlockBytes(root, -capacity);
    memory.free(block, capacity, MemoryUse.VALUE);
  }

  /// Moves a block to one in which its listpack has room for `bytes`, and notes that in the entry
  /// of the tree; returns its address.
  private long resize(long root, long entry, int bytes) {
    long block = Mem.getLong(IdTree.value(entry));
    long moved = allocate(bytes);
    long listpack = StreamBlock.listpack(block);
    Mem.copy(listpack, StreamBlock.listpack(moved), Listpack.bytes(listpack));
    StreamRoot.addBlockBytes(root, StreamBlock.capacity(moved));
    free(root, block);
    Mem.putLong(IdTree.value(entry), moved);
    return moved;
  }

  /// Makes room for `bytes` more in the block of an entry of the tree; returns its address.
  ///
  /// @param most bytes that a listpack has in the end
  long withRoom(long root, long entry, int bytes, int most) {
    long block = Mem.getLong(IdTree.value(entry));
    if (StreamBlock.room(block) >= bytes) {
      return block;
    }
    int needed = Listpack.bytes(StreamBlock.listpack(block)) + bytes;
    return resize(root, entry, Math.max(needed, Math.min(needed + (needed >> SLACK_SHIFT), most)));
  }

  /// Gives back what a block that is full has in excess, if there is memory for a smaller one.
  void trim(long root, long entry) {
    long block = Mem.getLong(IdTree.value(entry));
    if (StreamBlock.room(block) > StreamBlock.capacity(block) >> 3) {
      try {
        resize(root, entry, Listpack.bytes(StreamBlock.listpack(block)));
      } catch (MemoryExhausted e) {
        assert StreamBlock.room(block) > 0;
      }
    }
  }

  /// Moves the block of an entry of the tree out of a sparse page.
  void compact(long root, long entry) {
    long block = Mem.getLong(IdTree.value(entry));
    if (memory.isSparse(block, StreamBlock.capacity(block))) {
      resize(
          root,
          entry,
          StreamBlock.capacity(block) - StreamBlock.HEADER_BYTES - StreamBlock.RESERVE_BYTES);
    }
  }

  /// Whether the master fields of a block are those.
  boolean hasFields(long block, StreamFields fields) {
    long p = StreamBlock.masterFields(block);
    if (Listpack.integer(p) != fields.fields()) {
      return false;
    }
    for (int i = 0; i < fields.fields(); i++) {
      p = Listpack.next(p);
      if (!element.set(fields.address(2 * i), fields.length(2 * i)).isAt(p)) {
        return false;
      }
    }
    return true;
  }

  /// Bytes that the head of a block with these master fields takes, for one entry.
  long masterBytes(StreamFields fields) {
    return Listpack.EMPTY_BYTES
        + 3L * element.setInteger(0).bytes()
        + element.setInteger(fields.fields()).bytes()
        + fieldBytes(fields, 0, 2);
  }

  /// Bytes that an entry takes.
  long entryBytes(StreamFields fields, boolean same, long ms, long seq) {
    long bytes =
        element.setInteger(0).bytes()
            + element.setInteger(ms).bytes()
            + (long) element.setInteger(seq).bytes()
            + element.setInteger(elements(fields, same)).bytes();
    return same
        ? bytes + fieldBytes(fields, 1, 2)
        : bytes + element.setInteger(fields.fields()).bytes() + fieldBytes(fields, 0, 1);
  }

  private static int elements(StreamFields fields, boolean same) {
    return same
        ? fields.fields() + StreamBlock.EXTRA_OF_SAME
        : 2 * fields.fields() + StreamBlock.EXTRA_OF_OTHER;
  }

  private long fieldBytes(StreamFields fields, int from, int step) {
    long bytes = 0;
    for (int i = from; i < 2 * fields.fields(); i += step) {
      bytes += element.set(fields.address(i), fields.length(i)).bytes();
    }
    return bytes;
  }

  /// Writes the head of an empty block, for one entry.
  void writeMaster(long block, StreamFields fields) {
    long listpack = StreamBlock.listpack(block);
    append(listpack, 1);
    append(listpack, 0);
    append(listpack, fields.fields());
    appendFields(listpack, fields, 0, 2);
    append(listpack, 0);
  }

  void writeEntry(long block, StreamFields fields, boolean same, long ms, long seq) {
    long listpack = StreamBlock.listpack(block);
    append(listpack, same ? StreamBlock.SAME_FIELDS : 0);
    append(listpack, ms);
    append(listpack, seq);
    if (same) {
      appendFields(listpack, fields, 1, 2);
    } else {
      append(listpack, fields.fields());
      appendFields(listpack, fields, 0, 1);
    }
    append(listpack, elements(fields, same));
  }

  private void append(long listpack, long integer) {
    Listpack.append(listpack, element.setInteger(integer));
  }

  private void appendFields(long listpack, StreamFields fields, int from, int step) {
    for (int i = from; i < 2 * fields.fields(); i += step) {
      Listpack.append(listpack, element.set(fields.address(i), fields.length(i)));
    }
  }

  /// How much longer the listpack gets when its block counts one entry more.
  int grownByCount(long block) {
    long first = Listpack.first(StreamBlock.listpack(block));
    return element.setInteger(Listpack.integer(first) + 1).bytes() - Listpack.entryBytes(first);
  }

  void setCounts(long block, long count, long deleted) {
    StreamBlock.setCounts(block, count, deleted, element);
  }

  /// Marks the entry whose flags are there as deleted; the counts are the caller's.
  void markDeleted(long block, long flags) {
    element.setInteger(Listpack.integer(flags) | StreamBlock.DELETED);
    Listpack.replace(StreamBlock.listpack(block), flags, element);
  }
}
