package io.pantala.core.list;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackElement;
import io.pantala.core.memory.Mem;

/// A place in a list of blocks, at an element or behind an end. Reused again and again; owner: the
/// shard's thread. Any change of the list that does not go through it makes it wrong.
public final class ListCursor {
  long root;

  /// 0 at no element.
  long block;

  /// Position in the block's listpack; not used in a plain block.
  long p;

  /// Index of the element in its block.
  int index;

  /// Whether it is at an element.
  public boolean isAtElement() {
    return block != 0;
  }

  /// Goes to the element number `at`, which is counted from the end when it is negative; returns
  /// whether there is one.
  public boolean seek(long listRoot, long at) {
    root = listRoot;
    long count = RootLayout.count(root);
    long fromStart = at < 0 ? count + at : at;
    if (fromStart < 0 || fromStart >= count) {
      block = 0;
      return false;
    }
    if (fromStart < count / 2) {
      seekForward(fromStart);
    } else {
      seekBackward(count - 1 - fromStart);
    }
    return true;
  }

  private void seekForward(long skip) {
    long left = skip;
    block = RootLayout.first(root);
    while (left >= BlockLayout.count(block)) {
      left -= BlockLayout.count(block);
      block = BlockLayout.next(block);
    }
    setIndex((int) left);
  }

  private void seekBackward(long skip) {
    long left = skip;
    block = RootLayout.last(root);
    while (left >= BlockLayout.count(block)) {
      left -= BlockLayout.count(block);
      block = BlockLayout.previous(block);
    }
    setIndex(BlockLayout.count(block) - 1 - (int) left);
  }

  void setTo(long toBlock, int indexInBlock) {
    block = toBlock;
    setIndex(indexInBlock);
  }

  /// Goes to the element of this block with this index.
  void setIndex(int indexInBlock) {
    index = indexInBlock;
    p = isPlain() ? 0 : Listpack.seek(BlockLayout.content(block), index);
  }

  /// Goes to the next element; returns whether there is one.
  public boolean next() {
    index++;
    if (index < BlockLayout.count(block)) {
      p = Listpack.next(p);
      return true;
    }
    block = BlockLayout.next(block);
    if (block == 0) {
      return false;
    }
    setIndex(0);
    return true;
  }

  /// Goes to the element before; returns whether there is one.
  public boolean previous() {
    index--;
    if (index >= 0) {
      p = Listpack.previous(BlockLayout.content(block), p);
      return true;
    }
    block = BlockLayout.previous(block);
    if (block == 0) {
      return false;
    }
    setIndex(BlockLayout.count(block) - 1);
    return true;
  }

  /// Whether the element is stored as an integer: [#integer], else [#address] and [#length].
  public boolean isInteger() {
    return !isPlain() && Listpack.isInteger(p);
  }

  public long integer() {
    return Listpack.integer(p);
  }

  public long address() {
    return isPlain() ? BlockLayout.content(block) : Listpack.stringAddress(p);
  }

  public int length() {
    return isPlain() ? BlockLayout.contentBytes(block) : Listpack.stringLength(p);
  }

  /// Whether the element equals this one.
  public boolean holds(ListpackElement element) {
    if (!isPlain()) {
      return element.isAt(p);
    }
    return !element.isInteger()
        && element.length() == length()
        && Mem.equal(element.address(), address(), length());
  }

  boolean isPlain() {
    return BlockLayout.isPlain(block);
  }
}
