package io.pantala.server.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The last slow calls of the whole server. Any thread.
public final class SlowLog {
  private final ConcurrentLinkedDeque<SlowEntry> entries = new ConcurrentLinkedDeque<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong nextId = new AtomicLong();

  long nextId() {
    return nextId.getAndIncrement();
  }

  /// Adds an entry and drops the oldest ones beyond `maxEntries`.
  void add(SlowEntry entry, int maxEntries) {
    entries.addFirst(entry);
    size.incrementAndGet();
    trim(maxEntries);
  }

  private void trim(int maxEntries) {
    while (size.get() > maxEntries && entries.pollLast() != null) {
      size.decrementAndGet();
    }
  }

  public int size() {
    return Math.max(0, size.get());
  }

  /// The latest entries, the last one first.
  public List<SlowEntry> latest(long count) {
    List<SlowEntry> all = new ArrayList<>(entries);
    all.sort(Comparator.comparingLong(SlowEntry::id).reversed());
    return all.subList(0, (int) Math.min(count, all.size()));
  }

  public void reset() {
    trim(0);
  }
}
