package io.pantala.server.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes a failing history short: leaves out ever smaller pieces as long as it still fails.
final class Shrinker<T> {
  private final Predicate<List<T>> fails;
  private int triesLeft;

  Shrinker(Predicate<List<T>> fails, int tries) {
    this.fails = fails;
    this.triesLeft = tries;
  }

  /// A part of `history`, in its order, that fails as `history` does; no single element of it can
  /// be left out, unless the tries ran out.
  List<T> shrink(List<T> history) {
    List<T> shortest = history;
    for (int piece = Math.max(1, history.size() / 2); ; piece /= 2) {
      List<T> before;
      do {
        before = shortest;
        shortest = withoutPieces(shortest, piece);
      } while (piece == 1 && shortest.size() < before.size() && triesLeft > 0);
      if (piece == 1 || triesLeft == 0) {
        return shortest;
      }
    }
  }

  /// From the end to the start: what is late is rarely needed, and the failing one is the last.
  private List<T> withoutPieces(List<T> history, int piece) {
    List<T> shortest = history;
    for (int end = shortest.size(); end > 0 && triesLeft > 0; end -= piece) {
      int start = Math.max(0, end - piece);
      List<T> shorter = new ArrayList<>(shortest.subList(0, start));
      shorter.addAll(shortest.subList(Math.min(end, shortest.size()), shortest.size()));
      triesLeft--;
      if (!shorter.isEmpty() && fails.test(shorter)) {
        shortest = shorter;
      }
    }
    return shortest;
  }
}
