package io.pantala.bench.versus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersusTest {
  @Test
  void spreadIsMedianAndEnds() {
    assertThat(Spread.of(DoubleStream.of(3, 1, 2)).text(1)).isEqualTo("2.0 [1.0–3.0]");
    assertThat(Spread.of(DoubleStream.of(4, 1, 2, 3)).median()).isEqualTo(2.5);
    assertThat(Spread.of(DoubleStream.of(1.25)).text(2)).isEqualTo("1.25");
    assertThat(Spread.of(DoubleStream.of(3)).ratioTo(Spread.of(DoubleStream.of(2))))
        .isEqualTo("1.50");
    assertThat(Spread.of(DoubleStream.of(3)).ratioTo(Spread.of(DoubleStream.of(0)))).isEmpty();
  }

  @Test
  void readsTheReportOfRedisBenchmark() throws IOException {
    String text =
        """
          100000 requests completed in 0.95 seconds
        99.889% <= 1.007 milliseconds (cumulative count 99889)
        99.902% <= 1.103 milliseconds (cumulative count 99902)
        Summary:
          throughput summary: 105263.16 requests per second
          latency summary (msec):
                  avg       min       p50       p95       p99       max
                0.202     0.056     0.199     0.303     0.415     1.255
        """;
    var finished = new Children.Finished(1.5, 2);
    Generator.Run run = Generator.RedisBenchmark.parse(text, 100_000, finished);
    assertThat(run.opsPerSecond()).isCloseTo(105263.16, within(0.01));
    assertThat(run.p50()).isEqualTo(0.199);
    assertThat(run.p99()).isEqualTo(0.415);
    assertThat(run.p999()).isEqualTo(1.103);
    assertThat(run.max()).isEqualTo(1.255);
    assertThat(run.cpuSeconds()).isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource({
    "--workloads, --workloads=no-such --ours=true",
    "--generator, --generator=memtier --ours=true",
    "--rounds, --rounds=0",
    "--keys, --keys=0",
    "--memory, --memory --startup",
    "--value-size, --value-size=16;64",
    "--warm-up, --warm-up=-1",
    "--ours, --rounds=1",
  })
  void badOptionsAreNamed(String named, String args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream text = new PrintStream(err, true, StandardCharsets.UTF_8);
    String[] words = args.replace(';', ',').split(" ", -1);
    assertThat(VersusCommand.run(new VersusCommand(text, text), words)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("versus: " + named);
  }

  @Test
  void everyDefaultWorkloadExists() {
    VersusOptions options = new VersusOptions();
    picocli.CommandLine.populateCommand(options);
    assertThat(Workloads.byName().keySet()).containsAll(options.workloads);
  }
}
