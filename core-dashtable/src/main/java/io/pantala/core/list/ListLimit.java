package io.pantala.core.list;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackElement;

/// How large one listpack of a list may become, as `list-max-listpack-size` says it. An element
/// that exceeds the bytes alone gets a block of its own.
///
/// @param maxBytes of a listpack, in a block with its header
/// @param maxEntries of a listpack
public record ListLimit(int maxBytes, int maxEntries) {
  /// Where the number of entries is limited, bytes are limited to this.
  private static final int SAFE_BYTES = 8 << 10;

  private static final int SMALLEST_BYTES = 4 << 10;

  private static final int LARGEST_STEP = 5;

  private static final int MOST_ENTRIES = 32_767;

  /// -1 .. -5: 4, 8, 16, 32, 64 KB; positive: so many entries. Values beyond count as the nearest
  /// one, as Redis does it; 0 is one entry.
  public static ListLimit of(int listMaxListpackSize) {
    if (listMaxListpackSize >= 0) {
      return new ListLimit(
          SAFE_BYTES - BlockLayout.HEADER_BYTES, Math.clamp(listMaxListpackSize, 1, MOST_ENTRIES));
    }
    int step = Math.min(-(listMaxListpackSize + 1), LARGEST_STEP - 1);
    return new ListLimit((SMALLEST_BYTES << step) - BlockLayout.HEADER_BYTES, Integer.MAX_VALUE);
  }

  /// Whether an element is too large for a listpack.
  boolean isLarge(ListpackElement element) {
    return Listpack.EMPTY_BYTES + element.bytes() > maxBytes;
  }

  /// Whether an element may go into the listpack of this block.
  boolean hasRoomFor(long block, ListpackElement element) {
    return !BlockLayout.isPlain(block)
        && allows(
            BlockLayout.contentBytes(block) + (long) element.bytes(), BlockLayout.count(block) + 1);
  }

  /// Whether a listpack may have this size.
  public boolean allows(long bytes, int entries) {
    return bytes <= maxBytes && entries <= maxEntries;
  }
}
