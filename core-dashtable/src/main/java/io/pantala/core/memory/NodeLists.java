package io.pantala.core.memory;

/// Doubly linked lists of off-heap nodes; only their heads are on the Java heap. Owner: the thread
/// of the [ShardMemory].
///
/// A node starts with its links, and is in one list at most. 0 ends a list.
///
/// ```text
///  0          8              16
///  +----------+--------------+- - -
///  | next (8) | previous (8) | the node's own fields
///  +----------+--------------+- - -
/// ```
final class NodeLists {
  static final int LINK_BYTES = 16;

  private static final int PREVIOUS = 8;

  private final long[] heads;

  NodeLists(int lists) {
    heads = new long[lists];
  }

  /// The node that was pushed last, or 0.
  long first(int list) {
    return heads[list];
  }

  static long next(long node) {
    return Mem.getLong(node);
  }

  void push(int list, long node) {
    long head = heads[list];
    Mem.putLong(node, head);
    Mem.putLong(node + PREVIOUS, 0);
    if (head != 0) {
      Mem.putLong(head + PREVIOUS, node);
    }
    heads[list] = node;
  }

  void remove(int list, long node) {
    long next = Mem.getLong(node);
    long previous = Mem.getLong(node + PREVIOUS);
    if (next != 0) {
      Mem.putLong(next + PREVIOUS, previous);
    }
    if (previous != 0) {
      Mem.putLong(previous, next);
    } else {
      assert heads[list] == node;
      heads[list] = next;
    }
  }
}
