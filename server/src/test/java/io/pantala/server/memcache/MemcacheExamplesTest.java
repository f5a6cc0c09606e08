package io.pantala.server.memcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.MemcacheClient;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// memcached clients and Redis clients on the same keys, times, limits, passwords, bad input.
@ExtendWith(NativeMemoryCheck.class)
final class MemcacheExamplesTest {
  private static final long NOW_MS = 1_800_000_000_000L;

  private static ServerConfig config(int shards) {
    return TestServer.config(shards).with(Settings.MEMCACHED_PORT, -1);
  }

  private static MemcacheClient client(TestServer server) throws IOException {
    return new MemcacheClient(server.server().memcachedPort());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void sharesKeysWithRedis(int shards) throws IOException {
    try (TestServer server = TestServer.start(config(shards));
        MemcacheClient client = client(server)) {
      TestClient redis = server.client();
      assertThat(client.exchange("set a 5 0 2\r\n10\r\n")).isEqualTo("STORED\r\n");
      assertThat(redis.run("INCR", "a")).isEqualTo(11L);
      assertThat(redis.runRaw("OBJECT", "ENCODING", "a")).isEqualTo("$3\r\nint\r\n");
      assertThat(client.exchange("get a\r\n")).isEqualTo("VALUE a 5 2\r\n11\r\nEND\r\n");
      redis.run("SET", "b", "from redis");
      assertThat(client.exchange("get a b c\r\n"))
          .isEqualTo("VALUE a 5 2\r\n11\r\nVALUE b 0 10\r\nfrom redis\r\nEND\r\n");
      assertThat(client.exchange("append b 0 0 1\r\n!\r\n")).isEqualTo("STORED\r\n");
      assertThat(redis.run("GET", "b")).isEqualTo("from redis!");
      redis.run("EXPIRE", "a", "100");
      assertThat(client.exchange("mg a t f\r\n")).isEqualTo("HD t100 f5\r\n");
      redis.run("PERSIST", "a");
      redis.run("RENAME", "a", "d");
      assertThat(client.exchange("mg d t f v\r\n")).isEqualTo("VA 2 t-1 f5\r\n11\r\n");
    }
  }

  /// A unique is good until the value changes, whoever changes it.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void casSeesEveryWriter(int shards) throws IOException {
    String[][] writers = {
      {"SET", "k", "other"},
      {"SET", "k", "12"},
      {"APPEND", "k", "x"},
      {"SETRANGE", "k", "0", "9"},
      {"INCR", "k"},
      {"GETSET", "k", "12"},
      {"MSET", "k", "12"}
    };
    try (TestServer server = TestServer.start(config(shards));
        MemcacheClient client = client(server)) {
      TestClient redis = server.client();
      for (String[] writer : writers) {
        for (String first : new String[] {"redis", "memcached"}) {
          if (first.equals("redis")) {
            redis.run("SET", "k", "12");
          } else {
            client.exchange("set k 3 0 2\r\n12\r\n");
          }
          String unique = unique(client);
          assertThat(unique(client)).isEqualTo(unique);
          redis.run("EXPIRE", "k", "1000");
          assertThat(unique(client)).isEqualTo(unique);
          redis.run(writer);
          assertThat(client.exchange("cas k 0 0 1 " + unique + "\r\nx\r\n"))
              .as(first + String.join(" ", writer))
              .isEqualTo("EXISTS\r\n");
          assertThat(unique(client)).isNotEqualTo(unique);
          assertThat(client.exchange("cas k 0 0 1 " + unique(client) + "\r\nx\r\n"))
              .isEqualTo("STORED\r\n");
        }
      }
    }
  }

  private static String unique(MemcacheClient client) throws IOException {
    return client.exchange("gets k\r\n").split("\r\n", -1)[0].split(" ", -1)[4];
  }

  @Test
  void times() throws IOException {
    try (TestServer server = TestServer.start(config(2));
        MemcacheClient client = client(server)) {
      server.setClock(NOW_MS);
      long absolute = NOW_MS / 1000 + 100;
      client.exchange("set r 0 10 1\r\nx\r\nset a 0 " + absolute + " 1\r\nx\r\n");
      assertThat(client.exchange("mg r t\r\nmg a t\r\n")).isEqualTo("HD t10\r\nHD t100\r\n");
      assertThat(client.exchange("set n 0 -1 1\r\nx\r\nget n\r\n")).isEqualTo("STORED\r\nEND\r\n");
      server.advanceClock(10_000);
      assertThat(client.exchange("get r a\r\n")).isEqualTo("VALUE a 0 1\r\nx\r\nEND\r\n");
      assertThat(client.exchange("gat 0 a\r\nmg a t\r\n"))
          .isEqualTo("VALUE a 0 1\r\nx\r\nEND\r\nHD t-1\r\n");
      assertThat(client.exchange("touch a -1\r\nget a\r\n")).isEqualTo("TOUCHED\r\nEND\r\n");
    }
  }

