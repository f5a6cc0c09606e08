package io.pantala.server.shard;

import java.util.concurrent.TimeUnit;

/// How fast a counter has grown lately: the mean of its last [#SAMPLES] samples, as
/// `instantaneous_ops_per_sec` of redis-server has it. One thread samples, any reads.
final class Rate {
  private static final int SAMPLES = 16;

  private final double[] perSecond = new double[SAMPLES];
  private int next;
  private long lastCount;

  /// Written by the sampling thread alone.
  private volatile double mean;

  /// Notes the counter's value, `nanos` after the last call. One that was set back counts as still.
  void sample(long count, long nanos) {
    perSecond[next] = (double) Math.max(0, count - lastCount) * TimeUnit.SECONDS.toNanos(1) / nanos;
    next = (next + 1) % SAMPLES;
    lastCount = count;
    double sum = 0;
    for (double sample : perSecond) {
      sum += sample;
    }
    mean = sum / SAMPLES;
  }

  double perSecond() {
    return mean;
  }
}
