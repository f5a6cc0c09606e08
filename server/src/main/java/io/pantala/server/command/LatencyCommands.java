package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.ADMIN;
import static io.pantala.server.command.CommandFlag.LOADING;
import static io.pantala.server.command.CommandFlag.NOSCRIPT;
import static io.pantala.server.command.CommandFlag.STALE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.info.CommandInfo;
import io.pantala.server.info.LatencyReport;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.stats.LatencyHistogram;
import io.pantala.server.stats.LatencyMonitor;
import io.pantala.server.stats.LatencySeries;
import io.pantala.server.stats.SlowWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// LATENCY: spikes of the server, and how long commands take.
final class LatencyCommands {
  private static final int FLAGS = ADMIN | NOSCRIPT | LOADING | STALE;
  private static final byte[] TEXT_FORMAT = Errors.text("txt");

  /// The first upper bound of LATENCY HISTOGRAM in ns; each further one is twice that.
  private static final long FIRST_BOUND_NANOS = 1024;

  private LatencyCommands() {}

  static void register(CommandTable table) {
    CommandTable subcommands =
        table
            .row("LATENCY")
            .arity(-2)
            .since("2.8.13")
            .complexity("Depends on the subcommand.")
            .summary("Container of commands about latency.")
            .container();
    asked(subcommands, "LATEST", 2)
        .summary("Returns the latest spike of each event.")
        .local(LatencyCommands::latest);
    asked(subcommands, "HISTORY", 3)
        .syntax("event")
        .summary("Returns the spikes of an event.")
        .local(LatencyCommands::history);
    asked(subcommands, "GRAPH", 3)
        .syntax("event")
        .summary("Draws the spikes of an event.")
        .local(LatencyCommands::graph);
    asked(subcommands, "DOCTOR", 2)
        .summary("Explains the spikes in words.")
        .local(LatencyCommands::doctor);
    asked(subcommands, "HISTOGRAM", -2)
        .syntax("[command ...]")
        .since("7.0.0")
        .complexity("O(N) where N is the number of commands asked for")
        .summary("Returns how the times of commands are distributed.")
        .local(LatencyCommands::histogram);
    sub(subcommands, "RESET", -2)
        .tips("request_policy:all_nodes", "response_policy:all_succeeded")
        .syntax("[event ...]")
        .summary("Forgets the spikes of some events, or of all.")
        .local(LatencyCommands::reset);
    subcommands
        .row("HELP")
        .arity(2)
        .flags(LOADING | STALE)
        .since("2.8.13")
        .complexity("O(1)")
        .summary("Lists the subcommands.")
        .local(
            SubcommandHelp.of(
                "LATENCY",
                "DOCTOR",
                "    Explain the spikes in words.",
                "GRAPH <event>",
                "    Draw the spikes of <event>.",
                "HISTORY <event>",
                "    Return time and milliseconds of the spikes of <event>.",
                "LATEST",
                "    Return each event with its latest spike: time, milliseconds, longest ever.",
                "RESET [<event> ...]",
                "    Forget the spikes of some events, or of all.",
                "HISTOGRAM [<command> ...]",
                "    Return how many calls of each command took how many microseconds at most."));
  }

  private static CommandRow sub(CommandTable subcommands, String name, int arity) {
    return subcommands.row(name).arity(arity).flags(FLAGS).since("2.8.13").complexity("O(1)");
  }

  private static CommandRow asked(CommandTable subcommands, String name, int arity) {
    return sub(subcommands, name, arity)
        .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special");
  }

  private static void latest(Connection client, Args args, Reply reply) {
    Map<String, LatencySeries> events = Map.copyOf(monitor(client).events());
    reply.array(events.size());
    events.forEach(
        (event, series) -> {
          reply.array(4);
          reply.bulk(Errors.text(event));
          reply.integer(series.last().timeS());
          reply.integer(series.last().ms());
          reply.integer(series.maxMs());
        });
  }

  private static void history(Connection client, Args args, Reply reply) {
    LatencySeries series = monitor(client).series(args.string(2));
    List<LatencySeries.Sample> samples = series == null ? List.of() : series.samples();
    reply.array(samples.size());
    for (LatencySeries.Sample sample : samples) {
      reply.array(2);
      reply.integer(sample.timeS());
      reply.integer(sample.ms());
    }
  }

  private static void graph(Connection client, Args args, Reply reply) {
    String event = args.string(2);
    LatencySeries series = monitor(client).series(event);
    if (series == null) {
      reply.error(ErrorText.of("ERR No samples available for event '" + event + "'"));
      return;
    }
    long nowS = TimeUnit.MILLISECONDS.toSeconds(client.thread().shard().clock().nowMs());
    reply.verbatim(TEXT_FORMAT, Errors.text(LatencyReport.graph(event, series, nowS)));
  }

  private static void doctor(Connection client, Args args, Reply reply) {
    SlowWatch watch = client.thread().shards().watch();
    reply.verbatim(TEXT_FORMAT, Errors.text(LatencyReport.advice(watch)));
  }

  private static void reset(Connection client, Args args, Reply reply) {
    LatencyMonitor monitor = monitor(client);
    List<String> events = new ArrayList<>();
    for (int i = 2; i < args.count(); i++) {
      events.add(args.string(i));
    }
    if (events.isEmpty()) {
      events.addAll(monitor.events().keySet());
    }
    reply.integer(events.stream().filter(monitor::reset).count());
  }

  private static void histogram(Connection client, Args args, Reply reply) {
    ShardThreads shards = client.thread().shards();
    List<CommandSpec> asked = new ArrayList<>();
    if (args.count() == 2) {
      asked.addAll(shards.commands().rows());
    }
    for (int i = 2; i < args.count(); i++) {
      CommandSpec spec = shards.commands().find(args.string(i));
      if (spec != null) {
        asked.add(spec);
        asked.addAll(spec.subcommandRows());
      }
    }
    long mark = reply.lengthLater();
    long found = 0;
    for (CommandSpec spec : asked) {
      LatencyHistogram latency = CommandInfo.latency(shards, spec);
      if (latency.count() > 0) {
        write(spec, latency, reply);
        found++;
      }
    }
    reply.mapEnd(mark, found);
  }

  private static void write(CommandSpec spec, LatencyHistogram latency, Reply reply) {
    reply.bulk(Errors.text(spec.name()));
    reply.map(2);
    reply.bulk(Errors.text("calls"));
    reply.integer(latency.count());
    reply.bulk(Errors.text("histogram_usec"));
    long mark = reply.lengthLater();
    long pairs = 0;
    long seen = 0;
    for (long nanos = FIRST_BOUND_NANOS; seen < latency.count(); nanos *= 2) {
      long bound = LatencyHistogram.largest(nanos);
      long upTo = latency.countUpTo(bound);
      if (upTo > seen) {
        reply.integer(TimeUnit.NANOSECONDS.toMicros(bound));
        reply.integer(upTo);
        pairs++;
        seen = upTo;
      }
    }
    reply.mapEnd(mark, pairs);
  }

  private static LatencyMonitor monitor(Connection client) {
    return client.thread().shards().watch().latency();
  }
}
