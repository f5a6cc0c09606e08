package io.pantala.core.list;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackElement;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;

/// Puts elements into blocks of lists and takes them out; blocks grow, shrink and split for it. The
/// count in the root is the caller's. Owner: the shard's thread.
///
/// Methods that may move a block return its address.
final class BlockFilling {
  /// A block that must grow gets this part of its content more than it needs, as a power of two.
  private static final int SLACK_SHIFT = 2;

  /// Content slides inside its block only when this part of it, as a power of two, is left free:
  /// else each push would slide it.
  private static final int SLIDE_SHIFT = 3;

  /// A block that is filled to less than this part, as a power of two, shrinks.
  private static final int SPARSE_SHIFT = 2;

  private final BlockChain chain;

  BlockFilling(BlockChain chain) {
    this.chain = chain;
  }

  /// A block, in no chain yet, with one element.
  long blockOf(ListpackElement element, ListLimit limit) {
    long block;
    if (limit.isLarge(element)) {
      block = chain.allocate(element.length());
      BlockLayout.setPlain(block, element.length());
      Mem.copy(element.address(), BlockLayout.content(block), element.length());
    } else {
      block = emptyBlock(element.bytes());
      Listpack.append(BlockLayout.content(block), element);
    }
    BlockLayout.setCount(block, 1);
    return block;
  }

  /// A block, in no chain yet, of an empty listpack that can grow by `bytes`.
  private long emptyBlock(int bytes) {
    long block = chain.allocate(Listpack.EMPTY_BYTES + bytes);
    long listpack = block + BlockLayout.HEADER_BYTES;
    Listpack.format(listpack);
    BlockLayout.setListpack(block, listpack);
    BlockLayout.setCount(block, 0);
    return block;
  }

  long addFirst(long root, long block, ListpackElement element, ListLimit limit) {
    long roomy = withRoom(root, block, element.bytes(), true, limit);
    long listpack = Listpack.prependInFront(BlockLayout.content(roomy), element);
    BlockLayout.setListpack(roomy, listpack);
    addCount(roomy, 1);
    return roomy;
  }

  long addLast(long root, long block, ListpackElement element, ListLimit limit) {
    long roomy = withRoom(root, block, element.bytes(), false, limit);
    Listpack.append(BlockLayout.content(roomy), element);
    addCount(roomy, 1);
    return roomy;
  }

  /// Puts an element before element number `index` of a block.
  long addAt(long root, long block, int index, ListpackElement element, ListLimit limit) {
    if (index == 0) {
      return addFirst(root, block, element, limit);
    }
    long roomy = withRoom(root, block, element.bytes(), false, limit);
    long listpack = BlockLayout.content(roomy);
    Listpack.insert(listpack, Listpack.seek(listpack, index), element);
    addCount(roomy, 1);
    return roomy;
  }

  long replaceAt(long root, long block, int index, ListpackElement element, ListLimit limit) {
    long listpack = BlockLayout.content(block);
    int grown = element.bytes() - Listpack.entryBytes(Listpack.seek(listpack, index));
    long roomy = grown > 0 ? withRoom(root, block, grown, false, limit) : block;
    listpack = BlockLayout.content(roomy);
    Listpack.replace(listpack, Listpack.seek(listpack, index), element);
    return grown < 0 ? shrink(root, roomy) : roomy;
  }

  /// Makes `bytes` bytes free before or behind the listpack of a block.
  private long withRoom(long root, long block, int bytes, boolean before, ListLimit limit) {
    int roomBefore = BlockLayout.roomBefore(block);
    int roomBehind = BlockLayout.roomBehind(block);
    if ((before ? roomBefore : roomBehind) >= bytes) {
      return block;
    }
    int content = BlockLayout.contentBytes(block);
    if (roomBefore + roomBehind >= bytes + (content >> SLIDE_SHIFT)) {
      long listpack = BlockLayout.content(block) + (before ? roomBehind : -roomBefore);
      Mem.move(BlockLayout.content(block), listpack, content);
      BlockLayout.setListpack(block, listpack);
      return block;
    }
    int needed = content + bytes;
    int wanted = Math.min(needed + (needed >> SLACK_SHIFT), limit.maxBytes());
    return chain.resize(root, block, Math.max(needed, wanted), before);
  }

