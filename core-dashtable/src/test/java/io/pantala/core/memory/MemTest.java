package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

final class MemTest {
  @Test
  void comparesAsMemcmp() {
    try (Arena arena = Arena.ofConfined()) {
      long a = arena.allocate(256).address();
      long b = arena.allocate(256).address();
      assertThat(Mem.compare(a, 10, b, 10)).isZero();
      assertThat(Mem.compare(a, 9, b, 10)).isNegative();
      Mem.putByte(a + 3, 0xff);
      assertThat(Mem.compare(a, 4, b, 10)).isPositive();
      assertThat(Mem.equal(a, b, 3)).isTrue();
      assertThat(Mem.equal(a, b, 200)).isFalse();
      assertThat(Mem.mismatch(a, b, 200)).isEqualTo(3);
    }
  }

  @Test
  void copiesEveryLength() {
    try (Arena arena = Arena.ofConfined()) {
      long a = arena.allocate(256).address();
      long b = arena.allocate(256).address();
      for (int n = 0; n < 200; n++) {
        Mem.fill(b, 256, 0x55);
        for (int i = 0; i < n; i++) {
          Mem.putByte(a + i, i);
        }
        Mem.copy(a, b, n);
        assertThat(Mem.equal(a, b, n)).isTrue();
        assertThat(Mem.getByte(b + n)).isEqualTo((byte) 0x55);
      }
    }
  }
}
