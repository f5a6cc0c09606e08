package io.pantala.bench.versus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pantala.bench.load.BadOption;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bench/bin/versus`. Exit status: 0, 1 when a run failed, 2 for options that can't be.
@Command(
    name = "versus",
    sortOptions = false,
    description = "Measures two servers side by side, in turns; prints a Markdown table.")
public final class VersusCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int BAD_OPTIONS = 2;
  private static final int SERVER_CPU = 0;
  private static final int GENERATOR_CPU = 1;
  private static final int ANY_CPU = -1;

  @Mixin private final VersusOptions options = new VersusOptions();

  private final PrintStream out;
  private final PrintStream err;
  private final Children children = new Children();

  VersusCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    System.exit(run(new VersusCommand(System.out, System.err), args));
  }

  /// Parses and runs; returns the exit status.
  static int run(VersusCommand command, String... args) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().usageMessage().footer(workloadList());
    line.setParameterExceptionHandler(
        (e, a) -> {
          command.err.println("versus: " + e.getMessage() + " (--help lists the options)");
          return BAD_OPTIONS;
        });
    line.setExecutionExceptionHandler((e, l, r) -> command.report(e));
    return line.execute(args);
  }

  private static String[] workloadList() {
    List<String> lines = new ArrayList<>(List.of("", "Workloads:"));
    Workloads.byName().values().forEach(w -> lines.add("  " + w.name() + ": " + w.about()));
    return lines.toArray(String[]::new);
  }

  private int report(Exception e) throws Exception {
    err.println("versus: " + e.getMessage());
    return switch (e) {
      case BadOption b -> BAD_OPTIONS;
      case IOException io -> FAILED;
      default -> throw e;
    };
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    List<RunningServer.Spec> servers =
        List.of(
            new RunningServer.Spec("ours", ours(), isMemcached()),
            new RunningServer.Spec(options.peerName, options.peer, isMemcached()));
    Comparison comparison = comparison(servers);
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    String header = header(servers);
    out.println(header);
    out.println();
    comparison.run(out, root.put("header", header).putArray("measurements"));
    if (options.json != null) {
      Files.writeString(
          options.json, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    }
    return 0;
  }

  private void check() {
    positive("--keys", options.keys);
    positive("--connections", options.connections);
    positive("--seconds", options.seconds);
    positive("--rounds", options.rounds);
    options.valueSizes.forEach(size -> positive("--value-size", size));
    if (options.warmUp < 0) {
      throw new BadOption("--warm-up", options.warmUp + " is below 0");
    }
    if (options.rate != 0 && !options.generator.equals("load")) {
      throw new BadOption("--rate", "only with --generator load");
    }
    if (options.rate != 0 && options.rate < options.connections) {
      throw new BadOption("--rate", "below one request a second of each connection");
    }
    if (options.memory && options.startup) {
      throw new BadOption("--memory", "not together with --startup");
    }
    if (options.valueSizes.size() > 1 && !options.memory) {
      throw new BadOption("--value-size", "several sizes only with --memory");
    }
    boolean some = workloads().stream().anyMatch(Workload::memcached);
    if (some && !isMemcached()) {
      throw new BadOption("--workloads", "those of memcached only among themselves");
    }
    if (options.pin && Runtime.getRuntime().availableProcessors() < 2) {
      throw new BadOption("--pin", "needs two CPUs; use --no-pin");
    }
  }

  private static void positive(String option, long value) {
    if (value < 1) {
      throw new BadOption(option, value + " is below 1");
    }
  }

  private String ours() {
    if (options.ours != null) {
      return options.ours;
    }
    Path script = Path.of(System.getProperty("bench.root", "."), "server/bin/pantala");
    if (!Files.isExecutable(script)) {
      throw new BadOption("--ours", "there is no " + script + "; give a command");
    }
    return script.toAbsolutePath()
        + (isMemcached() ? " --port 0 --memcached_port {port}" : " --port {port}");
  }

  /// Whether the workloads speak memcached's protocol: a server is asked in one of the two.
  private boolean isMemcached() {
    List<Workload> workloads = workloads();
    return !options.memory
        && !options.startup
        && !workloads.isEmpty()
        && workloads.stream().allMatch(Workload::memcached);
  }

  private Setting setting() {
    return new Setting(
        options.keys,
        options.valueSizes.getFirst(),
        options.connections,
        options.warmUp,
        options.rate,
        options.pin ? SERVER_CPU : ANY_CPU,
        options.pin ? GENERATOR_CPU : ANY_CPU);
  }

  private Comparison comparison(List<RunningServer.Spec> servers) {
    Setting setting = setting();
    if (options.startup) {
      return new Startup(children, servers, setting.serverCpu(), options.rounds);
    }
    Generator.Load load = new Generator.Load(children, setting);
    if (options.memory) {
      var plan = new Footprint.Plan(setting, options.valueSizes, options.rounds);
      return new Footprint(children, servers, load, plan);
    }
    var plan = new Throughput.Plan(setting, workloads(), options.seconds, options.rounds);
    return new Throughput(children, servers, generators(load, setting), plan);
  }

  private List<Workload> workloads() {
    List<Workload> chosen = new ArrayList<>();
    for (String name : options.workloads) {
      Workload workload = Workloads.byName().get(name);
      if (workload == null) {
        throw new BadOption("--workloads", "'" + name + "' is none; --help lists them");
      }
      chosen.add(workload);
    }
    return chosen;
  }

  private List<Generator> generators(Generator.Load load, Setting setting) {
    Generator redisBenchmark = new Generator.RedisBenchmark(children, setting, load);
    return switch (options.generator) {
      case "load" -> List.of(load);
      case "redis-benchmark" -> List.of(redisBenchmark);
      case "both" -> List.of(load, redisBenchmark);
      default ->
          throw new BadOption(
              "--generator", "'" + options.generator + "' is not load, redis-benchmark, both");
    };
  }

  /// Machine, versions and setting: what a figure means without them nobody knows.
  private String header(List<RunningServer.Spec> servers) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s; %d CPUs of %s; %.0f GB; Linux %s; Java %s"
            .formatted(
                LocalDate.now(ZoneId.systemDefault()),
                Runtime.getRuntime().availableProcessors(),
                Proc.cpuModel(),
                Proc.memoryBytes() / 1e9,
                System.getProperty("os.version"),
                Runtime.version()));
    for (RunningServer.Spec spec : servers) {
      try (RunningServer server = RunningServer.start(children, spec, ANY_CPU)) {
        text.append("\n%s: %s (%s)".formatted(spec.name(), server.version(), spec.command()));
      }
    }
    text.append(
        "\n%d keys; %s B values; %d connections%s; %s; %d rounds x %d s; median [least–most]"
            .formatted(
                options.keys,
                options.valueSizes,
                options.connections,
                options.rate == 0 ? "" : " at %d requests a second".formatted(options.rate),
                options.pin ? "server on CPU 0, generator on CPU 1" : "not pinned",
                options.rounds,
                options.seconds));
    return text.toString();
  }
}
