package io.pantala.core.stream;

import io.pantala.core.db.BigValues;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;

/// The consumer groups of streams, their consumers, and their pending entries: those that were
/// delivered to a consumer and are not acknowledged. Owner: the shard's thread.
///
/// - A *group* and a *consumer* are addresses, good until they are destroyed. Groups and consumers
///   are in the order of their names.
/// - A *pending* entry is the address of its ID in the group's tree, 0 for none; good until the
///   next change of pending entries. Each is in the tree of its group and in that of its consumer.
/// - What adds allocates first: a [MemoryExhausted] leaves all as it was. What removes never fails.
public final class StreamGroups {
  /// What [#entriesRead] is when nobody knows.
  public static final long ENTRIES_READ_UNKNOWN = -1;

  /// What [#activeMs] is for a consumer that never got an entry.
  public static final long NEVER_ACTIVE = -1;

  private final BigValues values;
  private final ShardMemory memory;
  private final IdTree pending;
  private final IdTree pendingIds;
  private final NameVector groups;
  private final NameVector consumers;

  StreamGroups(BigValues values) {
    this.values = values;
    this.memory = values.memory();
    this.pending = new IdTree(memory, GroupLayout.PENDING_BYTES);
    this.pendingIds = new IdTree(memory, 0);
    this.groups = new NameVector(memory, GroupLayout.GROUP_NAME);
    this.consumers = new NameVector(memory, GroupLayout.CONSUMER_NAME);
  }

  public static int count(long root) {
    return NameVector.count(StreamRoot.groups(root));
  }

  public static long get(long root, int index) {
    return NameVector.get(StreamRoot.groups(root), index);
  }

  /// The group with this name, or 0.
  public long find(long root, long name, int nameLength) {
    int index = groups.find(StreamRoot.groups(root), name, nameLength);
    return index < 0 ? 0 : get(root, index);
  }

  /// Makes a group, whose name must be new.
  public long create(long root, long name, int nameLength, long ms, long seq, long entriesRead) {
    long vector = StreamRoot.groups(root);
    StreamRoot.addGroupBytes(root, groups.reserve(vector));
    long group = allocate(root, groups.blockBytes(nameLength));
    GroupLayout.formatGroup(group, ms, seq, entriesRead);
    groups.setName(group, name, nameLength);
    groups.insert(vector, -1 - groups.find(vector, name, nameLength), group);
    return group;
  }

  /// Takes a group out; its memory is freed little by little, as a stream of its own.
  public void destroy(long root, long group) {
    long vector = StreamRoot.groups(root);
    long trash = 0;
    try {
      trash = memory.allocate(StreamRoot.BYTES, MemoryUse.VALUE);
      StreamRoot.format(trash);
      StreamRoot.addGroupBytes(trash, groups.reserve(StreamRoot.groups(trash)));
    } catch (MemoryExhausted e) {
      if (trash != 0) {
        memory.free(trash, StreamRoot.BYTES, MemoryUse.VALUE);
      }
      moveToEnd(vector, group);
      while (freePart(root) != group) {}
      return;
    }
    groups.remove(vector, indexOf(vector, group));
    groups.insert(StreamRoot.groups(trash), 0, group);
    long bytes = ownBytes(group);
    StreamRoot.addGroupBytes(root, -bytes);
    StreamRoot.addGroupBytes(trash, bytes);
    values.free(Streams.KIND, trash);
  }

  private int indexOf(long vector, long group) {
    return groups.find(vector, groups.name(group), groups.nameLength(group));
  }

  /// Out of order, for [#freePart].
  private void moveToEnd(long vector, long group) {
    groups.remove(vector, indexOf(vector, group));
    groups.insert(vector, NameVector.count(vector), group);
  }

  public long name(long group) {
    return groups.name(group);
  }

  public int nameLength(long group) {
    return groups.nameLength(group);
  }

  /// Address of the last delivered ID: `ms 8 | seq 8`.
  public static long lastId(long group) {
    return group;
  }

  public static long entriesRead(long group) {
    return GroupLayout.entriesRead(group);
  }

  public static void setId(long group, long ms, long seq, long entriesRead) {
    IdNode.setId(group, ms, seq);
    GroupLayout.setEntriesRead(group, entriesRead);
  }

  public static int consumerCount(long group) {
    return NameVector.count(GroupLayout.consumers(group));
  }

  public static long consumer(long group, int index) {
    return NameVector.get(GroupLayout.consumers(group), index);
  }

  /// The consumer with this name, or 0.
  public long findConsumer(long group, long name, int nameLength) {
    int index = consumers.find(GroupLayout.consumers(group), name, nameLength);
    return index < 0 ? 0 : consumer(group, index);
  }

