package io.pantala.core.stream;

/// What a trim of a stream takes away: entries beyond a length, or below an ID.
///
/// @param isById whether the ID decides
/// @param length how many entries stay
/// @param ms of the least ID that stays
/// @param seq of the least ID that stays
/// @param wholeBlocks whether only whole blocks go, as with `~`
/// @param limit most entries that go, 0 for no limit; blocks are not cut for it
public record StreamTrim(
    boolean isById, long length, long ms, long seq, boolean wholeBlocks, long limit) {
  public static StreamTrim toLength(long length, boolean wholeBlocks, long limit) {
    return new StreamTrim(false, length, 0, 0, wholeBlocks, limit);
  }

  public static StreamTrim fromId(long ms, long seq, boolean wholeBlocks, long limit) {
    return new StreamTrim(true, 0, ms, seq, wholeBlocks, limit);
  }

  boolean goesOn(long entries) {
    return isById || entries > length;
  }

  boolean isOver(long trimmed) {
    return limit > 0 && trimmed > limit;
  }

  boolean isBelow(long entryMs, long entrySeq) {
    return IdNode.compare(entryMs, entrySeq, ms, seq) < 0;
  }
}
