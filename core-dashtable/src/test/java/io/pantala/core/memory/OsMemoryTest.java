package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class OsMemoryTest {
  private static final long BYTES = 4L << 20;

  @Test
  void mapsZeroedBytesAtTheAlignment() {
    for (long alignment = OsMemory.PAGE_BYTES; alignment <= 64 << 20; alignment *= 2) {
      long at = OsMemory.map(BYTES, alignment);
      assertThat(at).isPositive();
      assertThat(at % alignment).isZero();
      for (long word = at; word < at + BYTES; word += 8) {
        assert Mem.getLong(word) == 0;
      }
      Mem.fill(at, BYTES, 0xff);
      OsMemory.unmap(at, BYTES);
    }
  }

  @Test
  void countsWhatIsMapped() {
    long before = OsMemory.mappedBytes();
    long a = OsMemory.map(BYTES, BYTES);
    long b = OsMemory.map(OsMemory.PAGE_BYTES, OsMemory.PAGE_BYTES);
    assertThat(OsMemory.mappedBytes() - before).isEqualTo(BYTES + OsMemory.PAGE_BYTES);
    OsMemory.unmap(a, BYTES);
    assertThat(OsMemory.mappedBytes() - before).isEqualTo(OsMemory.PAGE_BYTES);
    OsMemory.unmap(b, OsMemory.PAGE_BYTES);
  }

  @Test
  void saysWhenNoneIsLeft() {
    assertThat(OsMemory.map(1L << 60, OsMemory.PAGE_BYTES)).isZero();
    assertThat(OsMemory.map(1L << 60, BYTES)).isZero();
    assertThat(OsMemory.malloc(1L << 60)).isZero();
    long block = OsMemory.malloc(64);
    Mem.putLong(block, 42);
    assertThat(OsMemory.realloc(block, 1L << 60)).isZero();
    assertThat(Mem.getLong(block)).isEqualTo(42);
    OsMemory.free(block);
  }

  @Test
  void reallocKeepsTheContent() {
    long block = OsMemory.malloc(100);
    Mem.fill(block, 100, 7);
    long moved = OsMemory.realloc(block, 100_000);
    for (int i = 0; i < 100; i++) {
      assertThat(Mem.getByte(moved + i)).isEqualTo((byte) 7);
    }
    Mem.fill(moved, 100_000, 8);
    OsMemory.free(moved);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void discardGivesPagesBackAndPopulateTakesThem() throws IOException {
    long at = OsMemory.map(BYTES, BYTES);
    assertThat(residentBytes(at)).isZero();
    OsMemory.adviseHuge(at, BYTES);
    OsMemory.populate(at, BYTES);
    assertThat(residentBytes(at)).isEqualTo(BYTES);
    Mem.fill(at, BYTES, 1);
    OsMemory.discard(at + 8192, 65536);
    assertThat(residentBytes(at)).isEqualTo(BYTES - 65536);
    assertThat(Mem.getLong(at + 8192 - 8)).isEqualTo(0x0101010101010101L);
    assertThat(Mem.getLong(at + 8192)).isZero();
    assertThat(Mem.getLong(at + 8192 + 65536 - 8)).isZero();
    assertThat(Mem.getLong(at + 8192 + 65536)).isEqualTo(0x0101010101010101L);
    OsMemory.unmap(at, BYTES);
  }

  /// Resident bytes of the [#BYTES] at the address, by the kernel's page map.
  private static long residentBytes(long address) throws IOException {
    ByteBuffer entries = ByteBuffer.allocate((int) (BYTES / OsMemory.PAGE_BYTES) * Long.BYTES);
    try (FileChannel pagemap = FileChannel.open(Path.of("/proc/self/pagemap"))) {
      long at = address / OsMemory.PAGE_BYTES * Long.BYTES;
      int read = pagemap.read(entries, at);
      assertThat(read).isEqualTo(entries.capacity());
    }
    entries.flip().order(ByteOrder.nativeOrder());
    long pages = 0;
    while (entries.hasRemaining()) {
      pages += entries.getLong() < 0 ? 1 : 0; // bit 63: present
    }
    return pages * OsMemory.PAGE_BYTES;
  }
}
