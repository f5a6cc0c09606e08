package io.pantala.bench.load;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/// What one thread has counted; only that thread writes. Others may read [#answered] at any time,
/// the rest after the thread has ended.
final class LoadStats {
  private static final long LOWEST_NANOS = 1_000;
  private static final long HIGHEST_NANOS = 3_600_000_000_000L;
  private static final int DIGITS = 3;

  /// Nanoseconds from sending (or from the planned time of sending) to the reply.
  final Histogram latency = new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);

  long requests;
  long hits;
  long misses;
  long errors;
  long wrongReplies;
  long bytesOut;
  long bytesIn;
  String firstError = "";
  String firstWrongReply = "";

  private final AtomicLong answered = new AtomicLong();

  /// Counts `replies` replies that came at once.
  void record(long nanos, int replies) {
    latency.recordValueWithCount(Math.min(nanos, HIGHEST_NANOS), replies);
    requests += replies;
    answered.setRelease(requests);
  }

  void onReply(RequestTemplate request, ReplyScanner reply) {
    if (reply.isError()) {
      if (errors++ == 0) {
        firstError = request.name() + ": " + reply.errorText();
      }
    } else if (!request.expected().accepts(reply.type())) {
      onWrongReply(request, reply);
    } else if (request.reads()) {
      hits += reply.values();
      misses += request.keys() - reply.values();
    }
  }

  private void onWrongReply(RequestTemplate request, ReplyScanner reply) {
    if (wrongReplies++ == 0) {
      firstWrongReply =
          "%s: expected %s, got a reply of type '%c'"
              .formatted(request.name(), request.expected().text(), reply.type());
    }
  }

  /// Replies so far. Any thread.
  long answered() {
    return answered.getAcquire();
  }

  /// Adds what another thread has counted, after its end.
  void add(LoadStats other) {
    latency.add(other.latency);
    requests += other.requests;
    hits += other.hits;
    misses += other.misses;
    errors += other.errors;
    wrongReplies += other.wrongReplies;
    bytesOut += other.bytesOut;
    bytesIn += other.bytesIn;
    firstError = firstError.isEmpty() ? other.firstError : firstError;
    firstWrongReply = firstWrongReply.isEmpty() ? other.firstWrongReply : firstWrongReply;
    answered.setRelease(requests);
  }
}
