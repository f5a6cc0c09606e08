package io.pantala.txn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transaction over several keys, shards or hops: all or nothing of it is seen by others, in an
/// order that agrees with real time (strict serializability). It is not rolled back on errors.
///
/// ```
///   begin, claim… ─ start ─► SCHEDULING ─► WAITING ─► HOP ─► … ─► HOP (last) ─► concluded
///                             ▲  │ refused    claims held           │
///                             └──┤            on all shards         └► RELEASING ─► concluded
///                                └► RESERVING (after many refusals)
/// ```
///
/// A state machine on the coordinator's thread, driven by the answers of the shards; nothing can
/// stop it in the middle, least of all a client that goes away. It counts answers in plain fields.
/// Reusable, also from within [TransactionBody#concluded]; it allocates only for shards that it
/// never visited before and for more claims than ever.
///
/// Owner: the coordinator's thread. While a hop runs, shards read [#body] only.
///
/// @param <S> a shard's data
public final class Transaction<S> {
  /// Hops of one transaction: a bound against a body that never ends, far above any script.
  public static final int MAX_HOPS = 1 << 24;

  private enum Phase {
    /// Not started, or concluded.
    IDLE,
    SCHEDULING,
    /// Takes the reservation of one shard after the other, in their order.
    RESERVING,
    /// Scheduled everywhere, but claims on two or more shards are not held yet.
    WAITING,
    HOP,
    RELEASING
  }

  private final Coordinator<S> coordinator;

  /// By shard; null where it was never needed.
  private final List<@Nullable Part<S>> parts;

  /// The parts with claims.
  private final List<Part<S>> participants = new ArrayList<>();

  private Phase phase = Phase.IDLE;
  private @Nullable TransactionBody<S> body;
  private int hop;
  private boolean isLastHop;

  /// Answers that are missing.
  private int pending;

  /// Parts that are scheduled and don't hold their claims.
  private int waiting;

  private boolean isRefused;
  private int refusals;

  /// How many of the participants have a reservation.
  private int reserved;

  /// The part that runs hop 0 before the others.
  private @Nullable Part<S> forerunner;

  private @Nullable Throwable failure;

  public Transaction(Coordinator<S> coordinator) {
    this.coordinator = coordinator;
    int shards = coordinator.shards().size();
    parts = new ArrayList<>(shards);
    for (int i = 0; i < shards; i++) {
      parts.add(null);
    }
  }

  /// Forgets the claims of the last use.
  public void begin() {
    assert phase == Phase.IDLE;
    for (int i = 0; i < participants.size(); i++) {
      participants.get(i).claims.clear();
    }
    participants.clear();
  }

  /// Claims a key of a shard. Keys are told apart by `lockKey`, a hash: when two share one, they
  /// only wait for each other without need.
  public void claim(int shard, long lockKey, boolean exclusive) {
    participant(shard).claims.add(lockKey, exclusive);
  }

  /// Claims all keys of a shard.
  public void claimShard(int shard, boolean exclusive) {
    participant(shard).claims.addShard(exclusive);
  }

  /// Claims all keys of all shards.
  public void claimAll(boolean exclusive) {
    for (int shard = 0; shard < parts.size(); shard++) {
      claimShard(shard, exclusive);
    }
  }

  /// The number of shards with claims.
  public int shardCount() {
    return participants.size();
  }

  /// Whether it has been started and not yet concluded.
  public boolean isActive() {
    return phase != Phase.IDLE;
  }

  /// Starts it. The body may be done, [TransactionBody#concluded] called, before this returns.
  public void start(TransactionBody<S> newBody) {
    assert coordinator.isOwnThread();
    assert phase == Phase.IDLE && !participants.isEmpty();
    body = newBody;
    hop = 0;
    isLastHop = newBody.firstHopIsLast();
    failure = null;
    forerunner = null;
    refusals = 0;
    reserved = 0;
    if (participants.size() == 1) {
      phase = Phase.HOP;
      requestFrom(participants.getFirst(), Part.Request.SCHEDULE_AND_RUN);
    } else {
      schedule();
    }
  }

