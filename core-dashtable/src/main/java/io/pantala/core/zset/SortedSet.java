package io.pantala.core.zset;

import io.pantala.core.dash.KeyHash;
import io.pantala.core.db.BigValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.table.MemberKind;
import io.pantala.core.table.MemberTable;
import io.pantala.core.table.MemberVisitor;
import java.util.random.RandomGenerator;

/// All large sorted sets of a shard, each named by its root address: members with scores, found by
/// member in O(1), by score and rank in O(log n). Owner: the thread of `memory`.
///
/// A member is given by its *block* ([ScoredMember]), which stays where it is until the member is
/// removed or the set is compacted. A *rank* counts from 0, the lowest score; entries of equal
/// score are in the order of their bytes, and 0.0 and -0.0 are equal. No score is NaN.
///
/// What needs memory allocates it first: after a [MemoryExhausted] the set is as it was.
public final class SortedSet implements BigValue, AutoCloseable {
  /// In the cursor of [#compactSlice]: the table is done, the rest is a rank.
  private static final long IN_TREE = 1L << 62;

  private static final int IMAGE_HEAD_BYTES = 12;

  private final ShardMemory memory;
  private final MemberTable table;
  private final ScoreTree tree;
  private final ScoreCursor copied = new ScoreCursor();

  public SortedSet(ShardMemory memory, KeyHash hash) {
    this.memory = memory;
    table = new MemberTable(memory, hash, MemberKind.SCORED);
    tree = new ScoreTree(table);
  }

  /// The root of a new set, with room for about `members`.
  public long create(int members) {
    return table.create(members);
  }

  public static long size(long root) {
    return MemberTable.size(root);
  }

  /// The block of a member, or 0.
  public long find(long root, long member, int length) {
    long slot = table.find(root, member, length);
    return slot == 0 ? 0 : MemberTable.block(slot);
  }

  /// Adds an absent member.
  public void add(long root, double score, long member, int length) {
    table.reserve(root, member, length);
    long bytes = ScoredMember.bytes(length);
    long block = table.allocate(root, bytes);
    ScoredMember.write(block, score, member, length);
    try {
      tree.insert(root, score, block);
    } catch (MemoryExhausted e) {
      table.free(root, block, bytes);
      throw e;
    }
    table.insertBlock(root, block, member, length);
  }

  /// Gives a member another score; one that is equal changes nothing.
  public void setScore(long root, long block, double score) {
    if (score != ScoredMember.score(block)) {
      tree.update(root, block, score);
      ScoredMember.setScore(block, score);
    }
  }

  /// Removes a member and frees its block; false when it is absent.
  public boolean remove(long root, long member, int length) {
    long slot = table.find(root, member, length);
    if (slot == 0) {
      return false;
    }
    tree.remove(root, MemberTable.block(slot));
    table.removeSlot(root, slot);
    return true;
  }

  /// Removes `count` members from a rank on, which there must be. The time is in proportion to
  /// their number.
  public void removeRange(long root, long rank, long count) {
    assert rank >= 0 && rank + count <= size(root);
    long left = count;
    while (left > 0) {
      tree.seekRank(root, rank);
      int n = (int) Math.min(left, tree.entriesHere());
      for (int i = 0; i < n; i++) {
        long block = tree.blockHere(i);
        table.remove(root, ScoredMember.memberAddress(block), ScoredMember.memberLength(block));
      }
      tree.removeHere(root, n);
      left -= n;
    }
  }

  public long rank(long root, long block) {
    return tree.rank(root, block);
  }

  /// How many members have a lower score, or with `isInclusive` also this score: the rank of the
  /// first one behind them.
  public long countBelow(long root, double score, boolean isInclusive) {
    return tree.countBelow(root, score, isInclusive);
  }

  /// How many members are lower, or with `isInclusive` also equal to this one, in a set whose
  /// scores are all equal. In another set the answer means nothing, but is in 0 .. size.
  public long countBelow(long root, long member, int length, boolean isInclusive) {
    return tree.countBelow(root, member, length, isInclusive);
  }

