package io.pantala.server.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.info.ServerFigures;
import java.util.HashSet;
import java.util.Set;

/// The part of [Metrics] about single commands and errors: each appears when it has first occurred.
/// Owner: the thread that makes slow pages.
final class CommandMetrics {
  private static final double[] QUANTILES = {0.5, 0.99, 0.999};

  private final ServerFigures figures;
  private final Set<String> known = new HashSet<>();

  CommandMetrics(ServerFigures figures) {
    this.figures = figures;
  }

  void registerNew(PrometheusMeterRegistry to) {
    for (CommandSpec spec : figures.commandRows()) {
      if (figures.calls(spec) > 0 && known.add(spec.name())) {
        register(to, spec);
      }
    }
    for (String code : figures.errors().keySet()) {
      if (known.add("-" + code)) {
        FunctionCounter.builder(
                "pantala_errors", figures, f -> f.errors().getOrDefault(code, 0L).doubleValue())
            .tags("error", code)
            .description("Replies that were errors, by their code")
            .register(to);
      }
    }
  }

  private void register(PrometheusMeterRegistry to, CommandSpec spec) {
    Tags tags = Tags.of("cmd", spec.name());
    FunctionCounter.builder("dragonfly_commands", figures, f -> f.calls(spec))
        .tags(tags)
        .description("Calls of each command")
        .register(to);
    FunctionCounter.builder("dragonfly_commands_duration_seconds", figures, f -> f.seconds(spec))
        .tags(tags)
        .description("Time that calls of each command took")
        .register(to);
    for (double quantile : QUANTILES) {
      Gauge.builder(
              "pantala_command_latency_seconds", figures, f -> f.latencySeconds(spec, quantile))
          .tags(tags.and("quantile", Double.toString(quantile)))
          .description("Quantiles of the time that calls of each command took")
          .register(to);
    }
  }
}
