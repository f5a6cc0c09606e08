package io.pantala.core.dash;

import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;

/// Prints what the table costs; run by hand, asserts nothing. Argument: number of keys.
final class DashTableFigures {
  private static final int KEY_BYTES = 16;
  private static final int VALUE_BYTES = 64;
  private static final int LOOKUPS = 2_000_000;

  private final ShardMemory memory = new ShardMemory(new ChunkReserve());
  private final KeyHash hash = new KeyHash(12345);
  private final DashTable table = new DashTable(memory, hash);
  private final long key = memory.allocate((long) KEY_BYTES * DashTable.BATCH, MemoryUse.VALUE);
  private final int keys;

  private DashTableFigures(int keys) {
    this.keys = keys;
  }

  public static void main(String[] args) {
    int keys = args.length > 0 ? Integer.parseInt(args[0]) : 5_000_000;
    // A first small table for the compiler.
    new DashTableFigures(300_000).measure(false);
    new DashTableFigures(keys).measure(true);
  }

  private void measure(boolean print) {
    long[] histogram = new long[40];
    long worst = insertAll(histogram);
    double load = (double) keys * SegmentLayout.BYTES / table.bytes() / SegmentLayout.SLOTS;
    double tableBytes = (double) table.bytes() / keys;
    double allBytes = (double) memory.used() / keys - KEY_BYTES - VALUE_BYTES;
    double find = find();
    double batch = findAll();
    double replace = replace();
    double scan = scan();
    if (print) {
      line("insert ns (with allocation, key and clock)", insertNs);
      line("worst insert us (wall clock)", worst / 1e3);
      line("find ns", find);
      line("findAll ns a key", batch);
      line("replace with find ns", replace);
      line("scan ns a record", scan);
      line("load factor", load);
      line("table bytes a key", tableBytes);
      line("bytes a key beyond key and value", allBytes);
      for (int i = 0; i < histogram.length; i++) {
        if (histogram[i] != 0) {
          System.out.printf(Locale.ROOT, "  inserts < %9d ns: %d%n", 1L << i, histogram[i]);
        }
      }
    }
    double erase = eraseMost();
    if (print) {
      line("erase ns (with find and free)", erase);
      line("table bytes after 90 % erased, a key left", (double) table.bytes() / table.size());
      line("hash of 16 B, ns", hash(16));
      line("hash of 64 B, ns", hash(64));
    }
    table.close();
    memory.close();
  }

  private static void line(String what, double figure) {
    System.out.printf(Locale.ROOT, "%-44s %10.2f%n", what, figure);
  }

  /// Processor time: other work on the machine must not count.
  private static long cpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double nsEach(long start, long count) {
    return (double) (cpuNs() - start) / count;
  }

  private double insertNs;

  private long writeKey(long at, long number) {
    Mem.putLong(at, number);
    Mem.putLong(at + 8, number * 0x9e3779b97f4a7c15L);
    return at;
  }

  private long insertAll(long[] histogram) {
    long worst = 0;
    long start = cpuNs();
    for (int i = 0; i < keys; i++) {
      writeKey(key, i);
      int head = RecordLayout.headBytes(0, KEY_BYTES);
      long record = memory.allocate(head + VALUE_BYTES, MemoryUse.RECORD);
      RecordLayout.format(record, 0, 0, key, KEY_BYTES, VALUE_BYTES);
      long h = hash.of(key, KEY_BYTES);
      long startNs = System.nanoTime();
      table.insert(h, record);
      long ns = System.nanoTime() - startNs;
      worst = Math.max(worst, ns);
      histogram[64 - Long.numberOfLeadingZeros(ns)]++;
    }
    insertNs = nsEach(start, keys);
    return worst;
  }

  private double find() {
    SplittableRandom random = new SplittableRandom(1);
    long found = 0;
    long start = cpuNs();
    for (int i = 0; i < LOOKUPS; i++) {
      writeKey(key, random.nextInt(keys));
      found += table.find(hash.of(key, KEY_BYTES), key, KEY_BYTES) != 0 ? 1 : 0;
    }
    return check(found, LOOKUPS, nsEach(start, LOOKUPS));
  }

  private double findAll() {
    SplittableRandom random = new SplittableRandom(2);
    int n = DashTable.BATCH;
    long[] hashes = new long[n];
    long[] at = new long[n];
    int[] lengths = new int[n];
    long[] slots = new long[n];
    long found = 0;
    long start = cpuNs();
    for (int i = 0; i < LOOKUPS / n; i++) {
      for (int j = 0; j < n; j++) {
        at[j] = writeKey(key + (long) j * KEY_BYTES, random.nextInt(keys));
        lengths[j] = KEY_BYTES;
        hashes[j] = hash.of(at[j], KEY_BYTES);
      }
      table.findAll(n, hashes, at, lengths, slots);
      for (long slot : slots) {
        found += slot != 0 ? 1 : 0;
      }
    }
    return check(found, LOOKUPS, nsEach(start, LOOKUPS));
  }

  private double replace() {
    SplittableRandom random = new SplittableRandom(3);
    long start = cpuNs();
    for (int i = 0; i < LOOKUPS; i++) {
      writeKey(key, random.nextInt(keys));
      long h = hash.of(key, KEY_BYTES);
      long slot = table.find(h, key, KEY_BYTES);
      table.replace(h, slot, DashTable.record(slot));
    }
    return nsEach(start, LOOKUPS);
  }

  private double scan() {
    long[] seen = new long[1];
    long start = cpuNs();
    long cursor = 0;
    do {
      cursor = table.scan(cursor, record -> seen[0]++);
    } while (cursor != 0);
    return check(seen[0], keys, nsEach(start, keys));
  }

  private double eraseMost() {
    int n = keys / 10 * 9;
    long start = cpuNs();
    for (int i = 0; i < n; i++) {
      writeKey(key, i);
      long h = hash.of(key, KEY_BYTES);
      long slot = table.find(h, key, KEY_BYTES);
      long record = DashTable.record(slot);
      table.erase(h, slot);
      memory.free(record, RecordLayout.blockBytes(record), MemoryUse.RECORD);
    }
    return nsEach(start, n);
  }

  private double hash(int bytes) {
    long block = memory.allocate(bytes, MemoryUse.VALUE);
    long sum = 0;
    long start = 0;
    int rounds = 20_000_000;
    for (int i = -rounds; i < rounds; i++) {
      if (i == 0) {
        start = cpuNs();
      }
      Mem.putLong(block, i);
      sum += hash.of(block, bytes);
    }
    double ns = nsEach(start, rounds);
    memory.free(block, bytes, MemoryUse.VALUE);
    return check(sum == 0 ? 0 : 1, 1, ns);
  }

  private static double check(long actual, long expected, double figure) {
    if (actual != expected) {
      throw new AssertionError(actual + " instead of " + expected);
    }
    return figure;
  }
}
