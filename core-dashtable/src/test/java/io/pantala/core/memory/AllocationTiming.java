package io.pantala.core.memory;

import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/// Prints nanoseconds of CPU time for a pair of allocate and free of 88 bytes; run by hand, without
/// `-ea`.
public final class AllocationTiming {
  private static final int BYTES = 88;
  private static final int PAIRS = 20_000_000;
  private static final int ROUNDS = 4;

  private AllocationTiming() {}

  public static void main(String[] args) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      for (int round = 0; round < ROUNDS; round++) {
        pairs(memory, "the only block of its class");
        long kept = memory.allocate(BYTES, MemoryUse.RECORD);
        pairs(memory, "one after the other");
        batches(memory);
        replace(memory, 1_000, "replace at random, 1,000 blocks");
        replace(memory, 1_000_000, "replace at random, 1,000,000 blocks");
        memory.free(kept, BYTES, MemoryUse.RECORD);
      }
    }
  }

  private static void pairs(ShardMemory memory, String what) {
    long start = cpuNanos();
    for (int i = 0; i < PAIRS; i++) {
      memory.free(memory.allocate(BYTES, MemoryUse.RECORD), BYTES, MemoryUse.RECORD);
    }
    print(what, start, PAIRS);
  }

  private static void batches(ShardMemory memory) {
    long[] blocks = new long[256];
    long start = cpuNanos();
    for (int i = 0; i < PAIRS; i += blocks.length) {
      for (int b = 0; b < blocks.length; b++) {
        blocks[b] = memory.allocate(BYTES, MemoryUse.RECORD);
      }
      for (long block : blocks) {
        memory.free(block, BYTES, MemoryUse.RECORD);
      }
    }
    print("256 and 256", start, PAIRS);
  }

  private static void replace(ShardMemory memory, int count, String what) {
    long[] blocks = new long[count];
    for (int b = 0; b < count; b++) {
      blocks[b] = memory.allocate(BYTES, MemoryUse.RECORD);
    }
    SplittableRandom random = new SplittableRandom(1);
    int pairs = 4_000_000;
    long start = cpuNanos();
    for (int i = 0; i < pairs; i++) {
      int at = random.nextInt(count);
      memory.free(blocks[at], BYTES, MemoryUse.RECORD);
      blocks[at] = memory.allocate(BYTES, MemoryUse.RECORD);
    }
    print(what, start, pairs);
    for (long block : blocks) {
      memory.free(block, BYTES, MemoryUse.RECORD);
    }
  }

  private static void print(String what, long start, int pairs) {
    System.out.printf("%-40s %6.1f ns%n", what, (double) (cpuNanos() - start) / pairs);
  }

  /// CPU time of this thread: other jobs on the machine do not count.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
