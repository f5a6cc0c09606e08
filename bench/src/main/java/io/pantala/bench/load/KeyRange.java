package io.pantala.bench.load;

/// The numbers of the keys, both ends included.
record KeyRange(long first, long last) {
  KeyRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("no key range: " + first + ".." + last);
    }
  }

  long count() {
    return last - first + 1;
  }

  /// The key for 64 random bits, by multiplication instead of a division.
  long at(long randomBits) {
    return first + Math.unsignedMultiplyHigh(randomBits, count());
  }

  /// Part `index` of `parts` parts that cover the range and differ by one key at most. Where there
  /// are more parts than keys, parts repeat.
  KeyRange part(int index, int parts) {
    long count = count();
    if (parts > count) {
      long key = first + index % count;
      return new KeyRange(key, key);
    }
    long from = first + cut(index, parts);
    return new KeyRange(from, first + cut(index + 1, parts) - 1);
  }

  private long cut(int index, int parts) {
    long count = count();
    return count / parts * index + Math.min(index, count % parts);
  }
}
