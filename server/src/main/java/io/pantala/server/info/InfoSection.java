package io.pantala.server.info;

import io.pantala.server.shard.ShardThreads;

/// One section of INFO.
///
/// @param name as INFO takes it, in lower case
/// @param isDefault whether INFO without arguments has it
/// @param writer writes title and fields
record InfoSection(String name, boolean isDefault, Writer writer) {
  /// Any thread.
  interface Writer {
    void write(ShardThreads shards, InfoText text);
  }

  static InfoSection byDefault(String name, Writer writer) {
    return new InfoSection(name, true, writer);
  }

  static InfoSection onRequest(String name, Writer writer) {
    return new InfoSection(name, false, writer);
  }
}
