package io.pantala.core.memory;

import java.util.concurrent.atomic.AtomicLong;

/// A growable off-heap byte buffer: requests that are not whole yet, replies on their way out,
/// arguments that travel to another shard. It may pass from thread to thread, one at a time.
///
/// The bytes at [#address] up to [#position] are its content. It has no block until the first
/// write, so an idle one costs no native memory.
public final class NativeBuffer implements AutoCloseable {
  private static final int FIRST_BYTES = 1024;
  private static final AtomicLong allBytes = new AtomicLong();

  private long address;
  private long capacity;
  private long position;

  /// Bytes of all buffers of the process that have not been closed.
  public static long allBytes() {
    return allBytes.get();
  }

  public long address() {
    return address;
  }

  public long position() {
    return position;
  }

  public long capacity() {
    return capacity;
  }

  public boolean isEmpty() {
    return position == 0;
  }

  /// Sets the end of the content, after the caller wrote at [#address] within the reserved room.
  public void position(long newPosition) {
    assert newPosition >= 0 && newPosition <= capacity;
    position = newPosition;
  }

  public void clear() {
    position = 0;
  }

  /// Makes room for `bytes` more and returns the address where they go; the caller then advances.
  ///
  /// @throws MemoryExhausted when the system has none left; the content is untouched
  public long reserve(long bytes) {
    if (capacity - position < bytes) {
      grow(position + bytes);
    }
    return address + position;
  }

  public void advance(long bytes) {
    position(position + bytes);
  }

  public void append(long from, long bytes) {
    Mem.copy(from, reserve(bytes), bytes);
    position += bytes;
  }

  public void append(byte[] from) {
    Mem.copyIn(from, 0, reserve(from.length), from.length);
    position += from.length;
  }

  /// The content in a fresh array. For cold paths.
  public byte[] toArray() {
    return Mem.toArray(address, Math.toIntExact(position));
  }

  /// Drops the first `bytes` bytes of the content.
  public void discard(long bytes) {
    assert bytes <= position;
    if (bytes < position) {
      Mem.move(address + bytes, address, position - bytes);
    }
    position -= bytes;
  }

  /// Gives the block back when it is larger than `keepBytes`; the content must be empty.
  public void trim(long keepBytes) {
    assert position == 0;
    if (capacity > keepBytes) {
      close();
    }
  }

  @Override
  public void close() {
    if (address != 0) {
      OsMemory.free(address);
      allBytes.addAndGet(-capacity);
      address = 0;
      capacity = 0;
      position = 0;
    }
  }

  private void grow(long atLeast) {
    long wanted = Math.max(FIRST_BYTES, Math.max(atLeast, capacity + (capacity >> 1)));
    long moved = address == 0 ? OsMemory.malloc(wanted) : OsMemory.realloc(address, wanted);
    if (moved == 0) {
      throw MemoryExhausted.INSTANCE;
    }
    allBytes.addAndGet(wanted - capacity);
    address = moved;
    capacity = wanted;
  }
}
