package io.pantala.bench.load;

import io.pantala.core.memory.Mem;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What one connection fills into the holes of its requests, all from one seed. As in
/// memtier_benchmark, keys that are read and keys that are written are two sequences.
final class Draws {
  private final KeySequence writeKeys;
  private final KeySequence readKeys;
  private final int keyWidth;
  private final KeyRange expiry;
  private final @Nullable DataPool data;
  private final SplittableRandom random;

  /// @param data random bytes, shared by all connections; null when values are constant
  Draws(
      KeySequence writeKeys,
      KeySequence readKeys,
      LoadPlan.Keys keys,
      @Nullable DataPool data,
      long seed) {
    this.writeKeys = writeKeys;
    this.readKeys = readKeys;
    this.keyWidth = keys.width();
    this.expiry = keys.expirySeconds();
    this.data = data;
    this.random = new SplittableRandom(seed);
  }

  long nextKey(boolean forRead) {
    return forRead ? readKeys.next() : writeKeys.next();
  }

  /// The least number of digits of a key.
  int keyWidth() {
    return keyWidth;
  }

  long nextExpiry() {
    return expiry.at(random.nextLong());
  }

  /// Writes one value; returns its end.
  long writeData(long to) {
    DataPool pool = Objects.requireNonNull(data, "a data hole without data");
    Mem.copy(pool.at(random.nextLong()), to, pool.valueBytes());
    return to + pool.valueBytes();
  }
}
