package io.pantala.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bench/bin/load`. Exit status: 0, 1 when the run failed or had error or wrong replies, 2 for
/// options that can't be.
@Command(
    name = "load",
    sortOptions = false,
    description = "Loads a Redis or memcached server; the options are memtier_benchmark's.")
public final class LoadCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int BAD_OPTIONS = 2;

  @Mixin private final LoadOptions options = new LoadOptions();

  private final PrintStream out;
  private final PrintStream err;
  private final boolean showProgress;

  LoadCommand(PrintStream out, PrintStream err, boolean showProgress) {
    this.out = out;
    this.err = err;
    this.showProgress = showProgress;
  }

  public static void main(String[] args) {
    boolean terminal = System.getProperty("terminal") != null;
    System.exit(run(new LoadCommand(System.out, System.err, terminal), args));
  }

  /// Parses and runs; returns the exit status.
  static int run(LoadCommand command, String... args) {
    CommandLine line = new CommandLine(command);
    line.setParameterExceptionHandler(
        (e, a) -> {
          command.err.println("load: " + e.getMessage() + " (--help lists the options)");
          return BAD_OPTIONS;
        });
    line.setExecutionExceptionHandler((e, l, r) -> command.report(e));
    return line.execute(args);
  }

  private int report(Exception e) throws Exception {
    err.println("load: " + e.getMessage());
    return switch (e) {
      case BadOption b -> BAD_OPTIONS;
      case IOException io -> FAILED;
      default -> throw e;
    };
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadRun.Result result;
    try (LoadPlan plan = Planner.plan(options)) {
      result = new LoadRun(plan, showProgress ? err : null).run();
    }
    Report report = new Report(result, options.percentiles);
    report.print(out);
    if (!options.hideHistogram) {
      report.printHistogram(out);
    }
    Path json = options.jsonOutFile;
    if (json != null) {
      report.writeJson(json);
    }
    return report.clean() ? 0 : FAILED;
  }
}
