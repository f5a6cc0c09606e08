package io.pantala.core.list;

import io.pantala.core.db.BigValues;
import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackElement;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.record.CollectionEncoding;
import io.pantala.core.record.ValueType;

/// Large lists: each a doubly linked chain of blocks, in each of which is one listpack, or one
/// element that is too large for that. One instance serves all lists of a shard, which are given by
/// their root. Owner: the shard's thread.
///
/// ```text
///  root ──► block ⇄ block ⇄ block ⇄ … ⇄ block ◄── root
///           listpack  element  listpack     listpack
/// ```
///
/// - Pushes and pops at both ends are O(1); a block never grows beyond [ListLimit].
/// - No block is empty. An empty list has none: its key is the caller's to delete.
/// - What adds or replaces allocates first: a [MemoryExhausted] leaves the list as it was. What
///   removes never fails.
public final class ListBlocks {
  /// The kind of the values on records.
  public static final int KIND = ValueType.kind(ValueType.LIST, CollectionEncoding.BLOCKS);

  private final BigValues values;
  private final BlockChain chain;
  private final BlockFilling filling;
  private final ListCursor from = new ListCursor();
  private final ListCursor to = new ListCursor();
  private ListLimit limit;

  /// Makes lists of blocks known to the shard's databases.
  public ListBlocks(BigValues values, ListLimit limit) {
    this.values = values;
    this.limit = limit;
    this.chain = new BlockChain(values.memory());
    this.filling = new BlockFilling(chain);
    values.add(KIND, new ListValue(chain, this::limit));
  }

  public ListLimit limit() {
    return limit;
  }

  /// Changes the limit, for what is added from now on.
  public void limit(ListLimit newLimit) {
    limit = newLimit;
  }

  /// An empty list; returns its root.
  public long create() {
    return chain.createRoot();
  }

  /// Frees a list that is no value of a record.
  public void free(long root) {
    values.free(KIND, root);
  }

  /// Number of elements.
  public static long count(long root) {
    return RootLayout.count(root);
  }

  /// Appends a copy of a whole listpack, which has entries, as a block of its own: the small form
  /// of the list, or a node of an RDB file.
  public void appendListpack(long root, long listpack) {
    int bytes = Listpack.bytes(listpack);
    int count = Listpack.count(listpack);
    assert count > 0;
    long block = chain.allocate(bytes);
    Mem.copy(listpack, block + BlockLayout.HEADER_BYTES, bytes);
    BlockLayout.setListpack(block, block + BlockLayout.HEADER_BYTES);
    BlockLayout.setCount(block, count);
    chain.link(root, block, 0);
    RootLayout.addCount(root, count);
  }

  public void pushFirst(long root, ListpackElement element) {
    long first = RootLayout.first(root);
    if (first != 0 && limit.hasRoomFor(first, element)) {
      filling.addFirst(root, first, element, limit);
    } else {
      long block = filling.blockOf(element, limit);
      chain.link(root, block, first);
      trimFull(root, first);
    }
    RootLayout.addCount(root, 1);
  }

  public void pushLast(long root, ListpackElement element) {
    long last = RootLayout.last(root);
    if (last != 0 && limit.hasRoomFor(last, element)) {
      filling.addLast(root, last, element, limit);
    } else {
      long block = filling.blockOf(element, limit);
      chain.link(root, block, 0);
      trimFull(root, last);
    }
    RootLayout.addCount(root, 1);
  }

  /// The end of the list has moved on: what this block has in excess it will not need.
  private void trimFull(long root, long block) {
    if (block != 0) {
      chain.trim(root, block);
    }
  }

  /// Puts an element before the one at the cursor, which goes to the new one.
  public void insertBefore(ListCursor at, ListpackElement element) {
    long root = at.root;
    long block = at.block;
    long previous = BlockLayout.previous(block);
    if (limit.hasRoomFor(block, element)) {
      at.setTo(filling.addAt(root, block, at.index, element, limit), at.index);
    } else if (at.index > 0) {
      filling.split(at, element, limit);
    } else if (previous != 0 && limit.hasRoomFor(previous, element)) {
      int index = BlockLayout.count(previous);
      at.setTo(filling.addLast(root, previous, element, limit), index);
    } else {
      long added = filling.blockOf(element, limit);
      chain.link(root, added, block);
      at.setTo(added, 0);
    }
    RootLayout.addCount(root, 1);
  }

