package io.pantala.server.shard;

import io.pantala.server.client.Connection;
import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks every thread, or tells it something, about what it owns besides its data: its connections.
/// The client that asks waits; claims on data do not matter. For cold commands: it allocates.
///
/// ```text
///   client's thread ──► shard-0 ──┬─► shard-0 ──┬─► client's thread: answer, go on
///                                 ├─► shard-1 ──┤
///                                 └─► shard-2 ──┘
/// ```
///
/// The way through the first thread gives all threads the same gathers in the same order.
///
/// @param <R> what each thread answers
public final class ThreadGather<R> extends ShardMessage<Shard> {
  /// Runs on each thread, between the requests of its clients.
  public interface Step<R> {
    R run(ShardThread thread);
  }

  /// Runs on the client's thread with the answers in the order of the threads; writes the reply.
  /// The client may have ended: then what is written is dropped.
  public interface Answer<R> {
    void run(List<R> answers);
  }

  private final Connection client;
  private final ShardThread home;
  private final Step<R> step;
  private final Answer<R> answer;
  private final List<Part> parts = new ArrayList<>();
  private int travelling;

  private ThreadGather(Connection client, Step<R> step, Answer<R> answer) {
    this.client = client;
    this.home = client.thread();
    this.step = step;
    this.answer = answer;
  }

  /// Starts on the client's thread; the client waits from here on.
  public static <R> void start(Connection client, Step<R> step, Answer<R> answer) {
    ThreadGather<R> gather = new ThreadGather<>(client, step, answer);
    client.await();
    gather.home.onDeparture();
    for (ShardThread thread : gather.home.shards().threads()) {
      gather.parts.add(gather.new Part(thread));
    }
    gather.travelling = gather.parts.size();
    gather.home.shards().post(0, gather);
  }

  /// On the first thread.
  @Override
  protected void onReceive(ShardExecutor<Shard> at) {
    for (Part part : parts) {
      at.shards().post(part.thread.index(), part);
    }
  }

  /// On the client's thread, when all threads have answered.
  private void conclude() {
    home.onReturn();
    long start = client.reply().mark();
    try {
      List<R> answers = new ArrayList<>();
      for (Part part : parts) {
        answers.add(part.answer());
      }
      answer.run(answers);
    } catch (Throwable cause) {
      StepRunner.answer(cause, start, client.reply());
    }
    client.resume();
  }

  /// One thread's part: travels there and back.
  private final class Part extends ShardMessage<Shard> {
    private final ShardThread thread;
    private boolean done;
    private @Nullable R result;
    private @Nullable Throwable failure;

    Part(ShardThread thread) {
      this.thread = thread;
    }

    R answer() throws Throwable {
      if (failure != null || result == null) {
        throw failure == null ? new IllegalStateException("no answer") : failure;
      }
      return result;
    }

    @Override
    protected void onReceive(ShardExecutor<Shard> at) {
      if (!done) {
        run();
      } else if (--travelling == 0) {
        conclude();
      }
    }

    private void run() {
      done = true;
      try {
        result = step.run(thread);
      } catch (Throwable cause) {
        failure = cause;
      }
      thread.shards().post(home.index(), this);
    }
  }
}
