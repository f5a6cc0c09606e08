package io.pantala.server.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// How often which time was taken, to two decimal digits: the buckets are those of an HdrHistogram
/// of nanoseconds, as redis-server has it. One thread adds, any reads and may be a little late.
///
/// Values below 256 have a bucket each. Above, each power of two is an *octave* of 128 equal
/// buckets; its counters come into being with its first value, so that a command takes some KB.
///
/// ```text
///  value     0 ... 255 | 256 ... 511 | 512 ... 1023 | ...
///  width         1     |      2      |      4       |
///  octave        0     |      1      |      2       |      octave 0 holds 256 buckets
/// ```
public final class LatencyHistogram {
  /// The longest time that is told apart from longer ones: 68 s.
  public static final long MAX_NANOS = (1L << 36) - 1;

  private static final int SUB_BITS = 7;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;
  private static final int OCTAVES = Long.SIZE - Long.numberOfLeadingZeros(MAX_NANOS) - SUB_BITS;

  private static final VarHandle OCTAVE = MethodHandles.arrayElementVarHandle(long[][].class);
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] @Nullable [] octaves = new long[OCTAVES][];

  /// Adds `times` values. On the owner's thread.
  void add(long nanos, long times) {
    long value = Math.clamp(nanos, 0, MAX_NANOS);
    int octave = octaveOf(value);
    long[] counts = octaves[octave];
    if (counts == null) {
      counts = new long[octave == 0 ? 2 * SUB_BUCKETS : SUB_BUCKETS];
      OCTAVE.setRelease(octaves, octave, counts);
    }
    counts[slotOf(value, octave)] += times;
  }

  /// Adds what another one counted. On this one's owner's thread.
  void addAll(LatencyHistogram other) {
    for (int octave = 0; octave < OCTAVES; octave++) {
      long[] counts = (long[]) OCTAVE.getAcquire(other.octaves, octave);
      if (counts != null) {
        for (int slot = 0; slot < counts.length; slot++) {
          long times = (long) COUNT.getOpaque(counts, slot);
          if (times > 0) {
            add(valueOf(octave, slot), times);
          }
        }
      }
    }
  }

  /// Number of values. On the owner's thread, as all that follows.
  public long count() {
    return countUpTo(MAX_NANOS);
  }

  /// Number of values that are not above `nanos`, to the width of a bucket.
  public long countUpTo(long nanos) {
    long sum = 0;
    int last = octaveOf(nanos);
    int lastSlot = slotOf(nanos, last);
    for (int octave = 0; octave <= last; octave++) {
      long[] counts = octaves[octave];
      if (counts != null) {
        int end = octave < last ? counts.length : lastSlot + 1;
        for (int slot = 0; slot < end; slot++) {
          sum += counts[slot];
        }
      }
    }
    return sum;
  }

  /// The time in ns that `percent` of the values do not exceed: the largest of its bucket. 0
  /// without a value.
  public long percentile(double percent) {
    long rank = Math.max(1, Math.round(Math.min(percent, 100) / 100 * count()));
    long sum = 0;
    for (int octave = 0; octave < OCTAVES; octave++) {
      long[] counts = octaves[octave];
      for (int slot = 0; counts != null && slot < counts.length; slot++) {
        sum += counts[slot];
        if (sum >= rank) {
          return largest(valueOf(octave, slot));
        }
      }
    }
    return 0;
  }

  /// The largest value of the bucket that `nanos` falls into.
  public static long largest(long nanos) {
    return nanos | (1L << octaveOf(nanos)) - 1;
  }

  private static int octaveOf(long value) {
    return Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(value));
  }

  private static int slotOf(long value, int octave) {
    int sub = (int) (value >>> octave);
    return octave == 0 ? sub : sub - SUB_BUCKETS;
  }

  private static long valueOf(int octave, int slot) {
    return octave == 0 ? slot : (long) (slot + SUB_BUCKETS) << octave;
  }
}
