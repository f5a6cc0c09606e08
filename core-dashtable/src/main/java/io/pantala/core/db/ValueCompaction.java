package io.pantala.core.db;

import io.pantala.core.record.RecordLayout;
import java.util.Arrays;

/// The values of many blocks that a pass of compaction came by: a few of their blocks are moved at
/// once, the rest in slices between other work. Owner: the shard's thread.
final class ValueCompaction {
  /// Blocks that are looked at when the pass comes by.
  private static final int AT_ONCE_BLOCKS = 16;

  private static final int FIRST_CAPACITY = 16;

  private final BigValues values;

  /// Roots and kinds of the values that are not done; as many as one slice of the pass visits.
  private long[] roots = new long[FIRST_CAPACITY];

  private int[] kinds = new int[FIRST_CAPACITY];
  private int count;

  /// Where the last of them goes on.
  private long cursor;

  ValueCompaction(BigValues values) {
    this.values = values;
  }

  boolean isPending() {
    return count > 0;
  }

  /// Moves the root and the first blocks of a record's value.
  void begin(long record) {
    int kind = RecordLayout.kind(record);
    BigValue structure = values.of(kind);
    forget(RecordLayout.root(record));
    long root = structure.compactRoot(RecordLayout.root(record));
    RecordLayout.setRoot(record, root);
    if (structure.compactSlice(root, 0, AT_ONCE_BLOCKS) != 0) {
      push(kind, root);
    }
  }

  private void push(int kind, long root) {
    if (count == roots.length) {
      roots = Arrays.copyOf(roots, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
    }
    roots[count] = root;
    kinds[count++] = kind;
    cursor = 0;
  }

  /// Goes on with one value; only while [#isPending].
  void step(int blocks) {
    int last = count - 1;
    cursor = values.of(kinds[last]).compactSlice(roots[last], cursor, blocks);
    if (cursor == 0) {
      count = last;
    }
  }

  /// The value with this root goes.
  void forget(long root) {
    for (int i = count - 1; i >= 0; i--) {
      if (roots[i] == root) {
        count--;
        roots[i] = roots[count];
        kinds[i] = kinds[count];
        cursor = 0;
      }
    }
  }
}
