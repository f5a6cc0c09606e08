package io.pantala.core.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.listpack.ListpackCheck;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.ShardMemory;
import java.util.ArrayList;
import java.util.List;

/// Walks a list of blocks and checks everything that must hold.
final class ListInvariants {
  private ListInvariants() {}

  static void check(ListValue value, long root, List<String> model, ListLimit largest) {
    long count = 0;
    long blocks = 0;
    long bytes = 0;
    long previous = 0;
    for (long block = RootLayout.first(root); block != 0; block = BlockLayout.next(block)) {
      assertThat(BlockLayout.previous(block)).isEqualTo(previous);
      assertThat(BlockLayout.roomBefore(block)).isNotNegative();
      assertThat(BlockLayout.roomBehind(block)).isNotNegative();
      assertThat((long) BlockLayout.capacity(block))
          .isEqualTo(ShardMemory.blockBytes(BlockLayout.capacity(block)));
      checkContent(block, largest);
      count += BlockLayout.count(block);
      blocks++;
      bytes += BlockLayout.capacity(block);
      previous = block;
    }
    assertThat(RootLayout.last(root)).isEqualTo(previous);
    assertThat(RootLayout.blocks(root)).isEqualTo(blocks);
    assertThat(RootLayout.blockBytes(root)).isEqualTo(bytes);
    assertThat(value.bytes(root)).isEqualTo(bytes + RootLayout.BYTES);
    assertThat(ListBlocks.count(root)).isEqualTo(count).isEqualTo(model.size());
    assertThat(forward(root)).isEqualTo(model);
    assertThat(backward(root).reversed()).isEqualTo(model);
  }

  private static void checkContent(long block, ListLimit largest) {
    if (BlockLayout.isPlain(block)) {
      assertThat(BlockLayout.count(block)).isEqualTo(1);
      return;
    }
    long listpack = BlockLayout.content(block);
    assertThat(BlockLayout.count(block)).isPositive();
    assertThat(ListpackCheck.count(listpack, Listpack.bytes(listpack)))
        .isEqualTo(BlockLayout.count(block));
    // A split may put one more element into the half that it moves.
    assertThat(BlockLayout.contentBytes(block)).isLessThanOrEqualTo(largest.maxBytes() * 3 / 2);
  }

  private static List<String> forward(long root) {
    List<String> elements = new ArrayList<>();
    ListCursor cursor = new ListCursor();
    for (boolean is = cursor.seek(root, 0); is; is = cursor.next()) {
      elements.add(text(cursor));
    }
    return elements;
  }

  private static List<String> backward(long root) {
    List<String> elements = new ArrayList<>();
    ListCursor cursor = new ListCursor();
    for (boolean is = cursor.seek(root, -1); is; is = cursor.previous()) {
      elements.add(text(cursor));
    }
    return elements;
  }

  static String text(ListCursor cursor) {
    return cursor.isInteger()
        ? Long.toString(cursor.integer())
        : new String(Mem.toArray(cursor.address(), cursor.length()), ISO_8859_1);
  }
}
