package io.pantala.txn;

/// What a transaction does after a hop.
public enum HopDecision {
  /// One more hop, which is not the last.
  NEXT_HOP,
  /// One more hop, and each shard releases the claims right after it.
  LAST_HOP,
  /// No more hop: release the claims.
  CONCLUDE
}
