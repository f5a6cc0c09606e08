package io.pantala.core.table;

/// Layout of a member's block. Owner: the thread of the shard whose memory holds it.
///
/// ```text
///  +-------------+----------+-----------------+--------+-----------------+-------+
///  | deadline 8? | score 8? | length, 1 or 5  | member | length, 1 or 5? | value?|
///  +-------------+----------+-----------------+--------+-----------------+-------+
///                           ^ `text`                    ^ `text` of the value
/// ```
///
/// - `deadline`, in ms since 1970, when the slot's word has EXPIRES; `score` in sorted sets, the
///   value in hashes.
/// - A *text* is a length and that many bytes, see [MemberText].
final class MemberLayout {
  static final int DEADLINE_BYTES = 8;

  private MemberLayout() {}

  /// Bytes of a block before its first text.
  static int headBytes(MemberKind kind, boolean expires) {
    return expires ? kind.headBytes + DEADLINE_BYTES : kind.headBytes;
  }

  /// Address of the member's text.
  static long text(MemberKind kind, long word) {
    return MemberWord.block(word) + headBytes(kind, MemberWord.expires(word));
  }

  /// Bytes of the whole block as they were asked from the allocator.
  static long blockBytes(MemberKind kind, long word) {
    long end = MemberText.end(text(kind, word));
    return (kind.hasValues() ? MemberText.end(end) : end) - MemberWord.block(word);
  }
}
