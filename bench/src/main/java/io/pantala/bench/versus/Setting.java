package io.pantala.bench.versus;

/// What all runs of a comparison share.
///
/// @param serverCpu where servers run; negative for anywhere
/// @param generatorCpu where generators run; negative for anywhere
record Setting(
    long keys,
    int valueBytes,
    int connections,
    int warmUpSeconds,
    int serverCpu,
    int generatorCpu) {
  int valueBytesOf(Workload workload) {
    return workload.valueBytes() == 0 ? valueBytes : workload.valueBytes();
  }
}
