package io.pantala.core.list;

/// The blocks of a list as DUMP and RDB files have them, one node each: static functions over their
/// addresses, which are good until the list changes. Owner: the shard's thread.
public final class ListNodes {
  private ListNodes() {}

  /// Number of blocks of the list with this root.
  public static long count(long root) {
    return RootLayout.blocks(root);
  }

  /// The first block, or 0.
  public static long first(long root) {
    return RootLayout.first(root);
  }

  /// The block behind this one, or 0.
  public static long next(long node) {
    return BlockLayout.next(node);
  }

  /// Whether it holds one large element instead of a listpack.
  public static boolean isPlain(long node) {
    return BlockLayout.isPlain(node);
  }

  /// Address of the listpack, or of the element's bytes.
  public static long address(long node) {
    return BlockLayout.content(node);
  }

  public static int bytes(long node) {
    return BlockLayout.contentBytes(node);
  }
}
