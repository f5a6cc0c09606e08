package io.pantala.core.db;

import io.pantala.core.memory.NativeBuffer;

/// One kind of structure of many blocks that can be the value of a record: what the database does
/// with it without knowing what is in it. One instance serves all values of its kind on a shard,
/// each given by the address of its root. Owner: the shard's thread.
///
/// Conventions of every structure:
/// - Its blocks are of the use `VALUE`, and all are reached from the root.
/// - A record is the only one that points to the root. It keeps its address for the value's life,
///   but for [#compactRoot].
/// - The first 8 bytes of the root block hold nothing that [#freeSlice] needs (a count of elements,
///   say): a value that is being freed has a link there.
public interface BigValue {
  /// Frees about `blocks` blocks of a value that nobody sees any more; false while something is
  /// left. The root itself goes last and does not move; its first 8 bytes are left alone. It never
  /// allocates.
  boolean freeSlice(long root, int blocks);

  /// Bytes of all its blocks, as the allocator counts them; without walking it.
  long bytes(long root);

  /// Moves the root block out of a sparse page; returns the root's address.
  ///
  /// @throws io.pantala.core.memory.MemoryExhausted with the value as it was
  long compactRoot(long root);

  /// Moves blocks that lie in sparse pages, looking at about `blocks` of them, going on from a
  /// cursor that 0 starts; returns the cursor of the next slice or 0 at the end. The value may
  /// change between slices; what is missed then is moved by another round.
  ///
  /// @throws io.pantala.core.memory.MemoryExhausted with the value as it was
  long compactSlice(long root, long cursor, int blocks);

  /// A copy in the same memory; returns its root.
  ///
  /// @throws io.pantala.core.memory.MemoryExhausted with nothing left allocated
  long copy(long root);

  /// Appends the value's *image* to a buffer: bytes without addresses, for another shard.
  ///
  /// @throws io.pantala.core.memory.MemoryExhausted with the value as it was
  void writeImage(long root, NativeBuffer out);

  /// Makes a value of an image; returns its root.
  ///
  /// @throws io.pantala.core.memory.MemoryExhausted with nothing left allocated
  long ofImage(long image, long bytes);
}
