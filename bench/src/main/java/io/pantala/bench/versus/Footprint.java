package io.pantala.bench.versus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Memory for each key beyond its own bytes and its value's: resident memory after a fill less that
/// of the empty server, and what the server itself accounts for (`used_memory`).
final class Footprint implements Comparison {
  private static final int SETTLE_SECONDS = 8;
  private static final double SETTLED_SHARE = 0.005;
  private static final long SETTLED_BYTES = 64 * 1024;

  /// Keys are `key:000000000000` …: 16 bytes.
  private static final int KEY_DIGITS = 12;

  private static final int KEY_BYTES = "key:".length() + KEY_DIGITS;

  private final Children children;
  private final List<RunningServer.Spec> servers;
  private final Generator.Load filler;
  private final Plan plan;

  /// What to fill in, and how often.
  record Plan(Setting setting, List<Integer> valueBytes, int rounds) {}

  private record Sample(double residentPerKey, double usedPerKey, double emptyMb, double fullMb) {}

  Footprint(Children children, List<RunningServer.Spec> servers, Generator.Load filler, Plan plan) {
    this.children = children;
    this.servers = servers;
    this.filler = filler;
    this.plan = plan;
  }

  @Override
  public void run(PrintStream out, ArrayNode json) throws IOException, InterruptedException {
    MarkdownTable table =
        new MarkdownTable(
            "keys x value",
            "server",
            "empty RSS MB",
            "RSS MB",
            "RSS B/key beyond payload",
            "ratio",
            "used_memory B/key beyond payload");
    for (int bytes : plan.valueBytes) {
      Map<RunningServer.Spec, List<Sample>> samples = rounds(bytes, json);
      Spread base = resident(samples.getOrDefault(servers.getLast(), List.of()));
      samples.forEach((server, list) -> table.add(row(bytes, server, list, base)));
    }
    table.print(out);
  }

  private Map<RunningServer.Spec, List<Sample>> rounds(int valueBytes, ArrayNode json)
      throws IOException, InterruptedException {
    Map<RunningServer.Spec, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 1; round <= plan.rounds; round++) {
      for (RunningServer.Spec server : servers) {
        System.err.printf("round %d, %d B, %s%n", round, valueBytes, server.name());
        Sample sample = measure(server, valueBytes);
        samples.computeIfAbsent(server, s -> new ArrayList<>()).add(sample);
        ObjectNode row = json.addObject();
        row.put("server", server.name()).put("keys", plan.setting.keys());
        row.put("value_bytes", valueBytes);
        row.put("rss_beyond_payload_per_key", sample.residentPerKey);
        row.put("used_memory_beyond_payload_per_key", sample.usedPerKey);
      }
    }
    return samples;
  }

  private Sample measure(RunningServer.Spec spec, int valueBytes)
      throws IOException, InterruptedException {
    Setting setting = plan.setting;
    try (RunningServer server = RunningServer.start(children, spec, setting.serverCpu())) {
      long emptyResident = settle(server);
      long emptyUsed = used(server);
      filler.fill(server, setting.keys(), valueBytes, KEY_DIGITS);
      long fullResident = settle(server);
      double payload = (double) setting.keys() * (KEY_BYTES + valueBytes);
      return new Sample(
          (fullResident - emptyResident - payload) / setting.keys(),
          (used(server) - emptyUsed - payload) / setting.keys(),
          emptyResident / 1e6,
          fullResident / 1e6);
    }
  }

  private static long used(RunningServer server) throws IOException {
    try (RespClient client = server.client()) {
      return Long.parseLong(client.info().getOrDefault("used_memory", "0"));
    }
  }

  /// Resident memory once it has stopped to move, or after some seconds.
  private static long settle(RunningServer server) throws IOException, InterruptedException {
    long last = server.residentBytes();
    for (int i = 0; i < SETTLE_SECONDS; i++) {
      Thread.sleep(1000);
      long now = server.residentBytes();
      if (Math.abs(now - last) <= Math.max(last * SETTLED_SHARE, SETTLED_BYTES)) {
        return now;
      }
      last = now;
    }
    return last;
  }

  private String[] row(int bytes, RunningServer.Spec server, List<Sample> samples, Spread base) {
    Spread resident = resident(samples);
    return new String[] {
      String.format("%,d x %d B", plan.setting.keys(), bytes),
      server.name(),
      Spread.of(samples.stream().mapToDouble(Sample::emptyMb)).text(0),
      Spread.of(samples.stream().mapToDouble(Sample::fullMb)).text(0),
      resident.text(1),
      resident.ratioTo(base),
      Spread.of(samples.stream().mapToDouble(Sample::usedPerKey)).text(1)
    };
  }

  private static Spread resident(List<Sample> samples) {
    return Spread.of(samples.stream().mapToDouble(Sample::residentPerKey));
  }
}