  /// Puts an element before the one at the cursor, which is inside a block that has no room: the
  /// smaller part of the block becomes a block of its own. The cursor goes to the new element.
  void split(ListCursor at, ListpackElement element, ListLimit limit) {
    long listpack = BlockLayout.content(at.block);
    boolean tailMoves = Listpack.end(listpack) - at.p <= at.p - listpack;
    boolean isLarge = limit.isLarge(element);
    long own = isLarge ? blockOf(element, limit) : 0;
    long part;
    try {
      part = partOf(at, tailMoves, isLarge ? 0 : element.bytes());
    } catch (MemoryExhausted e) {
      if (isLarge) {
        chain.freeUnlinked(own);
      }
      throw e;
    }
    if (!isLarge) {
      Listpack.insert(
          BlockLayout.content(part),
          tailMoves
              ? BlockLayout.content(part) + Listpack.HEADER_BYTES
              : Listpack.end(BlockLayout.content(part)),
          element);
      addCount(part, 1);
    }
    long root = at.root;
    long behind = tailMoves ? BlockLayout.next(at.block) : at.block;
    chain.link(root, part, behind);
    if (isLarge) {
      chain.link(root, own, tailMoves ? part : at.block);
    }
    if (tailMoves) {
      cut(at.block, at.index, BlockLayout.count(at.block));
    } else {
      cut(at.block, 0, at.index);
    }
    chain.trim(root, at.block);
    if (isLarge) {
      at.setTo(own, 0);
    } else {
      at.setTo(part, tailMoves ? 0 : BlockLayout.count(part) - 1);
    }
  }

  /// A block, in no chain yet, with copies of the entries before the cursor or from it on, and room
  /// for `bytes` more.
  private long partOf(ListCursor at, boolean tail, int bytes) {
    long listpack = BlockLayout.content(at.block);
    long from = tail ? at.p : listpack + Listpack.HEADER_BYTES;
    int partBytes = (int) ((tail ? Listpack.end(listpack) : at.p) - from);
    int count = tail ? BlockLayout.count(at.block) - at.index : at.index;
    long part = emptyBlock(partBytes + bytes);
    long copy = BlockLayout.content(part);
    Listpack.insertEntries(copy, Listpack.end(copy), from, partBytes, count);
    BlockLayout.setCount(part, count);
    return part;
  }

  /// Takes the elements with the numbers `from` .. `to` - 1 out of a block's listpack; some stay.
  static void cut(long block, int from, int to) {
    long listpack = BlockLayout.content(block);
    int count = BlockLayout.count(block);
    if (from == 0) {
      BlockLayout.setListpack(block, Listpack.dropFront(listpack, Listpack.seek(listpack, to), to));
    } else {
      long end = to == count ? Listpack.end(listpack) : Listpack.seek(listpack, to);
      Listpack.delete(listpack, Listpack.seek(listpack, from), end, to - from);
    }
    BlockLayout.setCount(block, count - (to - from));
  }

  /// Moves a sparse block's content into a smaller block, if there is memory for one.
  long shrink(long root, long block) {
    int content = BlockLayout.contentBytes(block);
    if (content + BlockLayout.HEADER_BYTES >= BlockLayout.capacity(block) >> SPARSE_SHIFT) {
      return block;
    }
    try {
      return chain.resize(root, block, content + (content >> 1), false);
    } catch (MemoryExhausted e) {
      return block;
    }
  }

  private static void addCount(long block, int added) {
    BlockLayout.setCount(block, BlockLayout.count(block) + added);
  }
}