  /// Makes a consumer, whose name must be new, seen at this time and never active.
  public long createConsumer(long root, long group, long name, int nameLength, long nowMs) {
    long vector = GroupLayout.consumers(group);
    StreamRoot.addGroupBytes(root, consumers.reserve(vector));
    long consumer = allocate(root, consumers.blockBytes(nameLength));
    GroupLayout.formatConsumer(consumer, nowMs, NEVER_ACTIVE);
    consumers.setName(consumer, name, nameLength);
    consumers.insert(vector, -1 - consumers.find(vector, name, nameLength), consumer);
    return consumer;
  }

  /// Takes a consumer out with its pending entries; returns how many it had.
  public long deleteConsumer(long root, long group, long consumer) {
    long ids = GroupLayout.pendingOf(consumer);
    long count = IdTree.count(ids);
    for (long leaf = pendingIds.lastLeaf(ids); leaf != 0; leaf = pendingIds.lastLeaf(ids)) {
      for (int i = 0; i < IdNode.count(leaf); i++) {
        long id = pendingIds.entryOf(leaf, i);
        pending.remove(GroupLayout.pending(group), IdNode.ms(id), IdNode.seq(id));
      }
      pendingIds.freeLastLeaf(ids);
    }
    consumers.remove(GroupLayout.consumers(group), consumerIndex(group, consumer));
    free(root, consumer, consumers.blockBytes(consumers.nameLength(consumer)));
    return count;
  }

  public long consumerName(long consumer) {
    return consumers.name(consumer);
  }

  public int consumerNameLength(long consumer) {
    return consumers.nameLength(consumer);
  }

  /// The consumer's place among those of its group.
  int consumerIndex(long group, long consumer) {
    return consumers.find(
        GroupLayout.consumers(group), consumers.name(consumer), consumers.nameLength(consumer));
  }

  /// When the consumer was last named by a command, in ms since 1970.
  public static long seenMs(long consumer) {
    return GroupLayout.seen(consumer);
  }

  public static void setSeenMs(long consumer, long ms) {
    GroupLayout.setSeen(consumer, ms);
  }

  /// When the consumer last got an entry, or [#NEVER_ACTIVE].
  public static long activeMs(long consumer) {
    return GroupLayout.active(consumer);
  }

  public static void setActiveMs(long consumer, long ms) {
    GroupLayout.setActive(consumer, ms);
  }

  public static long pendingCount(long group) {
    return IdTree.count(GroupLayout.pending(group));
  }

  public static long pendingCountOf(long consumer) {
    return IdTree.count(GroupLayout.pendingOf(consumer));
  }

  public long findPending(long group, long ms, long seq) {
    return pending.find(GroupLayout.pending(group), ms, seq);
  }

  /// The first pending entry of the group from this ID on.
  public long pendingFrom(long group, long ms, long seq) {
    return pending.ceiling(GroupLayout.pending(group), ms, seq);
  }

  /// The pending entry of the group behind this one.
  public long pendingAfter(long group, long pendingEntry) {
    return pending.after(
        GroupLayout.pending(group), IdNode.ms(pendingEntry), IdNode.seq(pendingEntry));
  }

  /// The last pending entry of the group.
  public long lastPending(long group) {
    return pending.last(GroupLayout.pending(group));
  }

  /// The first pending entry of a consumer of the group from this ID on.
  public long pendingOfFrom(long group, long consumer, long ms, long seq) {
    long id = pendingIds.ceiling(GroupLayout.pendingOf(consumer), ms, seq);
    return id == 0 ? 0 : findPending(group, IdNode.ms(id), IdNode.seq(id));
  }

  public static long pendingMs(long pendingEntry) {
    return IdNode.ms(pendingEntry);
  }

  public static long pendingSeq(long pendingEntry) {
    return IdNode.seq(pendingEntry);
  }

  public static long pendingConsumer(long pendingEntry) {
    return GroupLayout.consumer(IdTree.value(pendingEntry));
  }

  public static long deliveredAt(long pendingEntry) {
    return GroupLayout.deliveredAt(IdTree.value(pendingEntry));
  }

  public static long deliveries(long pendingEntry) {
    return GroupLayout.deliveries(IdTree.value(pendingEntry));
  }

  public static void setDelivery(long pendingEntry, long deliveredAt, long deliveries) {
    long value = IdTree.value(pendingEntry);
    GroupLayout.setPending(value, GroupLayout.consumer(value), deliveredAt, deliveries);
  }

  /// Makes an ID pending for a consumer, whether it is new, or that of another consumer, which
  /// loses it. Returns the entry.
  public long assign(
      long group, long consumer, long ms, long seq, long deliveredAt, long deliveries) {
    long tree = GroupLayout.pending(group);
    long entry = pending.find(tree, ms, seq);
    boolean isNew = entry == 0;
    long owner = isNew ? 0 : pendingConsumer(entry);
    if (isNew) {
      entry = pending.insert(tree, ms, seq);
    }
    if (owner != consumer) {
      try {
        pendingIds.insert(GroupLayout.pendingOf(consumer), ms, seq);
      } catch (MemoryExhausted e) {
        if (isNew) {
          pending.remove(tree, ms, seq);
        }
        throw e;
      }
    }
    if (owner != 0 && owner != consumer) {
      pendingIds.remove(GroupLayout.pendingOf(owner), ms, seq);
    }
    GroupLayout.setPending(IdTree.value(entry), consumer, deliveredAt, deliveries);
    return entry;
  }

