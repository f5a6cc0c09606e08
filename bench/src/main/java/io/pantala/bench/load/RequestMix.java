package io.pantala.bench.load;

import java.util.Arrays;
import java.util.List;

/// The kinds of requests and how many of each make a turn: `2:3` is two of the first, three of the
/// second, and again. Immutable; each connection has a [Cursor].
final class RequestMix {
  private final RequestTemplate[] templates;
  private final int[] weights;

  record Share(RequestTemplate template, int weight) {}

  /// Shares of weight 0 never come.
  RequestMix(List<Share> shares) {
    List<Share> used = shares.stream().filter(s -> s.weight() > 0).toList();
    if (used.isEmpty()) {
      throw new IllegalArgumentException("a mix of nothing");
    }
    templates = used.stream().map(Share::template).toArray(RequestTemplate[]::new);
    weights = used.stream().mapToInt(Share::weight).toArray();
  }

  Cursor cursor() {
    return new Cursor();
  }

  /// The most bytes of one request, with values of `valueBytes`.
  long maxRequestBytes(int valueBytes) {
    return Arrays.stream(templates)
        .mapToLong(t -> t.maxBytes() + (long) t.dataHoles() * valueBytes)
        .max()
        .orElseThrow();
  }

  /// A connection's place in the turn.
  final class Cursor {
    private int at;
    private int left = weights[0];

    RequestTemplate next() {
      if (left == 0) {
        at = at + 1 == templates.length ? 0 : at + 1;
        left = weights[at];
      }
      left--;
      return templates[at];
    }
  }
}
