package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SizeClassesTest {
  @Test
  void everyRequestGetsTheSmallestClassThatHoldsIt() {
    for (int bytes = 0; bytes <= SizeClasses.MAX_BYTES; bytes++) {
      int sizeClass = SizeClasses.of(bytes);
      assertThat(SizeClasses.bytes(sizeClass)).isGreaterThanOrEqualTo(bytes);
      if (sizeClass > 0) {
        assertThat(SizeClasses.bytes(sizeClass - 1)).isLessThan(bytes);
      }
    }
    assertThat(SizeClasses.of(SizeClasses.MAX_BYTES)).isEqualTo(SizeClasses.COUNT - 1);
  }

  @Test
  void wasteInsideABlockIsBounded() {
    for (int bytes = 1; bytes <= SizeClasses.MAX_BYTES; bytes++) {
      double waste = SizeClasses.bytes(SizeClasses.of(bytes)) - bytes;
      if (bytes <= 128) {
        assertThat(waste).isLessThan(8);
      } else {
        double limit = bytes <= SizeClasses.SMALL_MAX_BYTES ? 0.125 : 0.0625;
        assertThat(waste / bytes).as("%d bytes", bytes).isLessThan(limit);
      }
    }
  }

  @Test
  void wasteOfAChunkIsBoundedForEveryClass() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      double limit = SizeClasses.bytes(sizeClass) <= 2048 ? 0.035 : 0.125;
      assertThat(chunkWaste(SizeClasses.bytes(sizeClass)))
          .as("class of %d bytes", SizeClasses.bytes(sizeClass))
          .isLessThan(limit);
    }
  }

  @Test
  void tableSegmentsWasteUnderTwoPercent() {
    assertThat(chunkWaste(7_808)).isLessThan(0.02);
    assertThat(chunkWaste(9_216)).isLessThan(0.02);
  }

  @Test
  void multiplesOf128HaveAClassThatIsOne() {
    for (int bytes = 128; bytes <= SizeClasses.MAX_BYTES; bytes += 128) {
      assertThat(SizeClasses.bytes(SizeClasses.of(bytes)) % 128).as("%d bytes", bytes).isZero();
    }
  }

  /// Part of a chunk full of such blocks that is not payload.
  static double chunkWaste(int bytes) {
    int sizeClass = SizeClasses.of(bytes);
    int slabBytes = 1 << SizeClasses.slabShift(sizeClass);
    int block = SizeClasses.bytes(sizeClass);
    int slabs = ChunkLayout.BYTES / slabBytes;
    long blocks =
        (slabs - 1L) * (slabBytes / block) + (slabBytes - ChunkLayout.HEADER_BYTES) / block;
    return 1 - (double) blocks * bytes / ChunkLayout.BYTES;
  }
}
