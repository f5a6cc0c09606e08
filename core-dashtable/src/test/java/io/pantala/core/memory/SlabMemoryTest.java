package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Which slab and which chunk serves next.
@ExtendWith(NativeMemoryCheck.class)
final class SlabMemoryTest {
  private static final int SIZE_CLASS = SizeClasses.of(88);
  private static final int SLAB_BLOCKS = (1 << SizeClasses.SMALL_SLAB_SHIFT) / 88;

  private final ShardPages pages = new ShardPages(closedReserve());
  private final SlabMemory slabs = new SlabMemory(pages);

  @AfterEach
  void close() {
    slabs.close();
    pages.close();
  }

  @Test
  void theFullestSlabServesNext() {
    List<Long> blocks = allocate(4 * SLAB_BLOCKS);
    long nearlyFull = freePart(blocks, 1, SLAB_BLOCKS / 10);
    long sparse = freePart(blocks, 2, SLAB_BLOCKS * 7 / 10);
    long current = slabOf(blocks.getLast());
    assertThat(List.of(nearlyFull, sparse, current)).doesNotHaveDuplicates();
    long block = slabs.allocate(SIZE_CLASS);
    while (slabOf(block) == current) {
      block = slabs.allocate(SIZE_CLASS);
    }
    for (int i = 0; i < SLAB_BLOCKS / 10; i++, block = slabs.allocate(SIZE_CLASS)) {
      assertThat(slabOf(block)).isEqualTo(nearlyFull);
    }
    assertThat(slabOf(block)).isEqualTo(sparse);
  }

  @Test
  void aSlabThatDrainsLosesItsPlaceToAFullerOne() {
    List<Long> blocks = allocate(SLAB_BLOCKS * 7 / 2);
    long fuller = freePart(blocks, 1, SLAB_BLOCKS / 10);
    List<Long> inCurrent = new ArrayList<>(blocks);
    inCurrent.removeIf(block -> slabOf(block) != slabOf(blocks.getLast()));
    inCurrent.subList(1, inCurrent.size()).forEach(block -> slabs.free(block, SIZE_CLASS));
    assertThat(slabs.isSparse(inCurrent.getFirst(), SIZE_CLASS)).isTrue();
    assertThat(slabOf(slabs.allocate(SIZE_CLASS))).isEqualTo(fuller);
  }

  @Test
  void theFullestChunkGivesTheNextSlab() {
    int shortSlab = SLAB_BLOCKS - (ChunkLayout.HEADER_BYTES + 87) / 88;
    List<Long> blocks = allocate(2 * (shortSlab + (ChunkLayout.MAX_SLABS - 1) * SLAB_BLOCKS));
    long fuller = ChunkLayout.of(blocks.getFirst());
    long emptier = ChunkLayout.of(blocks.getLast());
    freeSlabsFrom(44, emptier, blocks);
    freeSlabsFrom(60, fuller, blocks);
    assertThat(ChunkLayout.of(slabs.allocate(SIZE_CLASS))).isEqualTo(fuller);
  }

  private void freeSlabsFrom(int index, long chunk, List<Long> blocks) {
    for (long block : blocks) {
      if (ChunkLayout.of(block) == chunk && ChunkLayout.slabIndex(slabOf(block)) >= index) {
        slabs.free(block, SIZE_CLASS);
      }
    }
  }

  @Test
  void noChunkIsMappedWhileOthersHaveRoom() {
    TestSeed.run(this::refillAfterDraining);
  }

  /// Frees most slabs of each chunk, so that the chunks drain, and half of the other blocks.
  private void refillAfterDraining(SplittableRandom random) {
    int count = 10 * ChunkLayout.MAX_SLABS * SLAB_BLOCKS;
    int kept = 0;
    for (long block : allocate(count)) {
      int slab = ChunkLayout.slabIndex(slabOf(block));
      if (slab > ChunkLayout.MAX_SLABS / 3 || random.nextBoolean()) {
        slabs.free(block, SIZE_CLASS);
      } else {
        kept++;
      }
    }
    long mapped = pages.held();
    assertThat(kept * 88L).isLessThan(mapped / 5);
    int allocated = 0;
    while (pages.held() == mapped) {
      slabs.allocate(SIZE_CLASS);
      allocated++;
    }
    assertThat((kept + allocated) * 88L).isGreaterThan(mapped * 97 / 100);
  }

  /// It maps no chunk of its own.
  private static ChunkReserve closedReserve() {
    ChunkReserve reserve = new ChunkReserve();
    reserve.close();
    return reserve;
  }

  private List<Long> allocate(int count) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(slabs.allocate(SIZE_CLASS));
    }
    return blocks;
  }

  /// Frees `count` blocks of the slab with the index, and returns the slab.
  private long freePart(List<Long> blocks, int index, int count) {
    List<Long> inSlab = new ArrayList<>(blocks);
    inSlab.removeIf(block -> ChunkLayout.slabIndex(slabOf(block)) != index);
    inSlab.subList(0, count).forEach(block -> slabs.free(block, SIZE_CLASS));
    return slabOf(inSlab.getFirst());
  }

  private static long slabOf(long block) {
    return SlabLayout.of(block, SizeClasses.SMALL_SLAB_SHIFT);
  }
}
