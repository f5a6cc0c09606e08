package io.pantala.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sections of INFO about single commands, however these ran: here, on another shard, over
/// several.
@ExtendWith(NativeMemoryCheck.class)
final class CommandStatsTest {
  private static final String NEVER_FAILED = "rejected_calls=0,failed_calls=0";

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsCallsAndFailuresOfEachCommand(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      for (int i = 0; i < 20; i++) {
        client.run("SET", "key" + i, "text");
        client.run("INCR", "key" + i);
      }
      client.run("MSET", "a", "1", "b", "2", "c", "3", "d", "4");
      client.run("FLUSHALL");
      client.run("GET");
      client.run("GET", "a");
      client.run("CLIENT", "ID");
      client.run("NOSUCH");
      client.run("DEBUG", "ERROR", "OWN error");
      Map<String, String> info = info(client, "everything");
      assertThat(info.get("cmdstat_set")).startsWith("calls=20,").endsWith(NEVER_FAILED);
      assertThat(info.get("cmdstat_incr"))
          .startsWith("calls=20,")
          .endsWith("rejected_calls=0,failed_calls=20");
      assertThat(info.get("cmdstat_mset")).startsWith("calls=1,").endsWith(NEVER_FAILED);
      assertThat(info.get("cmdstat_flushall")).startsWith("calls=1,").endsWith(NEVER_FAILED);
      assertThat(info.get("cmdstat_get"))
          .startsWith("calls=1,")
          .endsWith("rejected_calls=1,failed_calls=0");
      assertThat(info.get("cmdstat_client|id")).startsWith("calls=1,");
      assertThat(info).doesNotContainKeys("cmdstat_info", "cmdstat_strlen", "cmdstat_client");
      assertThat(info)
          .containsEntry("errorstat_ERR", "count=22")
          .containsEntry("errorstat_OWN", "count=1")
          .containsEntry("total_error_replies", "23")
          .containsEntry("total_commands_processed", "45");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsAPipelineWhole(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
      for (int i = 0; i < 100; i++) {
        pipeline.writeBytes(TestClient.encode("SET", "key" + i, "1"));
        pipeline.writeBytes(TestClient.encode("GET", "key" + i));
        pipeline.writeBytes(TestClient.encode("GET", "key" + (i + 1)));
      }
      client.write(pipeline.toByteArray());
      for (int i = 0; i < 300; i++) {
        client.read();
      }
      Map<String, String> info = info(client, "all");
      assertThat(info.get("cmdstat_set")).startsWith("calls=100,");
      assertThat(info.get("cmdstat_get")).startsWith("calls=200,");
      assertThat(info).containsEntry("total_commands_processed", "300");
      for (String command : new String[] {"get", "set"}) {
        CommandSpec spec =
            Objects.requireNonNull(server.server().threads().commands().find(command));
        assertThat(CommandInfo.latency(server.server().threads(), spec).count())
            .isEqualTo(command.equals("get") ? 200 : 100);
      }
      assertThat(info.get("latency_percentiles_usec_get"))
          .matches("p50=\\d+\\.\\d{3},p99=\\d+\\.\\d{3},p99\\.9=\\d+\\.\\d{3}");
    }
  }

  @Test
  void forgetsWhatConfigResetStatForgets() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      for (int i = 0; i < 20; i++) {
        client.run("SET", "key" + i, "text");
        client.run("INCR", "key" + i);
        client.run("GET", "key" + i);
      }
      client.run("CONFIG", "RESETSTAT");
      Map<String, String> info = info(client, "everything");
      assertThat(info)
          .doesNotContainKeys("cmdstat_set", "errorstat_ERR", "latency_percentiles_usec_set")
          .containsEntry("keyspace_hits", "0")
          .containsEntry("total_error_replies", "0")
          .containsEntry("total_connections_received", "0")
          .containsEntry("db0", "keys=20,expires=0,avg_ttl=0");
    }
  }

  @Test
  void measuresTime() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.run("DEBUG", "SLEEP", "0.05");
      Map<String, String> info = info(client, "all");
      String sleep = Objects.requireNonNull(info.get("cmdstat_debug|sleep"));
      long micros = Long.parseLong(sleep.replaceAll(".*usec=(\\d+),usec_per.*", "$1"));
      assertThat(micros).isBetween(50_000L, 30_000_000L);
      assertThat(info.get("latency_percentiles_usec_debug|sleep")).startsWith("p50=");
      assertThat(Objects.requireNonNull(info.get("shard1"))).startsWith("keys=0,commands=");
    }
  }

  private static Map<String, String> info(TestClient client, String section) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : ((String) client.run("INFO", section)).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return fields;
  }
}
