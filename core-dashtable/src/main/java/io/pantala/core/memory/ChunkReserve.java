package io.pantala.core.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongBinaryOperator;

/// Keeps one chunk ready whose pages are resident, so that no insert waits for the kernel to map
/// and zero 4 MB. The shards of a process share one; any thread may call it, and nothing but
/// [#close] waits.
///
/// A daemon thread named `chunk-reserve` prepares the next chunk after one was taken. Whoever takes
/// a chunk owns it until it is given back or unmapped. A closed reserve has none ready and keeps
/// none, but still maps and unmaps.
public final class ChunkReserve implements AutoCloseable {
  private static final String THREAD_NAME = "chunk-reserve";
  private static final long EMPTY = 0;
  private static final long CLOSED = -1;

  /// [#EMPTY], [#CLOSED] or the address of the ready chunk.
  private final AtomicLong ready = new AtomicLong(EMPTY);

  private final LongBinaryOperator mapper;
  private final Thread refiller;

  public ChunkReserve() {
    this(OsMemory::map);
  }

  /// With another source of pages: `(bytes, alignment)` to an address, or 0 when there is none.
  ChunkReserve(LongBinaryOperator mapper) {
    this.mapper = mapper;
    refiller = Thread.ofPlatform().daemon().name(THREAD_NAME).unstarted(this::keepReady);
    refiller.start();
  }

  /// Bytes of address space that are mapped by all reserves and shards of the process, ready and
  /// discarded pages included.
  public static long processMappedBytes() {
    return OsMemory.mappedBytes();
  }

  /// Bytes held in the ready chunk.
  public long mapped() {
    return ready.get() > 0 ? ChunkLayout.BYTES : 0;
  }

  /// A chunk with any content at a multiple of its size, which is mapped now if none is ready; 0
  /// when the system has none left.
  long take() {
    long chunk = ready.get();
    if (chunk > 0 && ready.compareAndSet(chunk, EMPTY)) {
      LockSupport.unpark(refiller);
      return chunk;
    }
    return mapChunk();
  }

  /// Takes a chunk back: to be ready for the next one who takes, else to the system.
  void give(long chunk) {
    if (!ready.compareAndSet(EMPTY, chunk)) {
      OsMemory.unmap(chunk, ChunkLayout.BYTES);
    }
  }

  /// Zeroed bytes that are the caller's to unmap; 0 when the system has none left.
  long map(long bytes, long alignment) {
    return mapper.applyAsLong(bytes, alignment);
  }

  /// Gives the ready chunk back and ends the thread.
  @Override
  public void close() {
    long chunk = ready.getAndSet(CLOSED);
    if (chunk > 0) {
      OsMemory.unmap(chunk, ChunkLayout.BYTES);
    }
    LockSupport.unpark(refiller);
    boolean interrupted = false;
    while (refiller.isAlive()) {
      try {
        refiller.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void keepReady() {
    while (ready.get() != CLOSED) {
      if (ready.get() == EMPTY) {
        prepare();
      }
      // After a failed mapping it also waits: for the next take, not for the system. What the
      // preparing waited for may have used up the wake-up of close, so that is looked for again.
      if (ready.get() != CLOSED) {
        LockSupport.park(this);
      }
    }
  }

  private void prepare() {
    long chunk = mapChunk();
    if (chunk != 0) {
      OsMemory.populate(chunk, ChunkLayout.BYTES);
      give(chunk);
    }
  }

  private long mapChunk() {
    long chunk = map(ChunkLayout.BYTES, ChunkLayout.BYTES);
    if (chunk != 0) {
      OsMemory.adviseHuge(chunk, ChunkLayout.BYTES);
    }
    return chunk;
  }
}