  int home() {
    return coordinator.home();
  }

  /// The body of a transaction that has been started; its shards read it too.
  TransactionBody<S> body() {
    TransactionBody<S> started = body;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  /// A shard has answered the last request for this part.
  void onReply(Part<S> part) {
    assert coordinator.isOwnThread();
    switch (phase) {
      case SCHEDULING -> onScheduled(part);
      case RESERVING -> reserveNext();
      case HOP -> onRan(part);
      case RELEASING -> onReleased();
      case IDLE, WAITING -> throw new IllegalStateException("an answer to nothing: " + part.reply);
    }
  }

  /// A waiting part holds its claims now. The notice may belong to an earlier id: then the part has
  /// not answered to the new one yet, and does not wait.
  void onDueNotice(Part<S> part) {
    assert coordinator.isOwnThread();
    if (part.isWaiting) {
      part.isWaiting = false;
      waiting--;
      if (phase == Phase.WAITING) {
        runFirstHop();
      }
    }
  }

  private Part<S> participant(int shard) {
    assert phase == Phase.IDLE;
    Part<S> part = parts.get(shard);
    if (part == null) {
      part = new Part<>(this, shard);
      parts.set(shard, part);
    }
    if (part.claims.isEmpty()) {
      participants.add(part);
    }
    return part;
  }

  private void schedule() {
    phase = Phase.SCHEDULING;
    pending = 0;
    waiting = 0;
    isRefused = false;
    long id = coordinator.ids().next();
    for (int i = 0; i < participants.size(); i++) {
      Part<S> part = participants.get(i);
      part.newId = id;
      part.isWaiting = false;
      request(part, Part.Request.SCHEDULE);
    }
    sendRequests();
  }

  private void onScheduled(Part<S> part) {
    switch (part.reply) {
      case WAITING -> {
        part.isWaiting = true;
        waiting++;
      }
      case REFUSED -> isRefused = true;
      case DUE, LATER, RESERVED, RAN, RELEASED -> {}
    }
    if (--pending > 0) {
      return;
    }
    if (isRefused) {
      onRefused();
    } else {
      runFirstHop();
    }
  }

  private void onRefused() {
    coordinator.countRetry();
    if (++refusals <= coordinator.rules().retries()) {
      schedule();
      return;
    }
    coordinator.countReservation();
    phase = Phase.RESERVING;
    sortByShard();
    reserveNext();
  }

  /// One shard after the other, in the same order for all transactions: so no two wait for each
  /// other. After the last one no other transaction can be scheduled on these shards before this
  /// one, whose id is taken then and so is above all that are: it can't be refused.
  private void reserveNext() {
    if (reserved == participants.size()) {
      schedule();
      return;
    }
    Part<S> part = participants.get(reserved++);
    part.isWaiting = false;
    requestFrom(part, Part.Request.RESERVE);
  }

  /// Runs hop 0 if all claims are held. When they are held on all shards but one, that one runs
  /// first, as soon as it can, and the others after it: all are held at that moment, and the shard
  /// on which others queue is not kept waiting for one more exchange of messages.
  private void runFirstHop() {
    phase = Phase.WAITING;
    if (waiting == 0 || !coordinator.rules().startsWhenDue()) {
      runHop();
    } else if (waiting == 1) {
      Part<S> last = waitingPart();
      if (body().visits(0, last.shard)) {
        forerunner = last;
        last.isWaiting = false;
        waiting = 0;
        phase = Phase.HOP;
        requestFrom(last, Part.Request.RUN);
      }
    }
  }

  private Part<S> waitingPart() {
    for (int i = 0; i < participants.size(); i++) {
      if (participants.get(i).isWaiting) {
        return participants.get(i);
      }
    }
    throw new IllegalStateException("none waits");
  }

  /// Sends the hop to the shards that it visits; the last one lets the others release.
  private void runHop() {
    phase = Phase.HOP;
    pending = 0;
    for (int i = 0; i < participants.size(); i++) {
      Part<S> part = participants.get(i);
      part.isAsked = false;
      if (part == forerunner) {
        continue;
      }
      if (body().visits(hop, part.shard)) {
        request(part, Part.Request.RUN);
      } else if (isLastHop) {
        request(part, Part.Request.RELEASE);
      }
    }
    forerunner = null;
    sendRequests();
  }

  private void onRan(Part<S> part) {
    if (part.failure != null && failure == null) {
      failure = part.failure;
    }
    part.failure = null;
    if (--pending > 0) {
      return;
    }
    if (forerunner != null && failure == null) {
      runHop();
    } else {
      onHopDone();
    }
  }

  private void onHopDone() {
    if (failure == null && !isLastHop) {
      HopDecision decision = decide();
      if (decision != HopDecision.CONCLUDE) {
        isLastHop = decision == HopDecision.LAST_HOP;
        hop++;
        runHop();
        return;
      }
    }
    release();
  }

  private HopDecision decide() {
    try {
      if (hop + 1 == MAX_HOPS) {
        throw new IllegalStateException("more than " + MAX_HOPS + " hops");
      }
      return body().afterHop(coordinator, hop);
    } catch (Throwable cause) {
      failure = cause;
      return HopDecision.CONCLUDE;
    }
  }

  /// Lets the shards release that still hold claims: none after a last hop that ran everywhere.
  private void release() {
    phase = Phase.RELEASING;
    pending = 0;
    for (int i = 0; i < participants.size(); i++) {
      Part<S> part = participants.get(i);
      part.isAsked = false;
      if (part.isScheduled) {
        request(part, Part.Request.RELEASE);
      }
    }
    if (pending == 0) {
      conclude();
    } else {
      sendRequests();
    }
  }

  private void onReleased() {
    if (--pending == 0) {
      conclude();
    }
  }

  private void conclude() {
    TransactionBody<S> concluded = body();
    Throwable cause = failure;
    phase = Phase.IDLE;
    body = null;
    failure = null;
    try {
      if (cause != null) {
        concluded.failed(coordinator, cause);
      }
    } finally {
      concluded.concluded(coordinator);
    }
  }

  /// Prepares a request; [#sendRequests] sends it.
  private void request(Part<S> part, Part.Request request) {
    pending++;
    part.request = request;
    part.hop = hop;
    part.isLastHop = isLastHop;
    part.isAsked = true;
    part.isScheduled = !(request == Part.Request.RELEASE || (isLastHop && runs(request)));
  }

  private static boolean runs(Part.Request request) {
    return request == Part.Request.RUN || request == Part.Request.SCHEDULE_AND_RUN;
  }

  /// Sends what was prepared; the own shard comes last, because its call may do all the rest.
  private void sendRequests() {
    if (pending == 0) {
      onHopDone();
      return;
    }
    Part<S> own = null;
    for (int i = 0; i < participants.size(); i++) {
      Part<S> part = participants.get(i);
      if (part.shard == home()) {
        own = part;
      } else if (part.isAsked) {
        part.send(coordinator);
      }
    }
    if (own != null && own.isAsked) {
      own.send(coordinator);
    }
  }

  private void requestFrom(Part<S> only, Part.Request request) {
    pending = 0;
    request(only, request);
    only.send(coordinator);
  }

  private void sortByShard() {
    for (int i = 1; i < participants.size(); i++) {
      Part<S> part = participants.get(i);
      int to = i;
      for (; to > 0 && participants.get(to - 1).shard > part.shard; to--) {
        participants.set(to, participants.get(to - 1));
      }
      participants.set(to, part);
    }
  }
}
