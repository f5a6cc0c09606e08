package io.pantala.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a plan: starts the threads together, shows progress, stops in time, adds up. Main thread.
final class LoadRun {
  private static final long TICK_MILLIS = 20;
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// A server that answers nothing for so long is given up.
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LoadPlan plan;
  private final @Nullable PrintStream progress;
  private final RunControl control;
  private final List<LoadThread> loads = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private long startNanos;
  private long startCpuNanos;
  private long lineNanos;
  private long lineAnswered;
  private long lastAnswered;
  private long lastAnswerNanos;

  /// What came out.
  ///
  /// @param seconds from the common start to the last reply
  /// @param cpuSeconds this process used in that time, on all threads
  record Result(LoadStats stats, double seconds, double cpuSeconds) {}

  /// @param progress where a line a second goes; null for none
  LoadRun(LoadPlan plan, @Nullable PrintStream progress) {
    this.plan = plan;
    this.progress = progress;
    this.control = new RunControl(plan.shape().threads());
  }

  /// @throws LoadFailure when the server could not be loaded to the end
  Result run() throws LoadFailure, InterruptedException {
    for (int i = 0; i < plan.shape().threads(); i++) {
      LoadThread load = new LoadThread(plan, control, i);
      loads.add(load);
      threads.add(Thread.ofPlatform().name("load-" + i).start(load));
    }
    try {
      startTogether();
      supervise();
    } finally {
      end();
    }
    long used = cpuNanos() - startCpuNanos;
    failOn(control.failure());
    LoadStats sum = new LoadStats();
    loads.forEach(load -> sum.add(load.stats()));
    long endNanos = loads.stream().mapToLong(LoadThread::endNanos).max().orElseThrow();
    return new Result(sum, (endNanos - startNanos) / 1e9, used / 1e9);
  }

  private void startTogether() throws InterruptedException {
    control.awaitReady();
    begin(System.nanoTime());
    if (plan.shape().warmUpSeconds() == 0) {
      control.count();
    }
    control.start();
  }

  /// What is counted is counted from here.
  private void begin(long now) {
    startCpuNanos = cpuNanos();
    startNanos = now;
    lineNanos = now;
    lineAnswered = 0;
    lastAnswered = 0;
    lastAnswerNanos = now;
  }

  private void supervise() throws InterruptedException {
    long length = TimeUnit.SECONDS.toNanos(plan.shape().seconds());
    long warmUp = TimeUnit.SECONDS.toNanos(plan.shape().warmUpSeconds());
    while (anyAlive()) {
      Thread.sleep(TICK_MILLIS);
      long now = System.nanoTime();
      if (!control.counting() && now - startNanos >= warmUp) {
        control.count();
        begin(now);
      } else if (length > 0 && now - startNanos >= length && control.counting()) {
        control.stop();
      }
      watch(now);
      if (control.stopping()) {
        loads.forEach(LoadThread::wakeup);
      }
    }
  }

  private boolean anyAlive() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  private void watch(long now) {
    long answered = loads.stream().mapToLong(l -> l.stats().answered()).sum();
    if (answered > lastAnswered) {
      lastAnswered = answered;
      lastAnswerNanos = now;
    } else if (now - lastAnswerNanos > SILENCE_NANOS) {
      control.fail(new LoadFailure("no reply for " + SILENCE_NANOS / 1_000_000_000 + " s"));
    }
    if (progress != null && now - lineNanos >= PROGRESS_NANOS) {
      double rate = (answered - lineAnswered) * 1e9 / (now - lineNanos);
      progress.printf(
          "[%3d s] %,d requests, %,.0f ops/s%n",
          (now - startNanos) / 1_000_000_000, answered, rate);
      lineNanos = now;
      lineAnswered = answered;
    }
  }

  private void end() throws InterruptedException {
    if (anyAlive()) {
      control.fail(new LoadFailure("interrupted"));
      loads.forEach(LoadThread::wakeup);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void failOn(@Nullable Throwable failure) throws LoadFailure {
    switch (failure) {
      case null -> {}
      case LoadFailure f -> throw f;
      case BadReply b -> throw new LoadFailure(b.getMessage());
      case IOException io -> throw new LoadFailure(io.getMessage());
      default -> throw new IllegalStateException("a load thread failed", failure);
    }
  }

  private static long cpuNanos() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }
}
