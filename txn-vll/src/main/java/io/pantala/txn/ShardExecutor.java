package io.pantala.txn;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs the work of one shard in the order that its claims ask for: intent locks, the queue of what
/// is scheduled, and the reservation. Owner: the shard's thread, asserted.
///
/// A command on one shard runs at once, without any of this, when [#isIdle] or, for each of its
/// keys, [#isFree]; else it waits as a [ShardStep]. Parts of a [Transaction] come by message.
///
/// @param <S> the shard's data
public final class ShardExecutor<S> {
  /// How far from the head the queue is searched for parts that nothing before them blocks.
  private static final int MAX_SCANNED = 32;

  /// Parts and steps woken in one go; then other messages get their turn.
  static final int MAX_WOKEN = 256;

  private final int index;
  private final S shard;
  private final ShardSet<S> shards;
  private final BooleanSupplier isOwner;
  private final SchedulingRules rules;

  private final IntentLocks locks = new IntentLocks();
  private final TxQueue<S> queue = new TxQueue<>();
  private final Contention contention = new Contention();

  /// The transaction that must be the next to be scheduled here, those that wait for being it, and
  /// those whose scheduling is put off meanwhile.
  private @Nullable Part<S> reservedFor;

  private final ArrayDeque<Part<S>> reserving = new ArrayDeque<>();
  private final ArrayDeque<Part<S>> putOff = new ArrayDeque<>();

  /// Something left the queue, or a step that nothing blocks came in: there may be more to wake.
  private boolean mustWake;

  private boolean isWaking;
  private boolean isWakePosted;

  private final ShardMessage<S> wake =
      new ShardMessage<>() {
        @Override
        protected void onReceive(ShardExecutor<S> at) {
          isWakePosted = false;
          wakeDue();
        }
      };

  /// @param index the shard's number in `shards`
  /// @param isOwner whether the current thread owns the shard; asked by assertions only
  public ShardExecutor(int index, S shard, ShardSet<S> shards, BooleanSupplier isOwner) {
    this(index, shard, shards, isOwner, SchedulingRules.SOUND);
  }

  ShardExecutor(
      int index, S shard, ShardSet<S> shards, BooleanSupplier isOwner, SchedulingRules rules) {
    this.index = index;
    this.shard = shard;
    this.shards = shards;
    this.isOwner = isOwner;
    this.rules = rules;
  }

  public S shard() {
    assert isOwner.getAsBoolean();
    return shard;
  }

  public int index() {
    return index;
  }

  public ShardSet<S> shards() {
    return shards;
  }

  /// Whether nothing is scheduled here, so that any step may run at once.
  public boolean isIdle() {
    assert isOwner.getAsBoolean();
    return queue.isEmpty();
  }

  /// Whether a step that only uses this key may run at once: nothing scheduled, waiting or running,
  /// conflicts with it.
  public boolean isFree(long lockKey, boolean exclusive) {
    assert isOwner.getAsBoolean();
    return locks.isFree(lockKey, exclusive);
  }

  /// Queues a step that met a conflict. It runs when all that it conflicts with and that came
  /// before it is gone; never before this method returns.
  public void enqueue(ShardStep<S> step) {
    assert isOwner.getAsBoolean();
    boolean free = locks.areFree(step.claims);
    appendAtTail(step);
    if (free) {
      mustWake = true;
      postWake();
    }
  }

  /// The number of parts and steps that are scheduled here.
  public int queueLength() {
    assert isOwner.getAsBoolean();
    return queue.size();
  }

  /// Whether the current thread owns the shard; for assertions.
  public boolean isOwnThread() {
    return isOwner.getAsBoolean();
  }

  /// Whether no claim, no queue entry and no reservation is left: so at rest, always.
  boolean isAtRest() {
    return queue.isEmpty()
        && locks.isEmpty()
        && reservedFor == null
        && reserving.isEmpty()
        && putOff.isEmpty();
  }

  /// Takes a request. The caller passes the answer on, and calls [#wakeDue].
  Part.Reply handle(Part<S> part) {
    assert isOwner.getAsBoolean();
    return switch (part.request) {
      case SCHEDULE -> scheduleUnlessReserved(part);
      case SCHEDULE_AND_RUN -> scheduleAndRun(part);
      case RUN -> arm(part);
      case RELEASE -> release(part);
      case RESERVE -> reserve(part);
    };
  }

