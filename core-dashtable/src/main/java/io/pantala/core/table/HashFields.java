package io.pantala.core.table;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.ShardMemory;

/// Fields of hashes and their values: what a table of [MemberKind#FIELD] needs beyond
/// [MemberTable]. Owner: the table's thread.
///
/// Field and value share a block. A value is written in place where the block stays of the same
/// size, else both move.
public final class HashFields {
  private static final MemberKind KIND = MemberKind.FIELD;

  private final MemberTable table;

  public HashFields(MemberTable table) {
    assert table.kind() == KIND;
    this.table = table;
  }

  /// The table of the fields: finding, removing, scanning, deadlines.
  public MemberTable table() {
    return table;
  }

  /// Sets a field to a value and returns whether it is new. A deadline that it had stays. The value
  /// must not be a part of the table.
  public boolean put(long root, long field, int fieldLength, long value, int length) {
    long slot = table.find(root, field, fieldLength);
    boolean isNew = slot == 0;
    long at = isNew ? insert(root, field, fieldLength, length) : resize(root, slot, length);
    Mem.copy(value, at, length);
    return isNew;
  }

  /// Adds an absent field with a value of `length` bytes, and returns the address where these go.
  public long insert(long root, long field, int fieldLength, int length) {
    table.reserve(root, field, fieldLength);
    long bytes = MemberText.bytes(fieldLength) + MemberText.bytes(length);
    long block = table.allocate(root, bytes);
    long at = MemberText.writeLength(MemberText.write(block, field, fieldLength), length);
    table.insertBlock(root, block, field, fieldLength);
    return at;
  }

  /// Changes the length of a field's value and returns the address of its bytes, which are
  /// undefined. The slot stays valid.
  public long resize(long root, long slot, int length) {
    long word = Mem.getLong(slot);
    long text = MemberLayout.text(KIND, word);
    long old = MemberLayout.blockBytes(KIND, word);
    long headBytes = MemberText.end(text) - MemberWord.block(word);
    long bytes = headBytes + MemberText.bytes(length);
    if (ShardMemory.blockBytes(bytes) == ShardMemory.blockBytes(old)) {
      return MemberText.writeLength(MemberText.end(text), length);
    }
    long block = table.allocate(root, bytes);
    Mem.copy(MemberWord.block(word), block, headBytes);
    table.free(root, MemberWord.block(word), old);
    MemberTable.setBlock(slot, block);
    return MemberText.writeLength(block + headBytes, length);
  }

  public long valueAddress(long slot) {
    return MemberText.address(valueText(slot));
  }

  public int valueLength(long slot) {
    return MemberText.length(valueText(slot));
  }

  private static long valueText(long slot) {
    return MemberText.end(MemberLayout.text(KIND, Mem.getLong(slot)));
  }
}
