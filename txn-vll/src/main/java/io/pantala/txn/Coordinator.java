package io.pantala.txn;

/// A thread in its role as coordinator of the transactions of its connections. One for each shard
/// thread, used by it alone.
///
/// @param <S> a shard's data
public final class Coordinator<S> {
  /// Calls into the own shard that may be nested (a transaction that concludes lets its connection
  /// start the next one); deeper ones go through the mailbox.
  static final int MAX_DIRECT_CALLS = 8;

  private final ShardSet<S> shards;
  private final int home;
  private final TransactionIds ids;
  private final SchedulingRules rules;
  private int directCalls;
  private long retries;
  private long reservations;

  /// @param home the shard that the thread owns
  public Coordinator(ShardSet<S> shards, int home, TransactionIds ids) {
    this(shards, home, ids, SchedulingRules.SOUND);
  }

  Coordinator(ShardSet<S> shards, int home, TransactionIds ids, SchedulingRules rules) {
    this.shards = shards;
    this.home = home;
    this.ids = ids;
    this.rules = rules;
  }

  public ShardSet<S> shards() {
    return shards;
  }

  /// The index of the shard that this thread owns.
  public int home() {
    return home;
  }

  /// How often a transaction had to take a new id because a shard refused it.
  public long retries() {
    return retries;
  }

  /// How often a transaction reserved its shards after too many refusals.
  public long reservations() {
    return reservations;
  }

  /// Whether the current thread is this coordinator's; for assertions.
  public boolean isOwnThread() {
    return shards.executor(home).isOwnThread();
  }

  SchedulingRules rules() {
    return rules;
  }

  TransactionIds ids() {
    return ids;
  }

  void countRetry() {
    retries++;
  }

  void countReservation() {
    reservations++;
  }

  /// Whether one more call into the own shard may be nested; then [#leave] must follow.
  boolean enter() {
    if (directCalls == MAX_DIRECT_CALLS) {
      return false;
    }
    directCalls++;
    return true;
  }

  void leave() {
    directCalls--;
  }
}
