package io.pantala.txn;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

/// The mailbox of one shard: many threads put messages in, the owner takes them out. It has no
/// bound (a transaction's message must never be lost; connections bound what they have in flight)
/// and allocates only when the owner falls behind by more than a chunk.
///
/// ```
///   any thread:  offer ──► [ m m m m ] ──► drain: the owner
///                  └─ true: wake the owner, once for all messages until it has drained
/// ```
///
/// **No wake-up is lost.** `awake` is lowered before the last look at the queue. The queue's offer
/// takes its index by a compare-and-set before it looks at `awake`, and the queue's `isEmpty`
/// compares indices: so either the sender sees `awake` lowered, or the owner sees the message.
///
/// @param <S> the shard's data
public final class Mailbox<S> {
  private static final int CHUNK_MESSAGES = 1024;
  private static final VarHandle AWAKE;

  static {
    try {
      AWAKE = MethodHandles.lookup().findVarHandle(Mailbox.class, "awake", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final MpscUnboundedVarHandleArrayQueue<ShardMessage<S>> queue =
      new MpscUnboundedVarHandleArrayQueue<>(CHUNK_MESSAGES);

  /// The owner has been woken and has not yet drained the queue to its end.
  private volatile boolean awake;

  /// Adds a message; any thread.
  ///
  /// @return whether the caller must wake the owner, who then calls [#drain]
  public boolean offer(ShardMessage<S> message) {
    queue.offer(message);
    return !awake && AWAKE.compareAndSet(this, false, true);
  }

  /// Receives up to `limit` messages, on the owner's thread. When a message throws, the rest stays
  /// and the owner must drain again, as after `true`.
  ///
  /// @return whether the owner must call again (soon, but after its other work): nobody wakes it
  public boolean drain(ShardExecutor<S> owner, int limit) {
    for (int n = 0; n < limit; n++) {
      ShardMessage<S> message = queue.poll();
      if (message == null) {
        return !sleep();
      }
      message.onReceive(owner);
    }
    return true;
  }

  /// Whether nothing waits here; exact for the owner only.
  public boolean isEmpty() {
    return queue.isEmpty();
  }

  private boolean sleep() {
    awake = false;
    return queue.isEmpty() || !AWAKE.compareAndSet(this, false, true);
  }
}
