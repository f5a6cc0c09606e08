package io.pantala.core.dash;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;

/// A table whose test chooses every hash: a key is 16 bytes, its hash and a number.
final class TestTable implements AutoCloseable {
  static final int KEY_BYTES = 16;

  final ScarceMemory scarce = new ScarceMemory();
  final ShardMemory memory = scarce.memory;
  final DashTable table;
  int valueBytes;
  private final long key;

  TestTable() {
    table = new DashTable(memory, TestTable::hash);
    key = memory.allocate(KEY_BYTES, MemoryUse.VALUE);
  }

  static long hash(long record) {
    return Mem.getLong(RecordLayout.keyAddress(record));
  }

  static long id(long record) {
    return Mem.getLong(RecordLayout.keyAddress(record) + 8);
  }

  long newRecord(long h, long id, long deadlineMs) {
    int flags = deadlineMs >= 0 ? RecordLayout.EXPIRES : 0;
    int head = RecordLayout.headBytes(flags, KEY_BYTES);
    long record = memory.allocate(head + valueBytes, MemoryUse.RECORD);
    RecordLayout.format(record, 0, flags, key(h, id), KEY_BYTES, valueBytes);
    if (deadlineMs >= 0) {
      RecordLayout.setDeadline(record, deadlineMs);
    }
    return record;
  }

  void freeRecord(long record) {
    memory.free(record, RecordLayout.blockBytes(record), MemoryUse.RECORD);
  }

  /// Valid until the next call.
  long key(long h, long id) {
    Mem.putLong(key, h);
    Mem.putLong(key + 8, id);
    return key;
  }

  long find(long h, long id) {
    return table.find(h, key(h, id), KEY_BYTES);
  }

  long insert(long h, long id, long deadlineMs) {
    long record = newRecord(h, id, deadlineMs);
    table.insert(h, record);
    return record;
  }

  void erase(long h, long id) {
    long slot = find(h, id);
    long record = DashTable.record(slot);
    table.erase(h, slot);
    freeRecord(record);
  }

  void clear() {
    table.clear(this::freeRecord);
  }

  /// Frees everything that is left.
  @Override
  public void close() {
    clear();
    table.close();
    memory.free(key, KEY_BYTES, MemoryUse.VALUE);
    scarce.close();
  }
}
