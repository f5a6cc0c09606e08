package io.pantala.core.stream;

import io.pantala.core.memory.Mem;

/// Layouts of consumer groups, consumers and pending entries: static functions over their
/// addresses.
///
/// ```text
///  group:     last ID 16 | entries read 8 | tree of pending 24 | vector of consumers 16 | name
///  consumer:  seen ms 8 | active ms 8 | tree of pending 24 | name
///  name:      length 4 | bytes
///
///  value of an ID in a group's tree:  consumer 8 | delivered at ms 8 | deliveries 8
///  value of an ID in a consumer's tree: nothing
/// ```
final class GroupLayout {
  /// Where the names begin.
  static final int GROUP_NAME = 64;

  static final int CONSUMER_NAME = 40;

  /// Bytes of the values in the trees of pending entries.
  static final int PENDING_BYTES = 24;

  private static final int READ = 16;
  private static final int GROUP_PENDING = 24;
  private static final int CONSUMERS = 48;
  private static final int ACTIVE = 8;
  private static final int CONSUMER_PENDING = 16;

  private GroupLayout() {}

  static void formatGroup(long group, long ms, long seq, long entriesRead) {
    IdNode.setId(group, ms, seq);
    setEntriesRead(group, entriesRead);
    IdTree.format(pending(group));
    NameVector.format(consumers(group));
  }

  static long entriesRead(long group) {
    return Mem.getLong(group + READ);
  }

  static void setEntriesRead(long group, long entries) {
    Mem.putLong(group + READ, entries);
  }

  /// Header of the group's tree.
  static long pending(long group) {
    return group + GROUP_PENDING;
  }

  static long consumers(long group) {
    return group + CONSUMERS;
  }

  static void formatConsumer(long consumer, long seenMs, long activeMs) {
    setSeen(consumer, seenMs);
    setActive(consumer, activeMs);
    IdTree.format(pendingOf(consumer));
  }

  static long seen(long consumer) {
    return Mem.getLong(consumer);
  }

  static void setSeen(long consumer, long ms) {
    Mem.putLong(consumer, ms);
  }

  static long active(long consumer) {
    return Mem.getLong(consumer + ACTIVE);
  }

  static void setActive(long consumer, long ms) {
    Mem.putLong(consumer + ACTIVE, ms);
  }

  /// Header of the consumer's tree.
  static long pendingOf(long consumer) {
    return consumer + CONSUMER_PENDING;
  }

  static long consumer(long value) {
    return Mem.getLong(value);
  }

  static long deliveredAt(long value) {
    return Mem.getLong(value + 8);
  }

  static long deliveries(long value) {
    return Mem.getLong(value + 16);
  }

  static void setPending(long value, long consumer, long deliveredAt, long deliveries) {
    Mem.putLong(value, consumer);
    Mem.putLong(value + 8, deliveredAt);
    Mem.putLong(value + 16, deliveries);
  }
}
