package io.pantala.core.memory;

/// What one shard holds from the system: slab chunks by way of the [ChunkReserve], other mappings
/// directly. Owner: the thread of the [ShardMemory].
final class ShardPages {
  private final ChunkReserve reserve;
  private long held;

  /// An empty chunk kept against taking and giving one by turns, or 0.
  private long spare;

  ShardPages(ChunkReserve reserve) {
    this.reserve = reserve;
  }

  /// Bytes held from the system: mapped and not discarded.
  long held() {
    return held;
  }

  void addHeld(long bytes) {
    held += bytes;
  }

  /// A chunk with any content.
  ///
  /// @throws MemoryExhausted when the system has none left
  long takeChunk() {
    long chunk = spare;
    if (chunk != 0) {
      spare = 0;
      return chunk;
    }
    chunk = reserve.take();
    if (chunk == 0) {
      throw MemoryExhausted.INSTANCE;
    }
    held += ChunkLayout.BYTES;
    return chunk;
  }

  void giveChunk(long chunk) {
    if (spare == 0) {
      spare = chunk;
    } else {
      reserve.give(chunk);
      held -= ChunkLayout.BYTES;
    }
  }

  void unmapChunk(long chunk) {
    unmap(chunk, ChunkLayout.BYTES);
  }

  /// Zeroed bytes, which the caller adds to [#held] as far as it uses them.
  ///
  /// @throws MemoryExhausted when the system has none left
  long map(long bytes, long alignment) {
    long address = reserve.map(bytes, alignment);
    if (address == 0) {
      throw MemoryExhausted.INSTANCE;
    }
    return address;
  }

  void unmap(long address, long bytes) {
    OsMemory.unmap(address, bytes);
  }

  void close() {
    if (spare != 0) {
      unmapChunk(spare);
      spare = 0;
    }
    held = 0;
  }
}
