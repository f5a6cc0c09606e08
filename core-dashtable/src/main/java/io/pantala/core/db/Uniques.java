package io.pantala.core.db;

/// Where memcached's "cas unique" numbers come from: each is given once in the whole server, for
/// every shard counts in steps of the number of shards from a start of its own. Owner: the shard's
/// thread.
public final class Uniques {
  private final int step;
  private long last;

  /// @param first number of this source, from 1 to `step`
  /// @param step the number of sources
  public Uniques(int first, int step) {
    assert first >= 1 && first <= step;
    this.step = step;
    this.last = first - (long) step;
  }

  /// A number that no source has given before; above all that this one gave.
  public long next() {
    last += step;
    return last;
  }
}