  @Test
  void flushesLater() throws IOException {
    try (TestServer server = TestServer.start(config(3));
        MemcacheClient client = client(server)) {
      server.setClock(NOW_MS);
      client.exchange("set a 0 0 1\r\nx\r\nset b 0 0 1\r\nx\r\nset c 0 0 1\r\nx\r\n");
      assertThat(client.exchange("flush_all 100\r\n")).isEqualTo("OK\r\n");
      assertThat(client.exchange("flush_all 10 noreply\r\n")).isEmpty();
      server.advanceClock(9_999);
      assertThat(client.exchange("mg a\r\n")).isEqualTo("HD\r\n");
      server.advanceClock(1);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!client.exchange("get a b c\r\n").equals("END\r\n")) {
        assertThat(System.nanoTime()).isLessThan(end);
      }
      client.exchange("set a 0 0 1\r\nx\r\n");
      server.advanceClock(1_000_000);
      assertThat(client.exchange("mg a\r\n")).isEqualTo("HD\r\n");
    }
  }

  @Test
  void limitsAndBadInput() throws IOException {
    try (TestServer server = TestServer.start(config(2));
        MemcacheClient client = client(server)) {
      String large = "x".repeat(3 << 20);
      assertThat(
              client.exchange(
                  "set a 0 0 1\r\nx\r\nset a 0 0 3145728\r\n" + large + "\r\nget a\r\n"))
          .isEqualTo("STORED\r\nSERVER_ERROR object too large for cache\r\nEND\r\n");
      assertThat(client.exchange("ms b 3145728 k\r\n" + large + "\r\nmg b\r\n"))
          .isEqualTo("SERVER_ERROR object too large for cache\r\nEN\r\n");
      String key = "k".repeat(250);
      assertThat(client.exchange("set " + key + " 0 0 0\r\n\r\nget " + key + "\r\n"))
          .isEqualTo("STORED\r\nVALUE " + key + " 0 0\r\n\r\nEND\r\n");
      assertThat(client.exchange("get k" + key + "\r\nget a\r\n"))
          .isEqualTo("CLIENT_ERROR bad command line format\r\nEND\r\n");
      assertThat(client.exchange("set a 0 0 1\r\nabc\r\nget a\nGET a\r\n"))
          .isEqualTo("CLIENT_ERROR bad data chunk\r\nERROR\r\nEND\r\nERROR\r\n");
    }
  }

  @Test
  void passwords() throws IOException {
    ServerConfig config = config(1).with(Settings.REQUIREPASS, "secret");
    try (TestServer server = TestServer.start(config);
        MemcacheClient client = client(server)) {
      client.write("get a\r\n");
      client.write("set x 0 0 13\r\ndefault wrong\r\n");
      client.write("set x 0 0 14\r\ndefault secret\r\n");
      assertThat(client.exchange("get a\r\n"))
          .isEqualTo(
              String.join(
                  "\r\n",
                  "CLIENT_ERROR unauthenticated",
                  "CLIENT_ERROR authentication failure",
                  "STORED",
                  "END",
                  ""));
    }
  }

  @Test
  void closesOnBinaryAndEndlessLines() throws IOException {
    try (TestServer server = TestServer.start(config(1));
        MemcacheClient binary = client(server);
        MemcacheClient endless = client(server);
        MemcacheClient quit = client(server)) {
      binary.write("\u0080\0\0\0");
      assertThat(binary.readToEnd())
          .isEqualTo("CLIENT_ERROR the binary protocol is not supported\r\n");
      endless.write("x".repeat(2_049));
      assertThat(endless.readToEnd()).isEmpty();
      quit.write("mn\r\nquit\r\nmn\r\n");
      assertThat(quit.readToEnd()).isEqualTo("MN\r\n");
    }
  }

  @Test
  void newerMetaFlags() throws IOException {
    try (TestServer server = TestServer.start(config(1));
        MemcacheClient client = client(server)) {
      assertThat(client.exchange("ms a 2 E77 c s\r\nhi\r\n")).isEqualTo("HD c77 s2\r\n");
      assertThat(client.exchange("mg a C77 v\r\nmg a C78 v\r\n")).isEqualTo("HD\r\nVA 2\r\nhi\r\n");
      assertThat(client.exchange("md a x F9\r\nmg a v f\r\n")).isEqualTo("HD\r\nVA 0 f9\r\n\r\n");
      assertThat(client.exchange("ms p 1 MP N60\r\nx\r\nma n N0 J1\r\nma n D9 T50 t\r\nmg n t\r\n"))
          .isEqualTo("HD\r\nHD\r\nHD t50\r\nHD t50\r\n");
      assertThat(client.exchange("md none q\r\nma none q\r\nmd none\r\n")).isEqualTo("NF\r\n");
    }
  }

  @Test
  void statsAreTrue() throws IOException {
    try (TestServer server = TestServer.start(config(2));
        MemcacheClient client = client(server)) {
      client.exchange("set a 0 0 1\r\nx\r\nget a\r\nget b\r\nincr b 1\r\n");
      String general = client.exchange("stats\r\n");
      assertThat(general)
          .contains("STAT cmd_set 1\r\n", "STAT get_hits 1\r\n", "STAT get_misses 1\r\n")
          .contains("STAT incr_misses 1\r\n", "STAT curr_items 1\r\n", "STAT threads 2\r\n")
          .endsWith("END\r\n");
      assertThat(client.exchange("stats settings\r\n")).contains("STAT item_size_max 1048576\r\n");
      assertThat(client.exchange("stats conns\r\n")).contains(":addr tcp:127.0.0.1:");
      assertThat(client.exchange("stats reset\r\n")).isEqualTo("RESET\r\n");
      assertThat(client.exchange("stats\r\n")).contains("STAT cmd_set 0\r\n");
      assertThat(client.exchange("stats nothing\r\n")).isEqualTo("ERROR\r\n");
    }
  }
}
