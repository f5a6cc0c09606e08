package io.pantala.core.record;

/// How a record holds a list, set, sorted set, hash or stream.
///
/// The first two are *bytes*: the value is one run of bytes, embedded in the record or in a block
/// of its own just as the bytes of a string are. The others are *rooted* ([RecordLayout#ROOT]): the
/// value is a structure of many blocks, and the record holds the address of its root.
public final class CollectionEncoding {
  /// Bytes: one listpack as Redis defines it.
  public static final int LISTPACK = 0;

  /// Bytes: a sorted array of integers as Redis defines it.
  public static final int INTSET = 1;

  /// Rooted: a chain of listpacks (list).
  public static final int BLOCKS = 2;

  /// Rooted: a hash table (set, hash).
  public static final int TABLE = 3;

  /// Rooted: a tree (sorted set: by score, with a hash table; stream: by ID).
  public static final int TREE = 4;

  private CollectionEncoding() {}
}
