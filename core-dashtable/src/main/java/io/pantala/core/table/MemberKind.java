package io.pantala.core.table;

/// What the members of a table are for: how their blocks and the root are laid out.
public enum MemberKind {
  /// Members of a set; integers need no block.
  SET(0, 0),
  /// Fields of a hash, each with its value.
  FIELD(0, 0),
  /// Members of a sorted set, each with its score; the root also holds that of the tree.
  SCORED(Double.BYTES, 16);

  /// Bytes before a member's length, a deadline aside.
  final int headBytes;

  /// Bytes of the root behind [TableLayout#ROOT_BYTES].
  final int rootExtraBytes;

  MemberKind(int headBytes, int rootExtraBytes) {
    this.headBytes = headBytes;
    this.rootExtraBytes = rootExtraBytes;
  }

  boolean hasIntegers() {
    return this == SET;
  }

  boolean hasValues() {
    return this == FIELD;
  }
}
