package io.pantala.memcache;

/// The limits of the memcached protocol, with memcached's values.
public final class MemcacheLimits {
  /// Longest key in bytes.
  public static final int KEY_BYTES = 250;

  /// A line without an end that is longer than this closes the connection, except of get and gets.
  public static final int LINE_BYTES = 2048;

  /// Words of a meta command, with its name.
  public static final int META_WORDS = 19;

  /// Longest opaque flag in bytes, with its letter.
  public static final int OPAQUE_BYTES = 32;

  /// An exptime above this many seconds (30 days) is a time since 1970, else it counts from now.
  public static final long RELATIVE_SECONDS = 60L * 60 * 24 * 30;

  /// Largest item unless the configuration says otherwise, in bytes.
  public static final long ITEM_BYTES = 1L << 20;

  /// What memcached counts for an item beside its key and value: header 48, unique 8, a byte after
  /// the key, the line end.
  private static final int ITEM_OVERHEAD_BYTES = 48 + 8 + 1 + 2;

  /// And for client flags that are not 0.
  private static final int CLIENT_FLAGS_BYTES = 4;

  /// The most that [#itemBytes] adds to the value.
  static final int ITEM_OVERHEAD_MAX = ITEM_OVERHEAD_BYTES + CLIENT_FLAGS_BYTES + KEY_BYTES;

  private MemcacheLimits() {}

  /// The size of an item as memcached counts it.
  public static long itemBytes(long keyBytes, long valueBytes, boolean hasClientFlags) {
    return ITEM_OVERHEAD_BYTES + keyBytes + valueBytes + (hasClientFlags ? CLIENT_FLAGS_BYTES : 0);
  }
}
