package io.pantala.core.memory;

/// Layout of a chunk that is cut into slabs: 4 MB at a multiple of 4 MB, so that the chunk of any
/// block is its address with the low bits cleared. Owner: the thread of the [ShardMemory].
///
/// ```text
///  chunk: 64 slabs of 64 KB (small) or 16 of 256 KB (medium); slab 0 is shorter by the header
///
///  0          4096               64 KB            128 KB                                   4 MB
///  +----------+------------------+----------------+-  -  -  -  -  -  -  -+----------------+
///  | header   | slab 0           | slab 1         |                      | slab 63        |
///  +----------+------------------+----------------+-  -  -  -  -  -  -  -+----------------+
///
///  header
///  0           16               24        25            32       64                2112
///  +-----------+----------------+---------+-------------+--------+-----------------+------+
///  | links (16)| free slabs (8) | list (1)| draining (1)|        | 64 x SlabLayout |      |
///  +-----------+----------------+---------+-------------+--------+-----------------+------+
/// ```
///
/// - `free slabs`: bit i is set when slab i is not in use.
/// - `list`: the list of [SlabChunks] that holds the chunk.
/// - `draining`: none of its slabs serves allocations, so that it becomes empty.
final class ChunkLayout {
  static final int BYTES = 4 << 20;
  static final int HEADER_BYTES = 4096;
  static final int MAX_SLABS = BYTES >>> SizeClasses.SMALL_SLAB_SHIFT;

  private static final int FREE_SLABS = NodeLists.LINK_BYTES;
  private static final int LIST = 24;
  private static final int DRAINING = 25;
  private static final int SLABS = 64;

  static {
    assert MAX_SLABS <= Long.SIZE;
    assert SLABS % SlabLayout.BYTES == 0 : "a slab's fields are in one cache line";
    assert SLABS + MAX_SLABS * SlabLayout.BYTES <= HEADER_BYTES;
  }

  private ChunkLayout() {}

  /// The chunk of any address inside it.
  static long of(long address) {
    return address & -BYTES;
  }

  static int offset(long address) {
    return (int) address & (BYTES - 1);
  }

  static void format(long chunk, long freeSlabs) {
    Mem.putLong(chunk + FREE_SLABS, freeSlabs);
    Mem.putLong(chunk + LIST, 0);
  }

  /// Address of the fields of slab `index`.
  static long slab(long chunk, int index) {
    return chunk + SLABS + (long) index * SlabLayout.BYTES;
  }

  static int slabIndex(long slab) {
    return (offset(slab) - SLABS) / SlabLayout.BYTES;
  }

  static long freeSlabs(long chunk) {
    return Mem.getLong(chunk + FREE_SLABS);
  }

  static void setFreeSlabs(long chunk, long bits) {
    Mem.putLong(chunk + FREE_SLABS, bits);
  }

  static int list(long chunk) {
    return Mem.getByte(chunk + LIST);
  }

  static void setList(long chunk, int list) {
    Mem.putByte(chunk + LIST, list);
  }

  static boolean isDraining(long chunk) {
    return Mem.getByte(chunk + DRAINING) != 0;
  }

  static void setDraining(long chunk, boolean draining) {
    Mem.putByte(chunk + DRAINING, draining ? 1 : 0);
  }
}
