package io.pantala.bench.versus;

/// What all runs of a comparison share.
///
/// @param rate requests a second of all connections together, 0 for as many as they can
/// @param serverCpu where servers run; negative for anywhere
/// @param generatorCpu where generators run; negative for anywhere
record Setting(
    long keys,
    int valueBytes,
    int connections,
    int warmUpSeconds,
    int rate,
    int serverCpu,
    int generatorCpu) {
  int valueBytesOf(Workload workload) {
    return workload.valueBytes() == 0 ? valueBytes : workload.valueBytes();
  }
}
