package io.pantala.txn;

import org.jspecify.annotations.Nullable;

/// What is scheduled on one shard, in the order of ids: an intrusive doubly linked list. Most come
/// in at the tail, so a place is searched from there. Owner: the shard's thread.
///
/// @param <S> the shard's data
final class TxQueue<S> {
  private @Nullable Scheduled<S> head;
  private @Nullable Scheduled<S> tail;
  private int size;

  @Nullable Scheduled<S> head() {
    return head;
  }

  boolean isEmpty() {
    return head == null;
  }

  int size() {
    return size;
  }

  /// The id of the last one, or [Scheduled#NO_ID] when there is none.
  long tailId() {
    return tail == null ? Scheduled.NO_ID : tail.id;
  }

  /// Inserts behind all with the same or a lower id.
  void insert(Scheduled<S> added) {
    assert !added.isQueued;
    Scheduled<S> before = tail;
    while (before != null && before.id > added.id) {
      before = before.previous;
    }
    Scheduled<S> after = before == null ? head : before.next;
    added.previous = before;
    added.next = after;
    setNext(before, added);
    setPrevious(after, added);
    added.isQueued = true;
    size++;
  }

  void remove(Scheduled<S> removed) {
    assert removed.isQueued;
    setNext(removed.previous, removed.next);
    setPrevious(removed.next, removed.previous);
    removed.previous = null;
    removed.next = null;
    removed.isQueued = false;
    size--;
  }

  private void setNext(@Nullable Scheduled<S> of, @Nullable Scheduled<S> to) {
    if (of == null) {
      head = to;
    } else {
      of.next = to;
    }
  }

  private void setPrevious(@Nullable Scheduled<S> of, @Nullable Scheduled<S> to) {
    if (of == null) {
      tail = to;
    } else {
      of.previous = to;
    }
  }
}
