package io.pantala.core.memory;

import java.util.Arrays;

/// The sizes in which blocks of up to 32 KB are handed out. Immutable; any thread.
///
/// ```text
///  request            class sizes                    slab     waste inside a block
///  0 .. 128 B         8, 16, 24 .. 128               64 KB    < 8 B
///  .. 4 KB            8 for each doubling: 144 ..    64 KB    < 12.5 %
///  .. 32 KB           16 for each doubling: 4352 ..  256 KB   < 6.25 %
/// ```
///
/// Above 4 KB the steps are finer and the slabs larger, so that the big blocks that matter (table
/// segments of 7,808 and 9,216 bytes) lose under 2 % in all, the slab's tail included.
///
/// Invariant: a request that is a multiple of 128 has a class that is one. Slabs start at multiples
/// of 128, so its block is 128-byte aligned.
final class SizeClasses {
  static final int MAX_BYTES = 32 << 10;

  /// Largest block that is cut from a small slab.
  static final int SMALL_MAX_BYTES = 4 << 10;

  static final int SMALL_SLAB_SHIFT = 16;
  static final int MEDIUM_SLAB_SHIFT = 18;

  private static final int FINE_STEP = 8;
  private static final int FINE_MAX_BYTES = 128;
  private static final int SMALL_STEPS = 8;
  private static final int MEDIUM_STEPS = 16;

  private static final int[] BYTES = sizes();
  static final int COUNT = BYTES.length;

  /// Class by request in units of 8 bytes, rounded up.
  private static final byte[] CLASS = classes();

  private SizeClasses() {}

  /// The class of a request of 0..[#MAX_BYTES] bytes.
  static int of(long bytes) {
    assert bytes >= 0 && bytes <= MAX_BYTES : bytes;
    return CLASS[(int) (bytes + (FINE_STEP - 1)) >>> 3];
  }

  static int bytes(int sizeClass) {
    return BYTES[sizeClass];
  }

  /// Log2 of the bytes of the slabs that hold this class.
  static int slabShift(int sizeClass) {
    return BYTES[sizeClass] <= SMALL_MAX_BYTES ? SMALL_SLAB_SHIFT : MEDIUM_SLAB_SHIFT;
  }

  private static int[] sizes() {
    int[] sizes = new int[Byte.MAX_VALUE];
    int count = 0;
    for (int size = FINE_STEP; size <= FINE_MAX_BYTES; size += FINE_STEP) {
      sizes[count++] = size;
    }
    for (int from = FINE_MAX_BYTES; from < MAX_BYTES; from *= 2) {
      int step = from / (from < SMALL_MAX_BYTES ? SMALL_STEPS : MEDIUM_STEPS);
      for (int size = from + step; size <= 2 * from; size += step) {
        sizes[count++] = size;
      }
    }
    return Arrays.copyOf(sizes, count);
  }

  private static byte[] classes() {
    byte[] classes = new byte[MAX_BYTES / FINE_STEP + 1];
    byte sizeClass = 0;
    for (int i = 0; i < classes.length; i++) {
      if (i * FINE_STEP > BYTES[sizeClass]) {
        sizeClass++;
      }
      classes[i] = sizeClass;
    }
    return classes;
  }
}