  /// Puts a cursor on the member with this rank, or at the end when there is none.
  public void seek(long root, long rank, ScoreCursor cursor) {
    if (rank < 0 || rank >= size(root)) {
      cursor.set(0, 0);
      return;
    }
    tree.seekRank(root, rank);
    cursor.set(tree.leafHere(), tree.indexHere());
  }

  /// The block of a member drawn so that all are equally likely, or 0 when the set is empty.
  public long random(long root, RandomGenerator random) {
    long slot = table.random(root, random);
    return slot == 0 ? 0 : MemberTable.block(slot);
  }

  /// One step of a scan, see [MemberTable#scan]; [MemberTable#block] gives the block of a slot.
  public long scan(long root, long cursor, MemberVisitor visitor) {
    return table.scan(root, cursor, visitor);
  }

  @Override
  public long bytes(long root) {
    return table.bytes(root);
  }

  @Override
  public boolean freeSlice(long root, int blocks) {
    if (!table.freeSegments(root, blocks) || !tree.freeSlice(root, blocks)) {
      return false;
    }
    table.freeRoot(root);
    return true;
  }

  @Override
  public long compactRoot(long root) {
    return table.compactRoot(root);
  }

  @Override
  public long compactSlice(long root, long cursor, int blocks) {
    if (cursor < IN_TREE) {
      long next = table.compactSlice(root, cursor, blocks);
      return next == 0 ? IN_TREE : next;
    }
    long rank = cursor - IN_TREE;
    int left = blocks;
    while (rank < size(root) && left > 0) {
      tree.seekRank(root, rank);
      tree.relocateHere(root);
      int n = tree.entriesHere();
      for (int i = 0; i < n; i++) {
        relocateMember(root, i);
      }
      rank += n;
      left -= 1 + n;
    }
    return rank < size(root) ? IN_TREE + rank : 0;
  }

  private void relocateMember(long root, int offset) {
    long block = tree.blockHere(offset);
    long bytes = ScoredMember.blockBytes(block);
    if (memory.isSparse(block, bytes)) {
      int length = ScoredMember.memberLength(block);
      long slot = table.find(root, ScoredMember.memberAddress(block), length);
      long moved = table.relocate(root, block, bytes);
      MemberTable.setBlock(slot, moved);
      tree.setBlockHere(root, offset, moved);
    }
  }

  @Override
  public long copy(long root) {
    long to = create((int) Math.min(Integer.MAX_VALUE, size(root)));
    try {
      for (seek(root, 0, copied); !copied.isAtEnd(); copied.next()) {
        long block = copied.block();
        int length = ScoredMember.memberLength(block);
        add(to, copied.score(), ScoredMember.memberAddress(block), length);
      }
    } catch (MemoryExhausted e) {
      free(to);
      throw e;
    }
    return to;
  }

  /// For each member in order: score (8), length (4), bytes.
  @Override
  public void writeImage(long root, NativeBuffer out) {
    for (seek(root, 0, copied); !copied.isAtEnd(); copied.next()) {
      long block = copied.block();
      int length = ScoredMember.memberLength(block);
      long at = out.reserve(IMAGE_HEAD_BYTES + (long) length);
      Mem.putLong(at, Double.doubleToRawLongBits(copied.score()));
      Mem.putInt(at + Double.BYTES, length);
      Mem.copy(ScoredMember.memberAddress(block), at + IMAGE_HEAD_BYTES, length);
      out.advance(IMAGE_HEAD_BYTES + (long) length);
    }
  }

  @Override
  public long ofImage(long image, long bytes) {
    long root = create(0);
    try {
      long at = image;
      while (at < image + bytes) {
        double score = Double.longBitsToDouble(Mem.getLong(at));
        int length = Mem.getInt(at + Double.BYTES);
        add(root, score, at + IMAGE_HEAD_BYTES, length);
        at += IMAGE_HEAD_BYTES + length;
      }
    } catch (MemoryExhausted e) {
      free(root);
      throw e;
    }
    return root;
  }

  private void free(long root) {
    while (!freeSlice(root, Integer.MAX_VALUE)) {}
  }

  @Override
  public void close() {
    table.close();
  }
}
