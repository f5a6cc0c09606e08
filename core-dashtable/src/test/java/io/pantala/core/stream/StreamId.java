package io.pantala.core.stream;

/// The ID of an entry, for tests.
record StreamId(long ms, long seq) implements Comparable<StreamId> {
  @Override
  public int compareTo(StreamId other) {
    return IdNode.compare(ms, seq, other.ms, other.seq);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(seq);
  }
}
