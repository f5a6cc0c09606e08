package io.pantala.server.shard;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// Watches the whole server's load from the beats of the first shard thread: rates of commands and
/// bytes, and the most memory that was ever in use. Any thread reads.
public final class LoadMonitor {
  private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final List<ShardThread> threads;
  private final Rate commands = new Rate();
  private final Rate inputBytes = new Rate();
  private final Rate outputBytes = new Rate();
  private long lastSampleNanos = System.nanoTime();

  /// Written by the first shard's thread alone.
  private volatile long peakBytes;

  LoadMonitor(List<ShardThread> threads) {
    this.threads = threads;
  }

  /// On the first shard's thread.
  void beat() {
    assert threads.getFirst().isCurrent();
    long used = usedBytes();
    if (used > peakBytes) {
      peakBytes = used;
    }
    long now = System.nanoTime();
    long elapsed = now - lastSampleNanos;
    if (elapsed >= SAMPLE_NANOS) {
      lastSampleNanos = now;
      sample(elapsed);
    }
  }

  /// Bytes of data and tables of all shards: what the memory limit bounds.
  private long usedBytes() {
    long sum = 0;
    for (ShardThread thread : threads) {
      sum += thread.stats().dataBytes() + thread.stats().tableBytes();
    }
    return sum;
  }

  /// The most that [#usedBytes] has been.
  public long peakBytes() {
    return Math.max(peakBytes, usedBytes());
  }

  public double commandsPerSecond() {
    return commands.perSecond();
  }

  public double inputBytesPerSecond() {
    return inputBytes.perSecond();
  }

  public double outputBytesPerSecond() {
    return outputBytes.perSecond();
  }

  private void sample(long nanos) {
    long commandCount = 0;
    long in = 0;
    long out = 0;
    for (ShardThread thread : threads) {
      commandCount += thread.stats().commands();
      in += thread.stats().inputBytes();
      out += thread.stats().outputBytes();
    }
    commands.sample(commandCount, nanos);
    inputBytes.sample(in, nanos);
    outputBytes.sample(out, nanos);
  }
}
