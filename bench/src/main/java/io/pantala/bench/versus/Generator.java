package io.pantala.bench.versus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the load for one server, in a process of its own.
sealed interface Generator {
  /// Time for a generator to start, to end, and to be slow.
  long SLACK_SECONDS = 60;

  /// One run as the generator saw it; latencies in milliseconds.
  ///
  /// @param seconds under load
  /// @param cpuSeconds of the generator under load
  /// @param wholeCpuSeconds of the generator from its start to its end
  /// @param wallSeconds from its start to its end
  /// @param leadSeconds under the same load before the run is counted
  record Run(
      long requests,
      double seconds,
      double p50,
      double p99,
      double p999,
      double max,
      double cpuSeconds,
      double wholeCpuSeconds,
      double wallSeconds,
      double leadSeconds) {
    double opsPerSecond() {
      return requests / seconds;
    }
  }

  String name();

  boolean can(Workload workload);

  /// Makes the keys that [Workload#filled] ones read.
  void fill(RunningServer server) throws IOException, InterruptedException;

  /// Lets server and generator settle for a workload; returns the requests a second.
  double warmUp(RunningServer server, Workload workload) throws IOException, InterruptedException;

  /// Loads for `seconds`.
  ///
  /// @param rate what [#warmUp] returned
  Run run(RunningServer server, Workload workload, int seconds, double rate)
      throws IOException, InterruptedException;

  /// `bench/bin/load`, started from this program's own class path.
  record Load(Children children, Setting setting) implements Generator {
    private static final String PREFIX = "key:";
    private static final int FILL_CLIENTS = 10;
    private static final int FILL_PIPELINE = 100;
    private static final long FILL_TIMEOUT_SECONDS = 600;

    /// Until the generator has compiled itself and works off what it could not send in time.
    private static final int LEAD_SECONDS = 4;

    @Override
    public String name() {
      return "load";
    }

    @Override
    public boolean can(Workload workload) {
      return true;
    }

    @Override
    public void fill(RunningServer server) throws IOException, InterruptedException {
      fill(server, setting.keys(), setting.valueBytes(), 1);
    }

    /// Sets `keys` keys, each once; with `width` digits at least.
    void fill(RunningServer server, long keys, int valueBytes, int width)
        throws IOException, InterruptedException {
      List<String> command = command(server);
      if (server.isMemcached()) {
        command.addAll(Workloads.MEMCACHE_TEXT);
      }
      command.addAll(List.of("-t", "1", "-c", "" + FILL_CLIENTS, "--pipeline", "" + FILL_PIPELINE));
      command.addAll(List.of("--ratio", "1:0", "-n", "allkeys", "--key-pattern", "P:P"));
      command.addAll(List.of("--key-prefix", PREFIX, "--key-width", "" + width));
      command.addAll(List.of("--key-maximum", "" + (keys - 1), "-d", "" + valueBytes));
      Path output = server.directory().resolve("fill.out");
      Process process = children.start(command, setting.generatorCpu(), Path.of("."), output);
      children.finish(process, output, FILL_TIMEOUT_SECONDS);
    }

    private List<String> command(RunningServer server) {
      String home = System.getProperty("java.home", "");
      return new ArrayList<>(
          List.of(
              home + "/bin/java",
              "--enable-native-access=ALL-UNNAMED",
              "-XX:+UseSerialGC",
              "-Xmx256m",
              "-XX:-UsePerfData",
              "-Dlogback.configurationFile=bench-logback.xml",
              "-cp",
              System.getProperty("java.class.path", ""),
              "io.pantala.bench.load.LoadCommand",
              "-s",
              "127.0.0.1",
              "-p",
              "" + server.port(),
              "--hide-histogram"));
    }

    @Override
    public double warmUp(RunningServer server, Workload workload)
        throws IOException, InterruptedException {
      int seconds = setting.warmUpSeconds();
      return seconds == 0 ? 0 : run(server, workload, seconds, 0).opsPerSecond();
    }

    @Override
    public Run run(RunningServer server, Workload workload, int seconds, double rate)
        throws IOException, InterruptedException {
      return run(server, workload, seconds, setting.rate() / setting.connections());
    }