  /// Puts an element behind the one at the cursor, which goes to the new one.
  public void insertAfter(ListCursor at, ListpackElement element) {
    int index = at.index + 1;
    if (index < BlockLayout.count(at.block)) {
      at.next();
      insertBefore(at, element);
    } else if (limit.hasRoomFor(at.block, element)) {
      at.setTo(filling.addLast(at.root, at.block, element, limit), index);
      RootLayout.addCount(at.root, 1);
    } else if (BlockLayout.next(at.block) == 0) {
      pushLast(at.root, element);
      at.seek(at.root, -1);
    } else {
      at.next();
      insertBefore(at, element);
    }
  }

  /// Puts an element in place of the one at the cursor, which stays there.
  public void set(ListCursor at, ListpackElement element) {
    if (!at.isPlain() && !limit.isLarge(element)) {
      int grown = element.bytes() - Listpack.entryBytes(at.p);
      if (grown <= 0 || BlockLayout.contentBytes(at.block) + grown <= limit.maxBytes()) {
        at.setTo(filling.replaceAt(at.root, at.block, at.index, element, limit), at.index);
        return;
      }
    }
    insertBefore(at, element);
    at.next();
    delete(at, true);
  }

  /// Takes out the element at the cursor, which goes to the next one, or to the one before when
  /// going `backward`; at the end it is at no element.
  public void delete(ListCursor at, boolean backward) {
    long root = at.root;
    long block = at.block;
    RootLayout.addCount(root, -1);
    if (BlockLayout.count(block) == 1) {
      long beside = backward ? BlockLayout.previous(block) : BlockLayout.next(block);
      chain.free(root, block);
      at.block = beside;
    } else {
      BlockFilling.cut(block, at.index, at.index + 1);
      block = filling.shrink(root, block);
      if (backward ? at.index > 0 : at.index < BlockLayout.count(block)) {
        at.setTo(block, backward ? at.index - 1 : at.index);
        return;
      }
      at.block = backward ? BlockLayout.previous(block) : BlockLayout.next(block);
    }
    if (at.block != 0) {
      at.setTo(at.block, backward ? BlockLayout.count(at.block) - 1 : 0);
    }
  }

  /// Takes out up to `count` elements from number `index` on.
  public void deleteRange(long root, long index, long count) {
    long deleted = Math.min(count, RootLayout.count(root) - index);
    if (deleted <= 0) {
      return;
    }
    from.seek(root, index);
    to.seek(root, index + deleted - 1);
    boolean mostGoes = deleted > RootLayout.count(root) / 2;
    RootLayout.addCount(root, -deleted);
    if (from.block == to.block && !isWhole(from.block, from.index, to.index)) {
      BlockFilling.cut(from.block, from.index, to.index + 1);
      filling.shrink(root, from.block);
    } else {
      deleteBlocks(root, mostGoes);
    }
  }

  private static boolean isWhole(long block, int first, int last) {
    return first == 0 && last == BlockLayout.count(block) - 1;
  }

  /// Cuts the blocks at the ends of `from` .. `to`, and drops those that go as a whole.
  private void deleteBlocks(long root, boolean mostGoes) {
    long first = from.block;
    long last = to.block;
    if (from.index > 0) {
      first = BlockLayout.next(first);
      BlockFilling.cut(from.block, from.index, BlockLayout.count(from.block));
    }
    if (to.index < BlockLayout.count(last) - 1) {
      last = BlockLayout.previous(last);
      BlockFilling.cut(to.block, 0, to.index + 1);
    }
    // Of two neighbours that were both cut, no block lies between.
    if (BlockLayout.next(last) != first) {
      dropBlocks(root, first, last, mostGoes);
    }
    if (from.block != first) {
      filling.shrink(root, from.block);
    }
    if (to.block != last) {
      filling.shrink(root, to.block);
    }
  }

  /// Frees the blocks `first` .. `last`, many of them little by little: as a list of their own.
  private void dropBlocks(long root, long first, long last, boolean mostGoes) {
    long dropped;
    try {
      dropped = chain.createRoot();
    } catch (MemoryExhausted e) {
      for (long block = last; block != first; ) {
        long previous = BlockLayout.previous(block);
        chain.free(root, block);
        block = previous;
      }
      chain.free(root, first);
      return;
    }
    chain.moveTo(root, first, last, dropped, mostGoes);
    values.free(KIND, dropped);
  }
}