  /// Wakes what has become due because others left, until nothing changes any more or it was enough
  /// for now. A call from within it returns at once: the outer one goes on.
  void wakeDue() {
    if (isWaking || !mustWake) {
      return;
    }
    isWaking = true;
    try {
      for (int i = 0; mustWake && i < MAX_WOKEN; i++) {
        mustWake = false;
        wakeNext();
      }
    } finally {
      isWaking = false;
      if (mustWake) {
        postWake();
      }
    }
  }

  /// Runs the part's hop now; after the last one it leaves.
  void runHop(Part<S> part) {
    part.isArmed = false;
    try {
      part.transaction.body().onShard(this, part.hop);
    } catch (Throwable cause) {
      part.failure = cause;
    }
    if (part.isQueued && (part.isLastHop || !rules.holdsUntilLastHop())) {
      leave(part);
    }
  }

  /// Takes the part or step out of the queue and releases its claims.
  void leave(Scheduled<S> leaving) {
    queue.remove(leaving);
    locks.release(leaving.claims);
    mustWake = true;
  }

  private Part.Reply scheduleUnlessReserved(Part<S> part) {
    if (part.isQueued) {
      leave(part);
    }
    part.id = part.newId;
    if (reservedFor == null) {
      return schedule(part);
    }
    if (reservedFor != part) {
      putOff.add(part);
      return Part.Reply.LATER;
    }
    Part.Reply reply = schedule(part);
    assert reply != Part.Reply.REFUSED : "all ids here are lower: they were given before";
    endReservation();
    return reply;
  }

  private Part.Reply schedule(Part<S> part) {
    boolean free = locks.areFree(part.claims);
    if (!free && part.id < queue.tailId() && rules.refusesBelowTail()) {
      return Part.Reply.REFUSED;
    }
    enter(part, free);
    return free ? Part.Reply.DUE : Part.Reply.WAITING;
  }

  private Part.Reply scheduleAndRun(Part<S> part) {
    boolean free = locks.areFree(part.claims);
    if (free && part.isLastHop) {
      runHop(part);
      return Part.Reply.RAN;
    }
    appendAtTail(part);
    part.isDue = free;
    return arm(part);
  }

  private Part.Reply arm(Part<S> part) {
    if (!part.isDue) {
      part.isArmed = true;
      return Part.Reply.LATER;
    }
    runHop(part);
    return Part.Reply.RAN;
  }

  private Part.Reply release(Part<S> part) {
    if (part.isQueued) {
      leave(part);
    }
    return Part.Reply.RELEASED;
  }

  private Part.Reply reserve(Part<S> part) {
    if (part.isQueued) {
      leave(part);
    }
    if (reservedFor != null) {
      reserving.add(part);
      return Part.Reply.LATER;
    }
    reservedFor = part;
    return Part.Reply.RESERVED;
  }

  /// First those that were put off, so that reservations in a row don't keep them out.
  private void endReservation() {
    reservedFor = null;
    for (Part<S> part = putOff.poll(); part != null; part = putOff.poll()) {
      part.answer(this, schedule(part));
    }
    reservedFor = reserving.poll();
    if (reservedFor != null) {
      reservedFor.answer(this, Part.Reply.RESERVED);
    }
  }

  /// For what is on this shard alone: it needs no id, only a place behind all others.
  private void appendAtTail(Scheduled<S> added) {
    added.id = queue.tailId();
    enter(added, false);
  }

  private void enter(Scheduled<S> added, boolean free) {
    added.isDue = free;
    locks.acquire(added.claims);
    queue.insert(added);
  }

  /// Wakes along the queue up to the first change of it.
  private void wakeNext() {
    contention.clear();
    Scheduled<S> at = queue.head();
    int limit = rules.analysesContention() ? MAX_SCANNED : 1;
    for (int i = 0; at != null && i < limit && !mustWake; i++) {
      Scheduled<S> next = at.next;
      if (!at.isDue && !contention.blocks(at.claims)) {
        at.isDue = true;
        at.onDue(this);
      }
      contention.add(at.claims);
      at = next;
    }
  }

  private void postWake() {
    if (!isWakePosted) {
      isWakePosted = true;
      shards.post(index, wake);
    }
  }
}