  /// An ID is pending no more; whether it was.
  public boolean acknowledge(long group, long ms, long seq) {
    long entry = findPending(group, ms, seq);
    if (entry == 0) {
      return false;
    }
    pendingIds.remove(GroupLayout.pendingOf(pendingConsumer(entry)), ms, seq);
    pending.remove(GroupLayout.pending(group), ms, seq);
    return true;
  }

  /// Bytes of all groups of a stream.
  long bytes(long root) {
    long bytes = StreamRoot.groupBytes(root);
    for (int i = 0; i < count(root); i++) {
      long group = get(root, i);
      bytes += IdTree.bytes(GroupLayout.pending(group));
      for (int j = 0; j < consumerCount(group); j++) {
        bytes += IdTree.bytes(GroupLayout.pendingOf(consumer(group, j)));
      }
    }
    return bytes;
  }

  /// Bytes of a group and its consumers without their trees.
  private long ownBytes(long group) {
    long bytes = ShardMemory.blockBytes(groups.blockBytes(groups.nameLength(group)));
    for (int i = 0; i < consumerCount(group); i++) {
      int nameLength = consumers.nameLength(consumer(group, i));
      bytes += ShardMemory.blockBytes(consumers.blockBytes(nameLength));
    }
    return bytes + consumers.arrayBytes(GroupLayout.consumers(group));
  }

  /// Frees a part of the last group: a leaf of a tree, a consumer, or what is left of the group.
  /// Returns the group when that is gone, else 0; -1 when there is no group.
  long freePart(long root) {
    long vector = StreamRoot.groups(root);
    int last = NameVector.count(vector) - 1;
    if (last < 0) {
      StreamRoot.addGroupBytes(root, -groups.free(vector));
      return -1;
    }
    long group = NameVector.get(vector, last);
    if (freeLeaf(pending, GroupLayout.pending(group)) || freeConsumerPart(root, group)) {
      return 0;
    }
    StreamRoot.addGroupBytes(root, -consumers.free(GroupLayout.consumers(group)));
    groups.remove(vector, last);
    free(root, group, groups.blockBytes(groups.nameLength(group)));
    return group;
  }

  private boolean freeConsumerPart(long root, long group) {
    long vector = GroupLayout.consumers(group);
    int last = NameVector.count(vector) - 1;
    if (last < 0) {
      return false;
    }
    long consumer = NameVector.get(vector, last);
    if (!freeLeaf(pendingIds, GroupLayout.pendingOf(consumer))) {
      consumers.remove(vector, last);
      free(root, consumer, consumers.blockBytes(consumers.nameLength(consumer)));
    }
    return true;
  }

  private static boolean freeLeaf(IdTree tree, long header) {
    if (IdTree.count(header) == 0) {
      return false;
    }
    tree.freeLastLeaf(header);
    return true;
  }

  /// Compacts the nodes on the way to a leaf of tree number `index` of pending entries; returns the
  /// leaf, or 0 at the end of the tree, or -1 when there is no such tree.
  long compactTree(long root, int index, long ms, long seq) {
    int left = index;
    for (int i = 0; i < count(root); i++) {
      long group = get(root, i);
      if (left == 0) {
        return pending.compact(GroupLayout.pending(group), ms, seq);
      }
      left--;
      if (left < consumerCount(group)) {
        return pendingIds.compact(GroupLayout.pendingOf(consumer(group, left)), ms, seq);
      }
      left -= consumerCount(group);
    }
    return -1;
  }

  /// The last ID of a leaf that [#compactTree] returned.
  long lastIdOf(long root, int index, long leaf) {
    return isGroupTree(root, index)
        ? pending.entryOf(leaf, IdNode.count(leaf) - 1)
        : pendingIds.entryOf(leaf, IdNode.count(leaf) - 1);
  }

  private static boolean isGroupTree(long root, int index) {
    int left = index;
    for (int i = 0; left > 0; i++) {
      left -= 1 + consumerCount(get(root, i));
    }
    return left == 0;
  }

  private long allocate(long root, long bytes) {
    long block = memory.allocate(bytes, MemoryUse.VALUE);
    StreamRoot.addGroupBytes(root, ShardMemory.blockBytes(bytes));
    return block;
  }

  private void free(long root, long block, long bytes) {
    memory.free(block, bytes, MemoryUse.VALUE);
    StreamRoot.addGroupBytes(root, -ShardMemory.blockBytes(bytes));
  }
}
