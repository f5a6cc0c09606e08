package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.resp.RespDecoder.Status;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NativeMemoryCheck.class)
final class ConfigCommandsTest {
  private static final Status OK = new Status("OK");

  /// Requests that redis-server answers with the same bytes.
  private static final List<String> LIKE_REDIS =
      List.of(
          "CONFIG",
          "CONFIG FOO",
          "CONFIG GET",
          "CONFIG GET nosuch",
          "CONFIG GET maxmemory",
          "CONFIG GET MaxMemory",
          "CONFIG GET databases databases",
          "CONFIG GET max[m]emory MaxMemory",
          "CONFIG GET appendonly",
          "CONFIG GET save",
          "CONFIG GET appendonl?",
          "CONFIG GET maxmemory-p*",
          "CONFIG GET timeout",
          "CONFIG GET proto-max-bulk-len",
          "CONFIG GET client-query-buffer-limit",
          "CONFIG GET requirepass",
          "CONFIG GET cluster-enabled",
          "CONFIG GET notify-keyspace-events",
          "CONFIG SET a",
          "CONFIG SET maxmemory",
          "CONFIG SET maxmemory 1gb maxclients",
          "CONFIG SET nosuch 1",
          "CONFIG SET maxmemory 1gb nosuch 2",
          "CONFIG SET maxmemory x nosuch 2",
          "CONFIG SET maxmemory x",
          "CONFIG SET maxmemory -1",
          "CONFIG SET maxmemory ''",
          "CONFIG SET maxmemory 1gbx",
          "CONFIG SET maxmemory 50%",
          "CONFIG SET databases 3",
          "CONFIG SET databases 3 nosuch 1",
          "CONFIG SET maxmemory 1gb maxmemory 2gb",
          "CONFIG SET maxmemory x MAXMEMORY 2gb",
          "CONFIG SET maxclients abc",
          "CONFIG SET unixsocketperm 700",
          "CONFIG SET appendonly maybe",
          "CONFIG SET maxclients 10 maxmemory x",
          "CONFIG GET maxclients",
          "CONFIG SET MAXMEMORY 1Gb maxclients 500",
          "CONFIG GET maxmemory",
          "CONFIG GET maxclients",
          "CONFIG SET maxmemory 0",
          "CONFIG SET save ''",
          "CONFIG SET appendonly no",
          "CONFIG SET maxmemory-policy noeviction",
          "CONFIG SET slowlog-max-len x",
          "CONFIG SET slowlog-max-len 128",
          "CONFIG RESETSTAT",
          "CONFIG RESETSTAT a",
          "CONFIG REWRITE",
          "CONFIG REWRITE a",
          "CONFIG HELP x");

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  @Tag("oracle")
  void answersAsRedisDoes(String protocol) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client oracle = redis.connect();
        TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      client.run("HELLO", protocol);
      oracle.call("HELLO", protocol);
      for (String request : LIKE_REDIS) {
        String[] words = words(request);
        softly
            .assertThat(client.runRaw(words))
            .as(request)
            .isEqualTo(new String(oracle.callRaw(words), ISO_8859_1));
      }
    }
    softly.assertAll();
  }

  private static String[] words(String request) {
    return request.replace("''", "\0").replace(" \0", " ").split(" ", -1);
  }

  @Test
  void getsByPatterns() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      client.run("HELLO", "3");
      assertThat(map(client.run("CONFIG", "GET", "*")))
          .containsEntry("databases", "16")
          .containsEntry("hz", "100")
          .containsEntry("save", "")
          .containsEntry("maxmemory-policy", "noeviction")
          .doesNotContainKeys("dbnum", "rdbcompression", "cache_mode");
      assertThat(map(client.run("CONFIG", "GET", "dbn*", "MAX*s", "tcp_keepaliv?")))
          .containsOnlyKeys("dbnum", "maxclients", "tcp_keepalive");
    }
  }

  private static Map<String, Object> map(Object reply) {
    Map<String, Object> map = new HashMap<>();
    ((Map<?, ?>) reply).forEach((name, value) -> map.put(name.toString(), value));
    return map;
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      assertThat(client.run("CONFIG", "SET", "maxmemory-policy", "allkeys-lru"))
          .isEqualTo(refused("maxmemory-policy", "not built yet: eviction"));
      assertThat(client.run("CONFIG", "SET", "maxclients", "1048576")).isInstanceOf(Failure.class);
      assertThat(client.run("CONFIG", "SET", "activedefrag", "yes"))
          .isEqualTo(
              refused(
                  "activedefrag",
                  "no meaning here: memory is given back all the time, see docs/memory.md"));
    }
  }

  private static Failure refused(String name, String reason) {
    return new Failure(
        "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason);
  }

  @Test
  void setsAPasswordForThoseWhoCome() throws IOException {
    try (TestServer server = TestServer.start(2)) {
      TestClient before = server.client();
      assertThat(before.run("CONFIG", "SET", "requirepass", "s3cret")).isEqualTo(OK);
      assertThat(before.run("PING")).isEqualTo(new Status("PONG"));
      TestClient after = server.client();
      assertThat(after.run("PING")).isEqualTo(new Failure("NOAUTH Authentication required."));
      assertThat(after.run("AUTH", "wrong")).isInstanceOf(Failure.class);
      assertThat(after.run("AUTH", "s3cret")).isEqualTo(OK);
      TestClient stranger = server.client();
      assertThat(before.run("CONFIG", "SET", "requirepass", "")).isEqualTo(OK);
      assertThat(server.client().run("PING")).isEqualTo(new Status("PONG"));
      assertThat(stranger.run("AUTH", "default", "any")).isEqualTo(OK);
    }
  }

  @Test
  void setsTheMemoryLimit() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      client.run("SET", "a", "a");
      assertThat(client.run("CONFIG", "SET", "maxmemory", "1")).isEqualTo(OK);
      assertThat(client.run("SET", "a", "b"))
          .isEqualTo(new Failure("OOM command not allowed when used memory > 'maxmemory'."));
      assertThat(client.run("CONFIG", "SET", "maxmemory", "1gb", "hz", "abc"))
          .isInstanceOf(Failure.class);
      assertThat(client.run("SET", "a", "b")).isInstanceOf(Failure.class);
      assertThat(client.run("CONFIG", "SET", "maxmemory", "1gb")).isEqualTo(OK);
      assertThat(client.run("SET", "a", "b")).isEqualTo(OK);
    }
  }

  @Test
  void setsTheNumberOfClients() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      assertThat(client.run("CONFIG", "SET", "maxclients", "1")).isEqualTo(OK);
      assertThat(server.client().read())
          .isEqualTo(new Failure("ERR max number of clients reached"));
      assertThat(client.run("CONFIG", "SET", "maxclients", "2")).isEqualTo(OK);
      assertThat(server.client().run("PING")).isEqualTo(new Status("PONG"));
    }
  }

  @Test
  void setsWhatIsMeasured() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      TestClient client = server.client();
      assertThat(client.run("CONFIG", "SET", "latency-tracking-info-percentiles", "90 100"))
          .isEqualTo(OK);
      client.run("GET", "a");
      assertThat(client.run("INFO", "latencystats").toString())
          .containsPattern("latency_percentiles_usec_get:p90=[0-9.]+,p100=");
      assertThat(client.run("CONFIG", "SET", "latency-tracking", "no")).isEqualTo(OK);
      assertThat(client.run("INFO", "latencystats").toString()).doesNotContain("percentiles");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void limitsTheKeysOfKeys(int shards) throws IOException {
    ServerConfig config = TestServer.config(shards).with(Settings.KEYS_OUTPUT_LIMIT, 12);
    try (TestServer server = TestServer.start(config)) {
      TestClient client = server.client();
      for (int i = 0; i < 40; i++) {
        client.run("SET", "key:" + "x".repeat(i) + i, "v");
      }
      assertThat((List<?>) client.run("KEYS", "*"))
          .hasSize(12)
          .doesNotHaveDuplicates()
          .allMatch(key -> key.toString().startsWith("key:"));
      client.run("CONFIG", "SET", "keys_output_limit", "0");
      assertThat((List<?>) client.run("KEYS", "*")).hasSize(40);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void resetsTheCounters(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      for (int i = 0; i < 20; i++) {
        client.run("GET", "none" + i);
      }
      assertThat(info(client)).contains("keyspace_misses:20\r\n");
      assertThat(client.run("CONFIG", "RESETSTAT")).isEqualTo(OK);
      assertThat(info(client))
          .contains("keyspace_misses:0\r\n", "total_connections_received:0\r\n");
    }
  }

  private static String info(TestClient client) throws IOException {
    return client.run("INFO", "stats").toString();
  }
}
