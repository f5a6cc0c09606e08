package io.pantala.bench.versus;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `bench/bin/versus` as given.
final class VersusOptions {
  @Option(
      names = "--ours",
      paramLabel = "COMMAND",
      description = "our server (default: server/bin/pantala --port {port})")
  @Nullable String ours;

  @Option(
      names = "--peer",
      paramLabel = "COMMAND",
      defaultValue =
          "redis-server --port {port} --dir {dir} --save \"\" --appendonly no"
              + " --bind 127.0.0.1 --protected-mode no",
      description = "the server to compare with (default: ${DEFAULT-VALUE})")
  String peer = "";

  @Option(names = "--peer-name", defaultValue = "redis", description = "its name in the table")
  String peerName = "";

  @Option(names = "--memory", description = "measure bytes for each key instead of speed")
  boolean memory;

  @Option(names = "--startup", description = "measure the time to the first PONG instead of speed")
  boolean startup;

  @Option(
      names = "--workloads",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "set-p1,get-p1,set-p30,get-p30,mget10,mset10,incr-p1,mixed",
      description = "of the list below (default: ${DEFAULT-VALUE})")
  List<String> workloads = List.of();

  @Option(
      names = "--generator",
      paramLabel = "NAME",
      defaultValue = "load",
      description = "load, redis-benchmark or both (default: ${DEFAULT-VALUE})")
  String generator = "";

  @Option(
      names = "--pin",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "server on CPU 0, generator on CPU 1 (default); --no-pin: anywhere")
  boolean pin;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "500000",
      description = "number of keys (default: ${DEFAULT-VALUE})")
  long keys;

  @Option(
      names = "--value-size",
      split = ",",
      paramLabel = "BYTES",
      defaultValue = "256",
      description = "bytes of a value; several with --memory (default: ${DEFAULT-VALUE})")
  List<Integer> valueSizes = List.of();

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "40",
      description = "(default: ${DEFAULT-VALUE})")
  int connections;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "8",
      description = "length of a run (default: ${DEFAULT-VALUE})")
  int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "before each run, not measured (default: ${DEFAULT-VALUE})")
  int warmUp;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "requests a second, the same for both servers, to compare latencies; load only"
              + " (default: as many as possible)")
  int rate;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "median over so many (default: ${DEFAULT-VALUE})")
  int rounds;

  @Option(names = "--json", paramLabel = "FILE", description = "write every measurement there")
  @Nullable Path json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;
}
