package io.pantala.bench.jmh;

import io.pantala.core.dash.DashTable;
import io.pantala.core.dash.KeyHash;
import io.pantala.core.db.BigValues;
import io.pantala.core.db.Database;
import io.pantala.core.db.KeyspaceStats;
import io.pantala.core.db.ShardClock;
import io.pantala.core.db.Uniques;
import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Finding and setting random keys of 16 bytes with values of 64 in a shard's database: with many
/// keys what is measured are cache misses, and how well a group of look-ups overlaps them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class DatabaseBenchmark {
  private static final int KEY_BYTES = 16;
  private static final int VALUE_BYTES = 64;
  private static final int GROUP = DashTable.BATCH;

  @Param({"10000", "1000000"})
  int keys;

  private final ChunkReserve reserve = new ChunkReserve();
  private final ShardMemory memory = new ShardMemory(reserve);
  private final KeyHash hash = new KeyHash(42);
  private final Database db =
      new Database(
          new BigValues(memory),
          hash,
          new ShardClock(System::currentTimeMillis),
          new KeyspaceStats(),
          new Uniques(1, 1));
  private final NativeBuffer text = new NativeBuffer();
  private final SplittableRandom random = new SplittableRandom(7);
  private final long[] hashes = new long[GROUP];
  private final long[] addresses = new long[GROUP];
  private final int[] lengths = new int[GROUP];
  private final long[] slots = new long[GROUP];
  private long key;
  private long value;

  @Setup(Level.Trial)
  public void fill() {
    memory.adopt();
    key = text.reserve(GROUP * KEY_BYTES + VALUE_BYTES);
    value = key + GROUP * KEY_BYTES;
    Mem.fill(key, GROUP * KEY_BYTES + VALUE_BYTES, 'x');
    for (int i = 0; i < keys; i++) {
      put(i);
    }
  }

  @TearDown(Level.Trial)
  public void free() {
    db.close();
    memory.close();
    reserve.close();
    text.close();
  }

  @Benchmark
  public long find() {
    Mem.putLong(key, random.nextInt(keys));
    return db.find(hash.of(key, KEY_BYTES), key, KEY_BYTES);
  }

  @Benchmark
  public void set() {
    put(random.nextInt(keys));
  }

  /// One operation is a group of 16 look-ups.
  @Benchmark
  public long findGroup() {
    for (int i = 0; i < GROUP; i++) {
      long address = key + (long) i * KEY_BYTES;
      Mem.putLong(address, random.nextInt(keys));
      hashes[i] = hash.of(address, KEY_BYTES);
      addresses[i] = address;
      lengths[i] = KEY_BYTES;
    }
    db.table().findAll(GROUP, hashes, addresses, lengths, slots);
    return slots[0];
  }

  private void put(int number) {
    Mem.putLong(key, number);
    long h = hash.of(key, KEY_BYTES);
    long slot = db.find(h, key, KEY_BYTES);
    db.putString(h, slot, key, KEY_BYTES, value, VALUE_BYTES, Database.NO_DEADLINE);
  }
}
