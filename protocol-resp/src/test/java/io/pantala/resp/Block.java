package io.pantala.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import java.lang.foreign.Arena;

/// Native bytes of an exact size between two guards: [#close] checks that nobody wrote to them, and
/// the same test with other guards shows whether somebody read them.
final class Block implements AutoCloseable {
  private static final int GUARD = 64;

  private final Arena arena = Arena.ofConfined();
  private final long address;
  private final int length;
  private final int guard;

  Block(byte[] content) {
    this(content, 0xA5);
  }

  Block(byte[] content, int guard) {
    this.guard = guard;
    length = content.length;
    address = arena.allocate(length + 2L * GUARD).address() + GUARD;
    Mem.fill(address - GUARD, length + 2L * GUARD, guard);
    Mem.copyIn(content, 0, address, length);
  }

  long address() {
    return address;
  }

  int length() {
    return length;
  }

  @Override
  public void close() {
    for (int i = 0; i < GUARD; i++) {
      assertThat(Mem.getByte(address - 1 - i)).as("guard before").isEqualTo((byte) guard);
      assertThat(Mem.getByte(address + length + i)).as("guard after").isEqualTo((byte) guard);
    }
    arena.close();
  }
}
