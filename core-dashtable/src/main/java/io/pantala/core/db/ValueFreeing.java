package io.pantala.core.db;

import io.pantala.core.memory.Mem;

/// Values of many blocks that were deleted: a few of their blocks are freed at once, the rest
/// little by little, so that no DEL, overwrite or expiry stops the shard. Owner: the shard's
/// thread.
///
/// It is a stack linked through the roots, so that adding needs no memory:
///
/// ```text
///  63      56 55 48 47                            0
///  +---------+-----+------------------------------+
///  | kind    |  0  | address of the next root     |   first 8 bytes of each root; 0 ends the stack
///  +---------+-----+------------------------------+
/// ```
public final class ValueFreeing {
  /// Blocks that are freed at once: almost all values have fewer.
  static final int AT_ONCE_BLOCKS = 16;

  private static final int KIND_SHIFT = 56;
  private static final long ROOT_MASK = (1L << 48) - 1;

  private final BigValues values;
  private long top;

  ValueFreeing(BigValues values) {
    this.values = values;
  }

  void add(int kind, long root) {
    if (!values.of(kind).freeSlice(root, AT_ONCE_BLOCKS)) {
      Mem.putLong(root, top);
      top = root | ((long) kind << KIND_SHIFT);
    }
  }

  /// Whether something is left to free.
  public boolean isPending() {
    return top != 0;
  }

  /// Frees about `blocks` blocks of one value; only while [#isPending].
  public void step(int blocks) {
    long root = top & ROOT_MASK;
    long next = Mem.getLong(root);
    if (values.of((int) (top >>> KIND_SHIFT)).freeSlice(root, blocks)) {
      top = next;
    }
  }

  /// Frees all that is left.
  public void finish() {
    while (isPending()) {
      step(Integer.MAX_VALUE);
    }
  }
}
