package io.pantala.server.shard;

/// Limits of what calls and batches may keep while they wait in a pool.
final class CallLimits {
  /// Bytes of a part's buffer that are kept for the next call.
  static final long KEPT_PART_BYTES = 64 << 10;

  /// Bytes of a batch's request and reply buffers that are kept for the next batch.
  static final long KEPT_BATCH_BYTES = 256 << 10;

  private CallLimits() {}
}