    /// @param rate requests a second of each connection, 0 for as many as possible
    private Run run(RunningServer server, Workload workload, int seconds, int rate)
        throws IOException, InterruptedException {
      Path json = server.directory().resolve("load.json");
      List<String> command = command(server);
      command.addAll(List.of("-t", "1", "-c", "" + setting.connections()));
      command.addAll(List.of("--test-time", "" + seconds, "--pipeline", "" + workload.pipeline()));
      command.addAll(List.of("-d", "" + setting.valueBytesOf(workload)));
      command.addAll(List.of("--key-prefix", PREFIX, "--key-maximum", "" + (setting.keys() - 1)));
      command.addAll(List.of("--json-out-file", json.toString()));
      int lead = rate == 0 ? 0 : LEAD_SECONDS;
      if (rate != 0) {
        command.addAll(List.of("--rate-limiting", "" + rate, "--warm-up", "" + lead));
      }
      replacePrefix(command, workload.load());
      Path output = server.directory().resolve("load.out");
      Process process = children.start(command, setting.generatorCpu(), Path.of("."), output);
      Children.Finished finished = children.finish(process, output, seconds + SLACK_SECONDS);
      JsonNode totals = new ObjectMapper().readTree(json.toFile()).at("/ALL STATS/Totals");
      JsonNode latency = totals.get("Percentile Latencies");
      return new Run(
          totals.get("Count").asLong(),
          totals.get("Seconds").asDouble(),
          latency.get("p50.00").asDouble(),
          latency.get("p99.00").asDouble(),
          latency.get("p99.90").asDouble(),
          totals.get("Max Latency").asDouble(),
          totals.get("CPU Seconds").asDouble(),
          finished.cpuSeconds(),
          finished.seconds(),
          lead);
    }
  }

  /// redis-benchmark. It runs for a number of requests, not for a time, so a short run comes first.
  record RedisBenchmark(Children children, Setting setting, Load filler) implements Generator {
    private static final long TRIAL_REQUESTS = 20_000;
    private static final int KEY_DIGITS = 12;
    private static final Pattern RATE = Pattern.compile("throughput summary: ([\\d.]+)");
    private static final Pattern SHARE =
        Pattern.compile("([\\d.]+)% <= ([\\d.]+) milliseconds \\(cumulative");

    @Override
    public String name() {
      return "redis-benchmark";
    }

    @Override
    public boolean can(Workload workload) {
      return !workload.redisBenchmark().isEmpty();
    }

    @Override
    public void fill(RunningServer server) throws IOException, InterruptedException {
      filler.fill(server, setting.keys(), setting.valueBytes(), KEY_DIGITS);
    }

    @Override
    public double warmUp(RunningServer server, Workload workload)
        throws IOException, InterruptedException {
      double rate = once(server, workload, TRIAL_REQUESTS, 1).opsPerSecond();
      long requests = (long) Math.max(TRIAL_REQUESTS, rate * setting.warmUpSeconds());
      return once(server, workload, requests, setting.warmUpSeconds()).opsPerSecond();
    }

    @Override
    public Run run(RunningServer server, Workload workload, int seconds, double rate)
        throws IOException, InterruptedException {
      return once(server, workload, Math.max(TRIAL_REQUESTS, (long) (rate * seconds)), seconds);
    }

    private Run once(RunningServer server, Workload workload, long requests, int seconds)
        throws IOException, InterruptedException {
      List<String> command = new ArrayList<>(List.of("redis-benchmark", "-h", "127.0.0.1"));
      command.addAll(List.of("-p", "" + server.port(), "-c", "" + setting.connections()));
      command.addAll(List.of("-r", "" + setting.keys(), "-P", "" + workload.pipeline()));
      command.addAll(List.of("-n", "" + requests));
      String value = "x".repeat(setting.valueBytesOf(workload));
      workload.redisBenchmark().forEach(word -> command.add(word.replace("{data}", value)));
      Path output = server.directory().resolve("redis-benchmark.out");
      Process process = children.start(command, setting.generatorCpu(), Path.of("."), output);
      long timeout = seconds * 6L + SLACK_SECONDS;
      Children.Finished finished = children.finish(process, output, timeout);
      return parse(Files.readString(output), requests, finished);
    }

    /// Reads redis-benchmark's report.
    static Run parse(String text, long requests, Children.Finished finished) throws IOException {
      Matcher rate = RATE.matcher(text);
      int summary = text.indexOf("latency summary");
      if (!rate.find() || summary < 0) {
        throw new IOException("redis-benchmark printed no summary");
      }
      // avg min p50 p95 p99 max, under two lines of headings
      String[] ms =
          text.substring(summary).lines().skip(2).findFirst().orElse("").trim().split(" +", -1);
      double p999 = 0;
      Matcher share = SHARE.matcher(text);
      while (p999 == 0 && share.find()) {
        p999 = Double.parseDouble(share.group(1)) >= 99.9 ? Double.parseDouble(share.group(2)) : 0;
      }
      return new Run(
          requests,
          requests / Double.parseDouble(rate.group(1)),
          Double.parseDouble(ms[2]),
          Double.parseDouble(ms[4]),
          p999,
          Double.parseDouble(ms[5]),
          finished.cpuSeconds(),
          finished.cpuSeconds(),
          finished.seconds(),
          0);
    }
  }

  /// Appends a workload's arguments; a prefix in them takes the place of the one before.
  private static void replacePrefix(List<String> command, List<String> more) {
    if (more.contains("--key-prefix")) {
      int at = command.indexOf("--key-prefix");
      command.subList(at, at + 2).clear();
    }
    command.addAll(more);
  }
}
