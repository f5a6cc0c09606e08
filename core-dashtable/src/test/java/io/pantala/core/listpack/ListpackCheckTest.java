package io.pantala.core.listpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Bytes that lie: what the check accepts can be walked from both ends without leaving them.
@ExtendWith(NativeMemoryCheck.class)
final class ListpackCheckTest {
  private static final int MUTANTS = 60_000;

  @Test
  void mutantsAreRefusedOrSound() {
    TestSeed.run(ListpackCheckTest::mutate);
  }

  private static void mutate(SplittableRandom random) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      int accepted = 0;
      for (int i = 0; i < MUTANTS / 100; i++) {
        byte[] sound = draw(random, memory);
        for (int j = 0; j < 100; j++) {
          accepted += isAccepted(memory, mutant(random, sound)) ? 1 : 0;
        }
      }
      assertThat(accepted).isBetween(MUTANTS / 100, MUTANTS * 3 / 4);
      assertThat(memory.used()).isZero();
    }
  }

  private static byte[] draw(SplittableRandom random, ShardMemory memory) {
    try (TestListpack listpack = new TestListpack(memory)) {
      int count = random.nextInt(20);
      for (int i = 0; i < count; i++) {
        listpack.append(Elements.draw(random, 50));
      }
      return listpack.bytes();
    }
  }

  private static byte[] mutant(SplittableRandom random, byte[] sound) {
    byte[] mutant = sound.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(4) == 0) {
      mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length + 4));
      if (mutant.length >= 8) {
        mutant[0] = (byte) mutant.length;
        mutant[1] = (byte) (mutant.length >> 8);
        mutant[mutant.length - 1] = (byte) 0xff;
      }
    }
    return mutant;
  }

  private static boolean isAccepted(ShardMemory memory, byte[] bytes) {
    long lp = memory.allocate(bytes.length, MemoryUse.VALUE);
    Mem.copyIn(bytes, 0, lp, bytes.length);
    int count = ListpackCheck.count(lp, bytes.length);
    if (count >= 0) {
      int forward = 0;
      long last = 0;
      for (long p = Listpack.first(lp); p != 0; p = Listpack.next(p)) {
        last = p;
        forward++;
        assertThat(TestListpack.text(p)).hasSizeLessThan(bytes.length + 20);
        assertThat(p + Listpack.entryBytes(p)).isLessThanOrEqualTo(Listpack.end(lp));
      }
      int backward = 0;
      for (long p = Listpack.last(lp); p != 0; p = Listpack.previous(lp, p)) {
        backward++;
      }
      assertThat(forward).isEqualTo(count);
      assertThat(backward).isEqualTo(count);
      assertThat(Listpack.last(lp)).isEqualTo(last);
    }
    memory.free(lp, bytes.length, MemoryUse.VALUE);
    return count >= 0;
  }

  @Test
  void lengthsThatWrapAround() {
    for (int length :
        new int[] {-1, -4, -5, -6, Integer.MAX_VALUE, Integer.MAX_VALUE - 4, 1 << 30}) {
      byte[] bytes = new byte[32];
      bytes[0] = 32;
      bytes[4] = 1;
      bytes[6] = (byte) 0xf0;
      for (int i = 0; i < 4; i++) {
        bytes[7 + i] = (byte) (length >> (8 * i));
      }
      bytes[31] = (byte) 0xff;
      try (ChunkReserve reserve = new ChunkReserve();
          ShardMemory memory = new ShardMemory(reserve)) {
        assertThat(isAccepted(memory, bytes)).as("%d", length).isFalse();
      }
    }
  }
}
