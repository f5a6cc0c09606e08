package io.pantala.bench.load;

import io.pantala.core.memory.Mem;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;

/// Random bytes of which every value is a window. Any thread may read it.
final class DataPool {
  /// Windows start at this many places: few enough to stay in the cache, enough to differ.
  private static final int WINDOWS = 1 << 14;

  private final long address;
  private final int valueBytes;

  /// @param memory owns the bytes
  DataPool(Arena memory, int valueBytes, long seed) {
    this.valueBytes = valueBytes;
    SplittableRandom random = new SplittableRandom(seed);
    long total = (long) valueBytes + WINDOWS + Long.BYTES;
    address = memory.allocate(total).address();
    for (long i = 0; i + Long.BYTES <= total; i += Long.BYTES) {
      Mem.putLong(address + i, random.nextLong());
    }
  }

  int valueBytes() {
    return valueBytes;
  }

  /// Address of the value for 64 random bits.
  long at(long randomBits) {
    return address + (randomBits & WINDOWS - 1);
  }
}
