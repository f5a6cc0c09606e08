package io.pantala.bench.versus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Time from exec to the first PONG, and what the idle server then holds.
final class Startup implements Comparison {
  private final Children children;
  private final List<RunningServer.Spec> servers;
  private final int cpu;
  private final int rounds;

  private record Sample(double millis, double cpuMillis, double residentMb) {}

  Startup(Children children, List<RunningServer.Spec> servers, int cpu, int rounds) {
    this.children = children;
    this.servers = servers;
    this.cpu = cpu;
    this.rounds = rounds;
  }

  @Override
  public void run(PrintStream out, ArrayNode json) throws IOException, InterruptedException {
    Map<RunningServer.Spec, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (RunningServer.Spec server : servers) {
        Sample sample = measure(server);
        samples.computeIfAbsent(server, s -> new ArrayList<>()).add(sample);
        json.addObject()
            .put("server", server.name())
            .put("startup_ms", sample.millis)
            .put("cpu_ms", sample.cpuMillis)
            .put("rss_mb", sample.residentMb);
      }
    }
    MarkdownTable table = new MarkdownTable("server", "start ms", "ratio", "CPU ms", "RSS MB");
    Spread base = millis(samples.getOrDefault(servers.getLast(), List.of()));
    samples.forEach(
        (server, list) ->
            table.add(
                server.name(),
                millis(list).text(1),
                millis(list).ratioTo(base),
                Spread.of(list.stream().mapToDouble(Sample::cpuMillis)).text(0),
                Spread.of(list.stream().mapToDouble(Sample::residentMb)).text(1)));
    table.print(out);
  }

  private Sample measure(RunningServer.Spec spec) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(children, spec, cpu)) {
      return new Sample(
          server.startupSeconds() * 1000, server.cpuSeconds() * 1000, server.residentBytes() / 1e6);
    }
  }

  private static Spread millis(List<Sample> samples) {
    return Spread.of(samples.stream().mapToDouble(Sample::millis));
  }
}
