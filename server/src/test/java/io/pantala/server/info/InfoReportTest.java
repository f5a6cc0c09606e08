package io.pantala.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.resp.RespDecoder.Verbatim;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class InfoReportTest {
  /// Fields that redis-server does not have.
  private static final Set<String> OUR_OWN =
      Set.of(
          "pantala_version",
          "java_version",
          "shards",
          "java_heap_used",
          "java_heap_committed",
          "# Shards",
          "shard0");

  private static final List<String> DEFAULT_SECTIONS =
      List.of(
          "# Server",
          "# Clients",
          "# Memory",
          "# Persistence",
          "# Stats",
          "# Replication",
          "# CPU",
          "# Modules",
          "# Errorstats",
          "# Cluster",
          "# Keyspace");

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countsWhatHappened(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      client.run("SET", "a", "1");
      client.run("SET", "b", "1");
      client.run("GET", "a");
      client.run("GET", "nothing");
      client.run("MGET", "a", "b", "nothing");
      Map<String, String> info = info(client);
      assertThat(info)
          .containsEntry("keyspace_hits", "3")
          .containsEntry("keyspace_misses", "2")
          .containsEntry("total_commands_processed", "5")
          .containsEntry("total_connections_received", "1")
          .containsEntry("connected_clients", "1")
          .containsEntry("db0", "keys=2,expires=0,avg_ttl=0")
          .containsEntry("redis_version", "7.0.15")
          .containsEntry("tcp_port", "" + server.server().port())
          .containsEntry("role", "master");
      assertThat(info.get("run_id")).matches("[0-9a-f]{40}");
      assertThat(number(info, "total_net_input_bytes")).isPositive();
      assertThat(number(info, "total_net_output_bytes")).isPositive();
      assertThat(number(info, "used_memory_rss")).isGreaterThan(1 << 20);
    }
  }

  @Test
  @Timeout(60)
  void tellsMemoryAsOfTheLastBeat() throws IOException {
    try (TestServer server = TestServer.start(3)) {
      TestClient client = server.client();
      client.run("DEBUG", "POPULATE", "1000", "key", "1000");
      Map<String, String> info = info(client);
      while (number(info, "used_memory_dataset") < 1_000_000) {
        info = info(client);
      }
      assertThat(number(info, "used_memory_dataset")).isLessThan(1_200_000);
      assertThat(number(info, "used_memory"))
          .isEqualTo(number(info, "used_memory_dataset") + number(info, "used_memory_overhead"));
      assertThat(number(info, "used_memory_peak"))
          .isGreaterThanOrEqualTo(number(info, "used_memory"));
      assertThat(number(info, "allocator_active")).isPositive();
    }
  }

  @Test
  @Timeout(60)
  void measuresTheRateOfCommands() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      Map<String, String> info = info(client);
      while (number(info, "instantaneous_ops_per_sec") == 0) {
        info = info(client);
      }
      assertThat(info).containsKey("instantaneous_input_kbps");
    }
  }

  @Test
  void picksSections() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      assertThat((String) client.run("INFO", "CPU", "clients"))
          .startsWith("# Clients\r\n")
          .contains("\r\n\r\n# CPU\r\n")
          .doesNotContain("# Server");
      assertThat((String) client.run("INFO", "nothing")).isEmpty();
      for (String all : List.of("all", "Everything")) {
        assertThat(sections((String) client.run("INFO", all)))
            .containsAll(DEFAULT_SECTIONS)
            .contains("# Commandstats", "# Latencystats", "# Shards");
      }
      assertThat(sections((String) client.run("INFO"))).isEqualTo(DEFAULT_SECTIONS);
      assertThat(sections((String) client.run("INFO", "default"))).isEqualTo(DEFAULT_SECTIONS);
      client.run("HELLO", "3");
      assertThat(client.run("INFO", "cluster"))
          .isEqualTo(new Verbatim("txt", "# Cluster\r\ncluster_enabled:0\r\n"));
    }
  }

  @Test
  @Tag("oracle")
  void namesAndOrdersFieldsAsRedis() throws IOException {
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client oracle = redis.connect();
        TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      oracle.call("SET", "a", "b");
      client.run("SET", "a", "b");
      List<String> ours = lines((String) client.run("INFO", "everything"));
      ours.removeAll(OUR_OWN);
      List<String> wanted = lines((String) oracle.call("INFO", "everything"));
      wanted.retainAll(ours);
      assertThat(ours).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1023, 1023B",
    "1024, 1.00K",
    "1536, 1.50K",
    "1048576, 1.00M",
    "1073741824, 1.00G",
    "1099511627776, 1.00T",
    "1125899906842624, 1.00P"
  })
  void writesSizesForPeople(long bytes, String text) {
    assertThat(InfoText.human(bytes)).isEqualTo(text);
  }

  private static List<String> sections(String info) {
    return lines(info).stream().filter(line -> line.startsWith("#")).toList();
  }

  /// Section titles and field names.
  private static List<String> lines(String info) {
    List<String> names = new ArrayList<>();
    for (String line : info.split("\r\n", -1)) {
      if (!line.isEmpty()) {
        names.add(line.startsWith("#") ? line : line.substring(0, line.indexOf(':')));
      }
    }
    return names;
  }

  private static Map<String, String> info(TestClient client) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : ((String) client.run("INFO")).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return fields;
  }

  private static long number(Map<String, String> info, String name) {
    return Long.parseLong(Objects.requireNonNull(info.get(name)));
  }
}
