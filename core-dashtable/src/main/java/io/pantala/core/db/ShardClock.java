package io.pantala.core.db;

import io.pantala.core.record.RecordLayout;
import java.util.function.LongSupplier;

/// The time as one shard sees it: read from the source once for each batch of work, so that all
/// decisions of one command agree. Owner: the shard's thread.
public final class ShardClock {
  private final LongSupplier source;
  private long nowMs;
  private int accessClock;

  /// @param source milliseconds since 1970
  public ShardClock(LongSupplier source) {
    this.source = source;
    refresh();
  }

  public void refresh() {
    nowMs = source.getAsLong();
    accessClock = RecordLayout.clockOf(nowMs);
  }

  /// Milliseconds since 1970, as of the last [#refresh].
  public long nowMs() {
    return nowMs;
  }

  /// The access clock to write into records that are used now.
  public int accessClock() {
    return accessClock;
  }
}
