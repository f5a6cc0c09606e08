package io.pantala.core.zset;

import io.pantala.core.memory.Mem;
import io.pantala.core.table.MemberText;

/// Layout of the block of a sorted set's member. Owner: the thread of the shard whose memory holds
/// it.
///
/// ```text
///  0           8             9 or 13
///  +-----------+-------------+--------- - -
///  | score (8) | length      | bytes           the last two are a MemberText
///  +-----------+-------------+--------- - -
/// ```
public final class ScoredMember {
  private static final int TEXT = Double.BYTES;

  private ScoredMember() {}

  public static double score(long block) {
    return Double.longBitsToDouble(Mem.getLong(block));
  }

  public static long memberAddress(long block) {
    return MemberText.address(block + TEXT);
  }

  public static int memberLength(long block) {
    return MemberText.length(block + TEXT);
  }

  static long bytes(int length) {
    return TEXT + MemberText.bytes(length);
  }

  static long blockBytes(long block) {
    return MemberText.end(block + TEXT) - block;
  }

  static void setScore(long block, double score) {
    Mem.putLong(block, Double.doubleToRawLongBits(score));
  }

  static void write(long block, double score, long member, int length) {
    setScore(block, score);
    MemberText.write(block + TEXT, member, length);
  }

  /// memcmp of the block's member with another one.
  static int compare(long block, long member, int length) {
    return Mem.compare(memberAddress(block), memberLength(block), member, length);
  }
}
