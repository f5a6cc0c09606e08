package io.pantala.core.db;

import io.pantala.core.memory.ShardMemory;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.ValueType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The structures of many blocks of one shard by kind ([ValueType]), and what is done with their
/// values in slices: freeing and compaction. Shared by all databases of the shard. Owner: the
/// shard's thread.
public final class BigValues {
  private final @Nullable BigValue[] structures = new BigValue[ValueType.KINDS];
  private final ValueFreeing freeing = new ValueFreeing(this);
  private final ValueCompaction compaction = new ValueCompaction(this);
  private final ShardMemory memory;

  public BigValues(ShardMemory memory) {
    this.memory = memory;
  }

  /// The memory that all values of the shard are in.
  public ShardMemory memory() {
    return memory;
  }

  /// Makes a structure known; before the first value of its kind.
  public void add(int kind, BigValue structure) {
    structures[kind] = structure;
  }

  /// Values that were deleted and are not all freed yet.
  public ValueFreeing freeing() {
    return freeing;
  }

  ValueCompaction compaction() {
    return compaction;
  }

  /// The structure of this kind.
  public BigValue of(int kind) {
    return Objects.requireNonNull(structures[kind]);
  }

  /// Takes over a value that no record holds any more.
  public void free(int kind, long root) {
    compaction.forget(root);
    freeing.add(kind, root);
  }

  /// Bytes of the blocks of a rooted record's value.
  long bytes(long record) {
    return of(RecordLayout.kind(record)).bytes(RecordLayout.root(record));
  }
}
