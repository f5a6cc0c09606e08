package io.pantala.server.memcache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/// What one thread counts for memcached's `stats`. Its thread alone writes, by plain stores; any
/// thread reads, by opaque loads that may be a little old.
@SuppressWarnings("EnumOrdinal") // the counters of one run lie in one array
public final class ItemStats {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

  /// The counters, by the names that `stats` has for them.
  public enum Counter {
    CMD_SET,
    CMD_FLUSH,
    CMD_META,
    GET_HITS,
    GET_MISSES,
    DELETE_HITS,
    DELETE_MISSES,
    INCR_HITS,
    INCR_MISSES,
    DECR_HITS,
    DECR_MISSES,
    CAS_HITS,
    CAS_MISSES,
    CAS_BADVAL,
    TOUCH_HITS,
    TOUCH_MISSES,
    STORE_TOO_LARGE,
    AUTH_CMDS,
    AUTH_ERRORS;

    final String label = name().toLowerCase(Locale.ROOT);
  }

  private final long[] counts = new long[Counter.values().length];

  public void count(Counter counter) {
    counts[counter.ordinal()]++;
  }

  /// Any thread.
  public long get(Counter counter) {
    return (long) ELEMENT.getOpaque(counts, counter.ordinal());
  }

  /// Sets all to 0. Its thread.
  public void reset() {
    for (int i = 0; i < counts.length; i++) {
      ELEMENT.setOpaque(counts, i, 0L);
    }
  }
}
