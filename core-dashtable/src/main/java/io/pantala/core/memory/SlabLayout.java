package io.pantala.core.memory;

/// Layout of a slab's fields, which stand in the header of its chunk; a slab is named by the
/// address of its fields. Owner: the thread of the [ShardMemory].
///
/// ```text
///  0           16        20          24        26         28            30         31        32
///  +-----------+---------+-----------+---------+----------+-------------+----------+---------+
///  | links (16)| free (4)| carved (4)| used (2)| floor (2)| capacity (2)| class (1)| list (1)|
///  +-----------+---------+-----------+---------+----------+-------------+----------+---------+
/// ```
///
/// - `free`: first block of the free list as an offset in the chunk, 0 for none. A free block holds
///   the offset of the next one in its first 4 bytes.
/// - `carved`: offset in the chunk behind the last block that was ever used or put in the free
///   list.
/// - `used`, `capacity`: blocks.
/// - `floor`: when `used` falls below it, the slab belongs in another list.
/// - `list`: where the slab is, see [SlabLists].
final class SlabLayout {
  static final int BYTES = 32;

  private static final int FREE = NodeLists.LINK_BYTES;
  private static final int CARVED = 20;
  private static final int USED = 24;
  private static final int FLOOR = 26;
  private static final int CAPACITY = 28;
  private static final int CLASS = 30;
  private static final int LIST = 31;

  static {
    assert SizeClasses.COUNT <= Byte.MAX_VALUE;
    assert (1 << SizeClasses.SMALL_SLAB_SHIFT) / SizeClasses.bytes(0) <= Short.MAX_VALUE;
  }

  private SlabLayout() {}

  /// The slab of a block, in a chunk with slabs of `1 << shift` bytes.
  static long of(long block, int shift) {
    return ChunkLayout.slab(ChunkLayout.of(block), ChunkLayout.offset(block) >>> shift);
  }

  static void format(long slab, int sizeClass) {
    int shift = SizeClasses.slabShift(sizeClass);
    int index = ChunkLayout.slabIndex(slab);
    int from = index == 0 ? ChunkLayout.HEADER_BYTES : index << shift;
    int room = ((index + 1) << shift) - from;
    Mem.putInt(slab + FREE, 0);
    Mem.putInt(slab + CARVED, from);
    Mem.putInt(slab + USED, 0);
    Mem.putShort(slab + CAPACITY, (short) (room / SizeClasses.bytes(sizeClass)));
    Mem.putByte(slab + CLASS, sizeClass);
    Mem.putByte(slab + LIST, SlabLists.UNLISTED);
  }

  static int free(long slab) {
    return Mem.getInt(slab + FREE);
  }

  static void setFree(long slab, int offset) {
    Mem.putInt(slab + FREE, offset);
  }

  static int carved(long slab) {
    return Mem.getInt(slab + CARVED);
  }

  static void setCarved(long slab, int offset) {
    Mem.putInt(slab + CARVED, offset);
  }

  static int used(long slab) {
    return Mem.getShort(slab + USED);
  }

  static void setUsed(long slab, int blocks) {
    Mem.putShort(slab + USED, (short) blocks);
  }

  static int floor(long slab) {
    return Mem.getShort(slab + FLOOR);
  }

  static void setFloor(long slab, int blocks) {
    Mem.putShort(slab + FLOOR, (short) blocks);
  }

  static int capacity(long slab) {
    return Mem.getShort(slab + CAPACITY);
  }

  static int sizeClass(long slab) {
    return Mem.getByte(slab + CLASS);
  }

  static int list(long slab) {
    return Mem.getByte(slab + LIST);
  }

  static void setList(long slab, int list) {
    Mem.putByte(slab + LIST, list);
  }
}
