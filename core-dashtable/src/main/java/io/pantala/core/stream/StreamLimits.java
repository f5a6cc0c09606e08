package io.pantala.core.stream;

/// How large one block of a stream may become, as `stream-node-max-bytes` and
/// `stream-node-max-entries` say it; 0 is no limit.
///
/// @param nodeMaxBytes of a listpack
/// @param nodeMaxEntries of a block, deleted ones included
public record StreamLimits(long nodeMaxBytes, long nodeMaxEntries) {
  public static final StreamLimits DEFAULT = new StreamLimits(4096, 100);

  /// Bytes of fields and values of one entry, and of one listpack.
  public static final int MOST_BYTES = 1 << 30;

  int maxBytes() {
    return nodeMaxBytes <= 0 || nodeMaxBytes > MOST_BYTES ? MOST_BYTES : (int) nodeMaxBytes;
  }

  /// Whether a block with a listpack of `bytes` bytes and that many entries takes one more with
  /// this many bytes of fields and values. The sizes are compared as Redis does it, so that blocks
  /// begin with the same entries, which decides what trimming by whole blocks leaves.
  boolean allows(long bytes, long entries, long added) {
    return bytes + added < maxBytes() && (nodeMaxEntries <= 0 || entries < nodeMaxEntries);
  }
}
