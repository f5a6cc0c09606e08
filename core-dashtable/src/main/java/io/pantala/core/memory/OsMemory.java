package io.pantala.core.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicLong;

/// The operating system's memory calls: pages by `mmap`, small buffers by `malloc`. Any thread.
///
/// All calls share one downcall shape of six longs, because linking a shape is what costs at start
/// (about 10 ms each); the System V and AArch64 conventions ignore registers a callee does not
/// read.
final class OsMemory {
  static final long PAGE_BYTES = 4096;
  static final long HUGE_PAGE_BYTES = 2L << 20;

  private static final long PROT_READ_WRITE = 3;
  private static final long MAP_PRIVATE_ANONYMOUS =
      System.getProperty("os.name", "").startsWith("Mac") ? 0x1002 : 0x22;
  private static final long MADV_DONTNEED = 4;
  private static final long MADV_HUGEPAGE = 14;
  private static final long MADV_POPULATE_WRITE = 23;

  private static final MethodHandle CALL;
  private static final MemorySegment MMAP;
  private static final MemorySegment MUNMAP;
  private static final MemorySegment MADVISE;
  private static final MemorySegment MALLOC;
  private static final MemorySegment REALLOC;
  private static final MemorySegment FREE;

  static {
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfLong l = ValueLayout.JAVA_LONG;
    CALL = linker.downcallHandle(FunctionDescriptor.of(l, l, l, l, l, l, l));
    MMAP = symbol(linker, "mmap");
    MUNMAP = symbol(linker, "munmap");
    MADVISE = symbol(linker, "madvise");
    MALLOC = symbol(linker, "malloc");
    REALLOC = symbol(linker, "realloc");
    FREE = symbol(linker, "free");
  }

  private static final AtomicLong mappedBytes = new AtomicLong();

  private OsMemory() {}

  /// Bytes that are mapped and not unmapped, in the whole process.
  static long mappedBytes() {
    return mappedBytes.get();
  }

  /// Maps `bytes` zeroed bytes at an address that is a multiple of `alignment` (a power of two); 0
  /// when the system has none left.
  static long map(long bytes, long alignment) {
    long room = alignment > PAGE_BYTES ? bytes + alignment : bytes;
    long at = call(MMAP, 0, room, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
    if (at == -1) {
      return 0;
    }
    long aligned = (at + alignment - 1) & -alignment;
    if (aligned > at) {
      munmap(at, aligned - at);
    }
    long end = at + room;
    if (end > aligned + bytes) {
      munmap(aligned + bytes, end - aligned - bytes);
    }
    mappedBytes.addAndGet(bytes);
    return aligned;
  }

  static void unmap(long address, long bytes) {
    munmap(address, bytes);
    mappedBytes.addAndGet(-bytes);
  }

  /// Gives the pages back; the content of the range is lost. Without effect where the system's
  /// pages are larger than the range's alignment.
  static void discard(long address, long bytes) {
    call(MADVISE, address, bytes, MADV_DONTNEED, 0, 0, 0);
  }

  static void adviseHuge(long address, long bytes) {
    call(MADVISE, address, bytes, MADV_HUGEPAGE, 0, 0, 0);
  }

  /// Makes the pages of a fresh mapping resident now, so that no later write meets a page fault.
  static void populate(long address, long bytes) {
    if ((int) call(MADVISE, address, bytes, MADV_POPULATE_WRITE, 0, 0, 0) != 0) {
      // Before Linux 5.14, and elsewhere: a write to each page does the same.
      for (long page = address; page < address + bytes; page += PAGE_BYTES) {
        Mem.putByte(page, 0);
      }
    }
  }

  /// 0 when the system has none left.
  static long malloc(long bytes) {
    return call(MALLOC, bytes, 0, 0, 0, 0, 0);
  }

  /// 0 when the system has none left; the old block is then untouched.
  static long realloc(long address, long bytes) {
    return call(REALLOC, address, bytes, 0, 0, 0, 0);
  }

  static void free(long address) {
    call(FREE, address, 0, 0, 0, 0, 0);
  }

  private static void munmap(long address, long bytes) {
    // A C int: the upper half of the register is not defined.
    int result = (int) call(MUNMAP, address, bytes, 0, 0, 0, 0);
    assert result == 0 : "munmap of " + bytes + " bytes failed";
  }

  private static long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, a, b, c, d, e, f);
    } catch (Throwable t) {
      throw new AssertionError("native memory call", t);
    }
  }

  private static MemorySegment symbol(Linker linker, String name) {
    return linker.defaultLookup().findOrThrow(name);
  }
}
