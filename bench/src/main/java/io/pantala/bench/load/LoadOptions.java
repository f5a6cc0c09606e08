package io.pantala.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options as given; the names, defaults and meanings are memtier_benchmark's where it has
/// them. [Planner] checks them.
final class LoadOptions {
  @Option(
      names = {"-s", "--server"},
      paramLabel = "HOST",
      defaultValue = "localhost",
      description = "server address (default: ${DEFAULT-VALUE})")
  String server = "";

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      defaultValue = "6379",
      description = "server port (default: ${DEFAULT-VALUE})")
  int port;

  @Option(
      names = {"-P", "--protocol"},
      paramLabel = "NAME",
      defaultValue = "redis",
      description = "redis, resp3 or memcache_text (default: ${DEFAULT-VALUE})")
  String protocol = "";

  @Option(
      names = {"-a", "--authenticate"},
      paramLabel = "[USER:]PASSWORD",
      description = "credentials for AUTH")
  @Nullable String credentials;

  @Option(names = "--select-db", paramLabel = "N", description = "database number for SELECT")
  int database;

  @Option(
      names = {"-c", "--clients"},
      paramLabel = "N",
      defaultValue = "50",
      description = "connections of each thread (default: ${DEFAULT-VALUE})")
  int clients;

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "N",
      defaultValue = "4",
      description = "threads (default: ${DEFAULT-VALUE})")
  int threads;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      defaultValue = "1",
      description = "requests sent in one write, before the replies (default: ${DEFAULT-VALUE})")
  int pipeline;

  @Option(
      names = {"-n", "--requests"},
      paramLabel = "N|allkeys",
      description = "requests of each connection (default: 10000); allkeys: each key once")
  @Nullable String requests;

  @Option(
      names = "--test-time",
      paramLabel = "SECONDS",
      description = "length of the run, instead of --requests")
  @Nullable Integer testTime;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "run for so long before --test-time begins; what happens then is not counted")
  int warmUp;

  @Option(
      names = "--rate-limiting",
      paramLabel = "N",
      description =
          "requests a second of each connection; latency counts from the planned time of sending")
  @Nullable Integer rate;

  @Option(
      names = {"-d", "--data-size"},
      paramLabel = "BYTES",
      defaultValue = "32",
      description = "bytes of a value (default: ${DEFAULT-VALUE})")
  int dataSize;

  @Option(
      names = {"-R", "--random-data"},
      description = "values differ and can't be compressed (default: all the letter x)")
  boolean randomData;

  @Option(
      names = "--ratio",
      paramLabel = "SETS:GETS",
      description = "how many of each in turn (default: 1:10)")
  @Nullable String ratio;

  @Option(
      names = "--multi-key-get",
      paramLabel = "N",
      defaultValue = "0",
      description = "a get asks for N keys (MGET; memcached: get k1 k2 …)")
  int multiKeyGet;

  @Option(
      names = "--mset",
      paramLabel = "N",
      defaultValue = "0",
      description = "a set is an MSET of N keys")
  int multiKeySet;

  @Option(
      names = "--expiry-range",
      paramLabel = "FROM-TO",
      description = "sets expire after so many seconds (SETEX)")
  @Nullable String expiryRange;

  @Option(
      names = "--key-prefix",
      paramLabel = "TEXT",
      defaultValue = "memtier-",
      description = "what stands before the number in a key (default: ${DEFAULT-VALUE})")
  String keyPrefix = "";

  @Option(
      names = "--key-minimum",
      paramLabel = "N",
      defaultValue = "0",
      description = "least number of a key (default: ${DEFAULT-VALUE})")
  long keyMinimum;

  @Option(
      names = "--key-maximum",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "greatest number of a key (default: ${DEFAULT-VALUE})")
  long keyMaximum;

  @Option(
      names = "--key-width",
      paramLabel = "DIGITS",
      defaultValue = "1",
      description = "digits of a key's number at least, filled up with zeros")
  int keyWidth;

  @Option(
      names = "--key-pattern",
      paramLabel = "SETS:GETS",
      defaultValue = "R:R",
      description =
          "R random, S sequential, P sequential with a part of the range for each connection, "
              + "G gaussian (default: ${DEFAULT-VALUE})")
  String keyPattern = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of all random choices (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = "--distinct-client-seed",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "each connection draws keys of its own (default)")
  boolean distinctClientSeed;

  @ArgGroup(exclusive = false, multiplicity = "0..*")
  List<Arbitrary> commands = new ArrayList<>();

  @Option(
      names = "--print-percentiles",
      paramLabel = "P,…",
      split = ",",
      defaultValue = "50,90,99,99.9",
      description = "latency percentiles to print (default: ${DEFAULT-VALUE})")
  List<Double> percentiles = new ArrayList<>();

  @Option(names = "--hide-histogram", description = "print no histogram of the latency")
  boolean hideHistogram;

  @Option(
      names = "--json-out-file",
      paramLabel = "FILE",
      description = "write the result there as well")
  @Nullable Path jsonOutFile;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  boolean help;

  /// A request of any kind, instead of sets and gets.
  static final class Arbitrary {
    @Option(
        names = "--command",
        required = true,
        paramLabel = "TEXT",
        description = "request to send instead of SET and GET; __key__ and __data__; repeat")
    String text = "";

    @Option(
        names = "--command-ratio",
        paramLabel = "N",
        description = "how many of the --command before it in turn (default: 1)")
    @Nullable Integer ratio;
  }
}
