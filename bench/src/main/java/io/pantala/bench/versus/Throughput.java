package io.pantala.bench.versus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Speed under load: the workloads for each server in turn, round after round. A server lives for
/// one round of one generator, so no round starts from what the one before has left.
final class Throughput implements Comparison {
  /// Rows with more CPU of others than this percentage of one CPU are marked.
  private static final double NOISE_PERCENT = 10;

  private final Children children;
  private final List<RunningServer.Spec> servers;
  private final List<Generator> generators;
  private final Plan plan;
  private final Map<Key, List<Sample>> samples = new LinkedHashMap<>();

  /// What to run, and how often.
  record Plan(Setting setting, List<Workload> workloads, int seconds, int rounds) {}

  private record Key(Generator generator, Workload workload, RunningServer.Spec server) {}

  private record Sample(
      Generator.Run run, double serverCpuSeconds, double otherPercent, long residentBytes) {
    double serverMicros() {
      return serverCpuSeconds / run.requests() * 1e6;
    }

    double generatorMicros() {
      return run.cpuSeconds() / run.requests() * 1e6;
    }

    double serverPercent() {
      return 100 * serverCpuSeconds / run.seconds();
    }

    double generatorPercent() {
      return 100 * run.cpuSeconds() / run.seconds();
    }
  }

  /// @param servers the last one is what the others are compared with
  Throughput(
      Children children, List<RunningServer.Spec> servers, List<Generator> generators, Plan plan) {
    this.children = children;
    this.servers = servers;
    this.generators = generators;
    this.plan = plan;
  }

  @Override
  public void run(PrintStream out, ArrayNode json) throws IOException, InterruptedException {
    for (int round = 1; round <= plan.rounds; round++) {
      for (Generator generator : generators) {
        for (RunningServer.Spec server : servers) {
          System.err.printf("round %d, %s, %s%n", round, generator.name(), server.name());
          turn(generator, server, json);
        }
      }
    }
    print(out);
  }

  private void turn(Generator generator, RunningServer.Spec spec, ArrayNode json)
      throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(children, spec, plan.setting.serverCpu())) {
      boolean filled = false;
      for (Workload workload : plan.workloads) {
        if (!generator.can(workload)) {
          continue;
        }
        if (workload.filled() && !filled) {
          generator.fill(server);
          filled = true;
        }
        Key key = new Key(generator, workload, spec);
        Sample sample = measure(generator, server, workload);
        samples.computeIfAbsent(key, k -> new ArrayList<>()).add(sample);
        write(key, sample, json.addObject());
      }
    }
  }

  /// What the machine does beside this program, its server and its generator is noise.
  private Sample measure(Generator generator, RunningServer server, Workload workload)
      throws IOException, InterruptedException {
    double rate = generator.warmUp(server, workload);
    Proc.Machine machine = Proc.machine();
    double cpu = server.cpuSeconds();
    double own = Proc.cpuSeconds(ProcessHandle.current());
    Generator.Run run = generator.run(server, workload, plan.seconds, rate);
    double counted = run.seconds() / (run.seconds() + run.leadSeconds());
    double used = (server.cpuSeconds() - cpu) * counted;
    double ours = Proc.cpuSeconds(ProcessHandle.current()) - own;
    double other = Proc.machine().usedSince(machine) - ours;
    double percent = Math.max(0, 100 * other / run.wallSeconds());
    return new Sample(run, used, percent, server.residentBytes());
  }

  private static void write(Key key, Sample sample, ObjectNode to) {
    Generator.Run run = sample.run;
    to.put("generator", key.generator.name());
    to.put("workload", key.workload.name());
    to.put("server", key.server.name());
    to.put("requests", run.requests());
    to.put("ops_per_second", run.opsPerSecond());
    to.put("p50_ms", run.p50());
    to.put("p99_ms", run.p99());
    to.put("p999_ms", run.p999());
    to.put("max_ms", run.max());
    to.put("server_cpu_us_per_op", sample.serverMicros());
    to.put("generator_cpu_us_per_op", sample.generatorMicros());
    to.put("server_cpu_percent", sample.serverPercent());
    to.put("generator_cpu_percent", sample.generatorPercent());
    to.put("other_cpu_percent", sample.otherPercent);
    to.put("rss_bytes", sample.residentBytes);
  }

  private void print(PrintStream out) {
    MarkdownTable table =
        new MarkdownTable(
            "workload",
            "generator",
            "server",
            "kops/s",
            "ratio",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "CPU µs/op",
            "CPU ratio",
            "gen µs/op",
            "srv%/gen%",
            "RSS MB",
            "other%");
    RunningServer.Spec base = servers.getLast();
    for (Workload workload : plan.workloads) {
      for (Generator generator : generators) {
        for (RunningServer.Spec server : servers) {
          List<Sample> mine = samples.get(new Key(generator, workload, server));
          List<Sample> peer = samples.get(new Key(generator, workload, base));
          if (mine != null && peer != null) {
            table.add(row(workload, generator, server, mine, peer));
          }
        }
      }
    }
    table.print(out);
  }

  private static String[] row(
      Workload workload,
      Generator generator,
      RunningServer.Spec server,
      List<Sample> mine,
      List<Sample> peer) {
    Spread ops = spread(mine, s -> s.run.opsPerSecond() / 1000);
    Spread cpu = spread(mine, Sample::serverMicros);
    double other = spread(mine, Sample::otherPercent).most();
    return new String[] {
      workload.name(),
      generator.name(),
      server.name(),
      ops.text(1),
      ops.ratioTo(spread(peer, s -> s.run.opsPerSecond() / 1000)),
      spread(mine, s -> s.run.p50()).text(3),
      spread(mine, s -> s.run.p99()).text(3),
      spread(mine, s -> s.run.p999()).text(3),
      spread(mine, s -> s.run.max()).text(2),
      cpu.text(2),
      cpu.ratioTo(spread(peer, Sample::serverMicros)),
      spread(mine, Sample::generatorMicros).text(2),
      Spread.number(spread(mine, Sample::serverPercent).median(), 0)
          + "/"
          + Spread.number(spread(mine, Sample::generatorPercent).median(), 0),
      Spread.number(spread(mine, s -> s.residentBytes / 1e6).median(), 0),
      Spread.number(other, 0) + (other > NOISE_PERCENT ? " !" : "")
    };
  }

  private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> measure) {
    return Spread.of(samples.stream().mapToDouble(measure));
  }
}
