package io.pantala.core.memory;

/// What a block's bytes are for: the accounting of [ShardMemory] is exact for each use.
public enum MemoryUse {
  /// Headers, keys and the values embedded beside them.
  RECORD,
  /// Values in blocks of their own, and the nodes of collections.
  VALUE,
  /// Segments of the Dash table.
  TABLE
}
