package io.pantala.core.listpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;

/// A listpack in a block of exactly its size, as its owner keeps it.
final class TestListpack implements AutoCloseable {
  private final ShardMemory memory;
  private final NativeBuffer text = new NativeBuffer();
  private final ListpackElement element = new ListpackElement();
  private int capacity = Listpack.EMPTY_BYTES;
  long address;

  TestListpack(ShardMemory memory) {
    this.memory = memory;
    address = memory.allocate(capacity, MemoryUse.VALUE);
    Listpack.format(address);
  }

  ListpackElement element(String value) {
    text.clear();
    text.append(value.getBytes(ISO_8859_1));
    return element.set(text.address(), value.length());
  }

  void append(String value) {
    insert(Listpack.end(address), value);
  }

  void insert(long p, String value) {
    long offset = p - address;
    ListpackElement added = element(value);
    resize(Listpack.bytes(address) + added.bytes());
    Listpack.insert(address, address + offset, added);
    check();
  }

  void replace(long p, String value) {
    long offset = p - address;
    ListpackElement other = element(value);
    int bytes = Listpack.bytes(address) + other.bytes() - Listpack.entryBytes(p);
    if (bytes > capacity) {
      resize(bytes);
    }
    Listpack.replace(address, address + offset, other);
    trim();
  }

  /// Appends copies of entries.
  void insertEntries(long entries, int bytes, int count) {
    resize(Listpack.bytes(address) + bytes);
    Listpack.insertEntries(address, Listpack.end(address), entries, bytes, count);
    check();
  }

  /// Makes the block as short as the listpack.
  void trim() {
    resize(Listpack.bytes(address));
    check();
  }

  private void check() {
    assertThat(Listpack.bytes(address)).isEqualTo(capacity);
  }

  private void resize(int bytes) {
    long moved = memory.allocate(bytes, MemoryUse.VALUE);
    Mem.copy(address, moved, Math.min(bytes, capacity));
    memory.free(address, capacity, MemoryUse.VALUE);
    address = moved;
    capacity = bytes;
  }

  static String text(long p) {
    return Listpack.isInteger(p)
        ? Long.toString(Listpack.integer(p))
        : new String(Mem.toArray(Listpack.stringAddress(p), Listpack.stringLength(p)), ISO_8859_1);
  }

  byte[] bytes() {
    return Mem.toArray(address, Listpack.bytes(address));
  }

  @Override
  public void close() {
    memory.free(address, capacity, MemoryUse.VALUE);
    text.close();
  }
}
