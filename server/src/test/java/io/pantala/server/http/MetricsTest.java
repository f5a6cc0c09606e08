package io.pantala.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus reads from `/metrics`.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class MetricsTest {
  /// Prints each sample that Prometheus's own parser finds.
  private static final String PARSER =
      """
      import sys
      from prometheus_client.parser import text_string_to_metric_families
      for family in text_string_to_metric_families(sys.stdin.read()):
        for sample in family.samples:
          print(family.type, sample.name, dict(sample.labels), sample.value)
      """;

  @TempDir private Path folder;

  @Test
  void figuresAreTrueAndMove() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      String before = scrape(server);
      assertThat(before).contains("dragonfly_db_keys{db=\"db0\"} 0.0\n").doesNotContain("db3");
      client.run("SET", "a", "1", "EX", "100");
      client.run("GET", "a");
      client.run("GET", "b");
      client.run("NONSENSE");
      client.run("SELECT", "3");
      client.run("MSET", "x", "1", "y", "2");
      String after = scrape(server);
      assertThat(after)
          .contains("dragonfly_db_keys{db=\"db0\"} 1.0\n")
          .contains("dragonfly_db_keys{db=\"db3\"} 2.0\n")
          .contains("dragonfly_db_keys_expiring{db=\"db0\"} 1.0\n")
          .contains("dragonfly_keyspace_hits_total 1.0\n")
          .contains("dragonfly_keyspace_misses_total 1.0\n")
          .contains("dragonfly_commands_processed_total 5.0\n")
          .contains("dragonfly_connected_clients 2.0\n")
          .contains("dragonfly_max_clients 10000.0\n")
          .contains("dragonfly_commands_total{cmd=\"get\"} 2.0\n")
          .contains("dragonfly_commands_duration_seconds_total{cmd=\"mset\"} ")
          .contains("pantala_command_latency_seconds{cmd=\"get\",quantile=\"0.99\"} ")
          .contains("pantala_errors_total{error=\"ERR\"} 1.0\n")
          .contains("pantala_shard_keys{shard=\"1\"}");
    }
  }

  @Test
  void promtoolAcceptsThem() throws Exception {
    try (TestServer server = TestServer.start(2)) {
      assertThat(pipe(scrape(server), "promtool", "check", "metrics")).isEmpty();
    }
  }

  @Test
  void aParserFindsThem() throws Exception {
    try (TestServer server = TestServer.start(1)) {
      assertThat(pipe(scrape(server), "/usr/bin/python3", "-c", PARSER))
          .contains("gauge dragonfly_connected_clients {} 1.0\n")
          .contains("gauge dragonfly_version {'version': 'pantala-")
          .contains("counter dragonfly_commands_processed_total {} 0.0\n");
    }
  }

  private static String scrape(TestServer server) throws IOException {
    try (RawHttp http = new RawHttp(server.server().port())) {
      return http.get("/metrics").body();
    }
  }

  /// What a program says to this text; skips the test where it can't run.
  private String pipe(String text, String... command) throws Exception {
    Path input = Files.writeString(folder.resolve("metrics"), text, UTF_8);
    File output = folder.resolve("output").toFile();
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(command))
              .redirectInput(input.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output)
              .start();
    } catch (IOException e) {
      Assumptions.abort("skipped: no " + command[0]);
      throw e;
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(output.toPath());
    Assumptions.assumeFalse(said.contains("ModuleNotFoundError"), "skipped: " + said);
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
