package io.pantala.txn;

/// The rules that make the whole correct, so that the simulator can break each one and must notice.
/// Everything but tests uses [#SOUND].
///
/// @param refusesBelowTail a claim that conflicts with an earlier one takes no place before the
///   tail of the queue
/// @param startsWhenDue no hop runs before the claims are held on all shards
/// @param holdsUntilLastHop claims are released after the last hop, not before
/// @param analysesContention a walk of the queue wakes what nothing before it conflicts with; if
///   not, only its head is woken
/// @param retries the number of new ids after which a transaction reserves its shards
record SchedulingRules(
    boolean refusesBelowTail,
    boolean startsWhenDue,
    boolean holdsUntilLastHop,
    boolean analysesContention,
    int retries) {
  /// New ids that a transaction takes before it reserves its shards, after which it can't be
  /// refused.
  static final int MAX_RETRIES = 8;

  static final SchedulingRules SOUND = new SchedulingRules(true, true, true, true, MAX_RETRIES);
}
