package io.pantala.server.stats;

import java.util.ArrayList;
import java.util.List;

/// The spikes of one event: the worst of each second that had one, and the worst of all. Immutable.
///
/// @param samples the last ones, the oldest first
/// @param maxMs the longest ever
public record LatencySeries(List<Sample> samples, long maxMs) {
  /// Seconds that are kept.
  static final int SAMPLES_MAX = 160;

  static final LatencySeries EMPTY = new LatencySeries(List.of(), 0);

  /// @param timeS seconds since 1970
  /// @param ms the longest in that second
  public record Sample(long timeS, long ms) {}

  /// The series with one more spike.
  LatencySeries with(long timeS, long ms) {
    List<Sample> next = new ArrayList<>(samples);
    if (!next.isEmpty() && next.getLast().timeS() == timeS) {
      Sample last = next.removeLast();
      next.add(new Sample(timeS, Math.max(last.ms(), ms)));
    } else {
      next.add(new Sample(timeS, ms));
    }
    if (next.size() > SAMPLES_MAX) {
      next.removeFirst();
    }
    return new LatencySeries(List.copyOf(next), Math.max(maxMs, ms));
  }

  public Sample last() {
    return samples.getLast();
  }

  /// Mean of the samples in ms.
  public long meanMs() {
    return Math.round(samples.stream().mapToLong(Sample::ms).average().orElse(0));
  }

  /// Mean distance of the samples from their mean, in ms.
  public long deviationMs() {
    double mean = samples.stream().mapToLong(Sample::ms).average().orElse(0);
    return Math.round(
        samples.stream().mapToDouble(s -> Math.abs(s.ms() - mean)).average().orElse(0));
  }

  /// Mean time from one sample to the next in seconds.
  public double periodS() {
    long span = last().timeS() - samples.getFirst().timeS();
    return samples.size() < 2 ? 0 : (double) span / (samples.size() - 1);
  }
}
