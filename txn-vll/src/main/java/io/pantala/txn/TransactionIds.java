package io.pantala.txn;

import java.util.concurrent.atomic.AtomicLong;

/// The ids of the transactions over several shards, for the whole process. Any thread.
///
/// The one counter that all threads share; steps and transactions on one shard don't touch it.
public final class TransactionIds {
  private final AtomicLong last = new AtomicLong();

  /// The next id: above all that were given, and above [Scheduled#NO_ID].
  long next() {
    return last.incrementAndGet();
  }

  /// The last id that was given.
  public long last() {
    return last.get();
  }
}
