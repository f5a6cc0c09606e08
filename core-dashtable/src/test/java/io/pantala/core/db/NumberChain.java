package io.pantala.core.db;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;

/// The simplest value of many blocks: `n`, and a chain of `n` blocks with the numbers `n - 1 .. 0`.
///
/// ```text
///  root:  n 8 | first block 8          block:  next 8 | number 8 | unused
/// ```
final class NumberChain implements BigValue {
  static final int BLOCK_BYTES = 64;
  private static final int ROOT_BYTES = 16;

  private final ShardMemory memory;

  NumberChain(ShardMemory memory) {
    this.memory = memory;
  }

  long of(long n) {
    long root = memory.allocate(ROOT_BYTES, MemoryUse.VALUE);
    Mem.putLong(root, 0);
    Mem.putLong(root + 8, 0);
    try {
      for (long i = 0; i < n; i++) {
        long block = memory.allocate(BLOCK_BYTES, MemoryUse.VALUE);
        Mem.putLong(block, Mem.getLong(root + 8));
        Mem.putLong(block + 8, i);
        Mem.putLong(root, i + 1);
        Mem.putLong(root + 8, block);
      }
    } catch (MemoryExhausted e) {
      freeSlice(root, Integer.MAX_VALUE);
      throw e;
    }
    return root;
  }

  /// The number of blocks, which are the right ones.
  static long check(long root) {
    long left = Mem.getLong(root);
    for (long block = Mem.getLong(root + 8); block != 0; block = Mem.getLong(block)) {
      left--;
      if (Mem.getLong(block + 8) != left) {
        throw new AssertionError("number " + Mem.getLong(block + 8) + " instead of " + left);
      }
    }
    if (left != 0) {
      throw new AssertionError(left + " blocks are missing");
    }
    return Mem.getLong(root);
  }

  @Override
  public boolean freeSlice(long root, int blocks) {
    for (int i = 0; i < blocks; i++) {
      long block = Mem.getLong(root + 8);
      if (block == 0) {
        memory.free(root, ROOT_BYTES, MemoryUse.VALUE);
        return true;
      }
      Mem.putLong(root + 8, Mem.getLong(block));
      memory.free(block, BLOCK_BYTES, MemoryUse.VALUE);
    }
    return false;
  }

  @Override
  public long bytes(long root) {
    return ROOT_BYTES + BLOCK_BYTES * Mem.getLong(root);
  }

  @Override
  public long compactRoot(long root) {
    return moved(root, ROOT_BYTES);
  }

  /// The cursor is how many blocks are done.
  @Override
  public long compactSlice(long root, long cursor, int blocks) {
    long field = root + 8;
    long at = 0;
    while (at < cursor && Mem.getLong(field) != 0) {
      field = Mem.getLong(field);
      at++;
    }
    for (; at < cursor + blocks && Mem.getLong(field) != 0; at++) {
      Mem.putLong(field, moved(Mem.getLong(field), BLOCK_BYTES));
      field = Mem.getLong(field);
    }
    return Mem.getLong(field) == 0 ? 0 : at;
  }

  private long moved(long block, long bytes) {
    if (!memory.isSparse(block, bytes)) {
      return block;
    }
    long moved = memory.allocate(bytes, MemoryUse.VALUE);
    Mem.copy(block, moved, bytes);
    memory.free(block, bytes, MemoryUse.VALUE);
    return moved;
  }

  @Override
  public long copy(long root) {
    return of(Mem.getLong(root));
  }

  @Override
  public void writeImage(long root, NativeBuffer out) {
    out.append(root, 8);
  }

  @Override
  public long ofImage(long image, long bytes) {
    assert bytes == 8;
    return of(Mem.getLong(image));
  }
}
