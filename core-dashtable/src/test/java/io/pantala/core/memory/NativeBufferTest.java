package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class NativeBufferTest {
  private static final int STEPS = 20_000;

  @Test
  void agreesWithAnArray() {
    TestSeed.run(NativeBufferTest::compareWithAnArray);
  }

  private static void compareWithAnArray(SplittableRandom random) {
    byte[] model = new byte[0];
    try (NativeBuffer buffer = new NativeBuffer()) {
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(100) < 55) {
          byte[] more = new byte[random.nextInt(200)];
          random.nextBytes(more);
          buffer.append(more);
          int old = model.length;
          model = Arrays.copyOf(model, old + more.length);
          System.arraycopy(more, 0, model, old, more.length);
        } else {
          int dropped = random.nextInt(model.length + 1);
          buffer.discard(dropped);
          model = Arrays.copyOfRange(model, dropped, model.length);
        }
        assertThat(buffer.position()).isEqualTo(model.length);
        assertThat(Mem.toArray(buffer.address(), model.length)).isEqualTo(model);
        assertThat(NativeBuffer.allBytes()).isEqualTo(buffer.capacity());
      }
    }
  }

  @Test
  void anIdleOneHasNoBlock() {
    try (NativeBuffer buffer = new NativeBuffer()) {
      assertThat(NativeBuffer.allBytes()).isZero();
      buffer.append(new byte[5_000]);
      buffer.clear();
      buffer.trim(8_192);
      assertThat(buffer.capacity()).isEqualTo(5_000);
      buffer.trim(4_096);
      assertThat(NativeBuffer.allBytes()).isZero();
    }
  }

  @Test
  void keepsItsContentWhenNoMemoryIsLeft() {
    try (NativeBuffer buffer = new NativeBuffer()) {
      buffer.append(new byte[] {1, 2, 3});
      assertThatThrownBy(() -> buffer.reserve(1L << 60)).isSameAs(MemoryExhausted.INSTANCE);
      assertThat(Mem.toArray(buffer.address(), 3)).containsExactly(1, 2, 3);
    }
  }
}
