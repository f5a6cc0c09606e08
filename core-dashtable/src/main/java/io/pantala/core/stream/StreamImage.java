package io.pantala.core.stream;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;

/// Streams as bytes without addresses, for a copy or another shard. Owner: the shard's thread.
///
/// ```text
///  head of the root without block tree (8 + 56)
///  blocks 8    { ms 8 | seq 8 | bytes 8 | listpack }
///  groups 8    { last ID 16 | entries read 8 | name length 8 | name
///                consumers 8  { seen 8 | active 8 | name length 8 | name }
///                pending 8    { ms 8 | seq 8 | consumer's index 8 | delivered at 8 | deliveries 8 } }
/// ```
final class StreamImage {
  /// The IDs and the count of entries added lie side by side in the root.
  private static final int IDS_BYTES = 56;

  private final IdTree tree;
  private final StreamBlocks blocks;
  private final StreamGroups groups;

  /// Where [#read] has got to.
  private long at;

  StreamImage(IdTree tree, StreamBlocks blocks, StreamGroups groups) {
    this.tree = tree;
    this.blocks = blocks;
    this.groups = groups;
  }

  void write(long root, NativeBuffer out) {
    putLong(out, StreamRoot.length(root));
    out.append(StreamRoot.last(root), IDS_BYTES);
    long header = StreamRoot.blocks(root);
    putLong(out, IdTree.count(header));
    for (long entry = tree.first(header); entry != 0; ) {
      long listpack = StreamBlock.listpack(Mem.getLong(IdTree.value(entry)));
      out.append(entry, IdNode.ID_BYTES);
      putBytes(out, listpack, Listpack.bytes(listpack));
      entry = tree.after(header, IdNode.ms(entry), IdNode.seq(entry));
    }
    putLong(out, StreamGroups.count(root));
    for (int i = 0; i < StreamGroups.count(root); i++) {
      writeGroup(StreamGroups.get(root, i), out);
    }
  }

  private void writeGroup(long group, NativeBuffer out) {
    out.append(StreamGroups.lastId(group), IdNode.ID_BYTES);
    putLong(out, StreamGroups.entriesRead(group));
    putBytes(out, groups.name(group), groups.nameLength(group));
    int consumers = StreamGroups.consumerCount(group);
    putLong(out, consumers);
    for (int i = 0; i < consumers; i++) {
      long consumer = StreamGroups.consumer(group, i);
      putLong(out, StreamGroups.seenMs(consumer));
      putLong(out, StreamGroups.activeMs(consumer));
      putBytes(out, groups.consumerName(consumer), groups.consumerNameLength(consumer));
    }
    putLong(out, StreamGroups.pendingCount(group));
    for (long entry = groups.pendingFrom(group, 0, 0); entry != 0; ) {
      out.append(entry, IdNode.ID_BYTES);
      putLong(out, groups.consumerIndex(group, StreamGroups.pendingConsumer(entry)));
      putLong(out, StreamGroups.deliveredAt(entry));
      putLong(out, StreamGroups.deliveries(entry));
      entry = groups.pendingAfter(group, entry);
    }
  }

  private static void putLong(NativeBuffer out, long value) {
    Mem.putLong(out.reserve(8), value);
    out.advance(8);
  }

  private static void putBytes(NativeBuffer out, long from, int bytes) {
    putLong(out, bytes);
    out.append(from, bytes);
  }

  /// Fills an empty stream; after a failure it has part of the content.
  void read(long root, long image) {
    at = image;
    StreamRoot.setLength(root, getLong());
    Mem.copy(at, StreamRoot.last(root), IDS_BYTES);
    at += IDS_BYTES;
    for (long left = getLong(); left > 0; left--) {
      long ms = getLong();
      long seq = getLong();
      int bytes = (int) getLong();
      blocks.add(root, ms, seq, at, bytes);
      at += bytes;
    }
    for (long left = getLong(); left > 0; left--) {
      readGroup(root);
    }
  }

  private void readGroup(long root) {
    long ms = getLong();
    long seq = getLong();
    long entriesRead = getLong();
    int nameLength = (int) getLong();
    long group = groups.create(root, at, nameLength, ms, seq, entriesRead);
    at += nameLength;
    for (long left = getLong(); left > 0; left--) {
      long seen = getLong();
      long active = getLong();
      int length = (int) getLong();
      long consumer = groups.createConsumer(root, group, at, length, seen);
      StreamGroups.setActiveMs(consumer, active);
      at += length;
    }
    for (long left = getLong(); left > 0; left--) {
      long pendingMs = getLong();
      long pendingSeq = getLong();
      long consumer = StreamGroups.consumer(group, (int) getLong());
      long deliveredAt = getLong();
      groups.assign(group, consumer, pendingMs, pendingSeq, deliveredAt, getLong());
    }
  }

  private long getLong() {
    at += 8;
    return Mem.getLong(at - 8);
  }
}
