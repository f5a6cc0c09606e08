package io.pantala.core.db;

import io.pantala.core.dash.DashTable;
import io.pantala.core.dash.RecordMover;

/// A pass through one database that moves records, and the blocks of large values, out of sparse
/// pages. Owner: the shard's thread.
final class CompactionPass {
  /// In the cursor: values that the pass came by go before its next record.
  private static final long IN_VALUE = 1L << 62;

  private final DashTable table;
  private final BigValues values;
  private final RecordMover compacting;

  CompactionPass(DashTable table, BigValues values, Records records) {
    this.table = table;
    this.values = values;
    this.compacting = records::compact;
  }

  /// See [Database#compactPass].
  long step(long cursor, int work) {
    long at = cursor & ~IN_VALUE;
    if (cursor == at) {
      at = table.relocate(at, work, compacting);
    } else if (values.compaction().isPending()) {
      values.compaction().step(work);
    }
    return values.compaction().isPending() ? at | IN_VALUE : at;
  }
}
