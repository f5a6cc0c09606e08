package io.pantala.txn;

import org.jspecify.annotations.Nullable;

/// A transaction's part on one shard, and the messages between this shard and the coordinator.
///
/// At most one request is on its way, and the shard answers each one once, at once or later. The
/// only message beside that is the notice that a waiting part has become due; it never comes after
/// the answer to the next request. Fields are written by the side that has the part: the
/// coordinator until it sends a request, the shard until it answers.
///
/// @param <S> the shard's data
final class Part<S> extends Scheduled<S> {
  enum Request {
    /// Take the claims and a place in the queue for the id, giving up an earlier place.
    SCHEDULE,
    /// The only part of its transaction: schedule at the tail and run the hop.
    SCHEDULE_AND_RUN,
    RUN,
    RELEASE,
    /// Give up the place, and keep all other transactions out until this one is scheduled.
    RESERVE
  }

  enum Reply {
    /// No reply yet.
    LATER,
    /// Scheduled, claims held.
    DUE,
    /// Scheduled behind others; a notice follows.
    WAITING,
    REFUSED,
    RESERVED,
    /// The hop was run (see [#failure]); after the last one the claims are released.
    RAN,
    RELEASED
  }

  final Transaction<S> transaction;
  final int shard;

  /// The coordinator's: what is asked, and for which hop.
  Request request = Request.SCHEDULE;

  int hop;
  boolean isLastHop;

  /// The coordinator's: the id to schedule under. The shard, where the part may still stand in the
  /// queue under an earlier one, takes it over with the request.
  long newId;

  /// The coordinator's: the part takes part in the request that is being sent.
  boolean isAsked;

  /// The coordinator's: nothing that was asked so far makes the shard release the claims.
  boolean isScheduled;

  /// The coordinator's: the shard said that the part waits, and has not sent the notice yet.
  boolean isWaiting;

  /// The shard's: the hop may run as soon as the part is due.
  boolean isArmed;

  /// The shard's: what the hop threw.
  @Nullable Throwable failure;

  /// The last answer.
  Reply reply = Reply.LATER;

  /// Notices in the mailbox of the coordinator's thread, counted only if it is also the shard's.
  private int ownNotices;

  private final ShardMessage<S> toShard =
      new ShardMessage<>() {
        @Override
        protected void onReceive(ShardExecutor<S> at) {
          Part.this.onRequest(at);
        }
      };

  private final ShardMessage<S> toCoordinator =
      new ShardMessage<>() {
        @Override
        protected void onReceive(ShardExecutor<S> at) {
          transaction.onReply(Part.this);
        }
      };

  private final ShardMessage<S> notice =
      new ShardMessage<>() {
        @Override
        protected void onReceive(ShardExecutor<S> at) {
          Part.this.onNotice();
        }
      };

  Part(Transaction<S> transaction, int shard) {
    this.transaction = transaction;
    this.shard = shard;
  }

  /// Coordinator: sends the request; `at` is its own thread. The caller must not rely on any state
  /// of the transaction afterwards: if the shard is the own one, the whole rest may have happened.
  void send(Coordinator<S> at) {
    if (shard != at.home() || !at.enter()) {
      at.shards().post(shard, toShard);
      return;
    }
    try {
      callDirectly(at);
    } finally {
      at.leave();
    }
  }

  /// Shard: an answer that could not be given at once.
  void answer(ShardExecutor<S> at, Reply answer) {
    reply = answer;
    at.shards().post(transaction.home(), toCoordinator);
  }

  @Override
  void onDue(ShardExecutor<S> at) {
    if (isArmed) {
      at.runHop(this);
      answer(at, Reply.RAN);
      return;
    }
    if (transaction.home() == shard) {
      ownNotices++;
    }
    at.shards().post(transaction.home(), notice);
  }

  /// The answer must not overtake a notice in the own mailbox: then it goes there too.
  private void callDirectly(Coordinator<S> at) {
    ShardExecutor<S> executor = at.shards().executor(shard);
    Reply answer = executor.handle(this);
    boolean isDirect = answer != Reply.LATER && ownNotices == 0;
    if (answer != Reply.LATER && !isDirect) {
      answer(executor, answer);
    }
    try {
      executor.wakeDue();
    } finally {
      if (isDirect) {
        reply = answer;
        transaction.onReply(this);
      }
    }
  }

  private void onRequest(ShardExecutor<S> at) {
    Reply answer = at.handle(this);
    if (answer != Reply.LATER) {
      answer(at, answer);
    }
    at.wakeDue();
  }

  private void onNotice() {
    if (transaction.home() == shard) {
      ownNotices--;
    }
    transaction.onDueNotice(this);
  }
}
