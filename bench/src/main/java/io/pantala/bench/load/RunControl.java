package io.pantala.bench.load;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What the threads of a run share: the common start, the word to stop, the first failure.
final class RunControl {
  private final CountDownLatch ready;
  private final CountDownLatch start = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile boolean counting;
  private volatile @Nullable Throwable failure;

  RunControl(int threads) {
    ready = new CountDownLatch(threads);
  }

  /// A thread has its connections; waits until all have, and for the word to start.
  void awaitStart() throws InterruptedException {
    ready.countDown();
    start.await();
  }

  /// Waits until all threads have their connections, or one has failed.
  void awaitReady() throws InterruptedException {
    ready.await();
  }

  void start() {
    start.countDown();
  }

  /// From now on results count: threads start their counts anew.
  void count() {
    counting = true;
  }

  boolean counting() {
    return counting;
  }

  /// No new batches: connections end with the replies they wait for.
  void stop() {
    stopping = true;
  }

  boolean stopping() {
    return stopping;
  }

  /// Keeps the first failure and stops all threads, also those that have not started.
  synchronized void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    stopping = true;
    start.countDown();
    while (ready.getCount() > 0) {
      ready.countDown();
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
