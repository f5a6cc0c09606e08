package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
final class RunChunkLayoutTest {
  @Test
  void agreesWithABitSet() {
    TestSeed.run(this::compareWithBitSet);
  }

  private void compareWithBitSet(SplittableRandom random) {
    long chunk = OsMemory.map(OsMemory.PAGE_BYTES, OsMemory.PAGE_BYTES);
    RunChunkLayout.format(chunk);
    BitSet used = new BitSet(RunChunkLayout.PAGES);
    used.set(0);
    assertThat(RunChunkLayout.isEmpty(chunk)).isTrue();
    for (int i = 0; i < 20_000; i++) {
      int from = 1 + random.nextInt(RunChunkLayout.PAGES - 1);
      int pages = 1 + random.nextInt(Math.min(200, RunChunkLayout.PAGES - from));
      boolean set = random.nextBoolean();
      RunChunkLayout.setUsed(chunk, from, pages, set);
      RunChunkLayout.updateLongest(chunk);
      used.set(from, from + pages, set);
      int longest = longest(used);
      assertThat(RunChunkLayout.longest(chunk)).isEqualTo(longest);
      assertThat(RunChunkLayout.allUsed(chunk, from, pages)).isEqualTo(set);
      if (longest > 0) {
        int wanted = 1 + random.nextInt(longest);
        assertThat(RunChunkLayout.find(chunk, wanted)).isEqualTo(firstRun(used, wanted));
      }
    }
    OsMemory.unmap(chunk, OsMemory.PAGE_BYTES);
  }

  private static int longest(BitSet used) {
    int longest = 0;
    for (int from = used.nextClearBit(1); from < RunChunkLayout.PAGES; ) {
      int end = endOfRun(used, from);
      longest = Math.max(longest, end - from);
      from = used.nextClearBit(end);
    }
    return longest;
  }

  private static int firstRun(BitSet used, int pages) {
    int from = used.nextClearBit(1);
    while (endOfRun(used, from) - from < pages) {
      from = used.nextClearBit(endOfRun(used, from));
    }
    return from;
  }

  private static int endOfRun(BitSet used, int from) {
    int end = used.nextSetBit(from);
    return end < 0 ? RunChunkLayout.PAGES : end;
  }
}
