package io.pantala.bench.versus;

import java.util.List;

/// One kind of work for a server.
///
/// @param load arguments for `bench/bin/load`
/// @param redisBenchmark command for redis-benchmark with `{data}` for a value; empty: not with it
/// @param filled whether the keys exist before
/// @param valueBytes size of the values; 0 for the size that was asked for
/// @param memcached whether it speaks memcached's protocol: then the keys are filled in by that,
///   too
record Workload(
    String name,
    String about,
    List<String> load,
    List<String> redisBenchmark,
    int pipeline,
    boolean filled,
    int valueBytes,
    boolean memcached) {

  /// In Redis's protocol.
  Workload(
      String name,
      String about,
      List<String> load,
      List<String> redisBenchmark,
      int pipeline,
      boolean filled,
      int valueBytes) {
    this(name, about, load, redisBenchmark, pipeline, filled, valueBytes, false);
  }
}
