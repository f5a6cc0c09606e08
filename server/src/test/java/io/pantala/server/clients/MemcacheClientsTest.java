package io.pantala.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.MemcachedClient;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Stock memcached clients, beside a Redis client on the same keys.
@Tag("clients")
@Timeout(120)
final class MemcacheClientsTest {
  private static final byte[] NOTHING = {};
  private static final int KEYS = 200;

  /// Debian's interpreter: it has the packages python3-redis, -pymemcache and -memcache.
  private static final String PYTHON = "/usr/bin/python3";

  private static final String SHARING =
      """
      import sys, memcache, redis
      from pymemcache.client.base import Client
      r = redis.Redis(port=int(sys.argv[1]))
      m = Client(('127.0.0.1', int(sys.argv[2])))
      assert m.set('py', b'from pymemcache', flags=7, noreply=False)
      assert r.get('py') == b'from pymemcache'
      r.set('re', '10')
      assert m.get('re') == b'10' and m.incr('re', 5) == 15 and r.incr('re') == 16
      value, unique = m.gets('re')
      r.append('re', '0')
      assert m.cas('re', b'1', unique) is False
      value, unique = m.gets('re')
      assert value == b'160' and m.cas('re', b'1', unique) is True and r.get('re') == b'1'
      many = {'k%d' % i: b'v%d' % i for i in range(100)}
      m.set_many(many, noreply=False)
      assert m.get_many(list(many)) == many and r.mget('k1', 'k99') == [b'v1', b'v99']
      assert m.touch('py', 100, noreply=False) and 99 <= r.ttl('py') <= 100
      assert m.delete('py', noreply=False) and not r.exists('py')
      assert m.stats()[b'curr_items'] >= 100
      c = memcache.Client(['127.0.0.1:%s' % sys.argv[2]], cache_cas=True)
      assert c.set('pm', {'a': [1, 2]}) and c.get('pm') == {'a': [1, 2]}
      assert c.gets('re') and r.set('re', 'x') and not c.cas('re', 'y')
      assert m.flush_all(noreply=False) and r.dbsize() == 0
      print('fine')
      """;

  private static TestServer start() throws IOException {
    return TestServer.start(TestServer.config(2).with(Settings.MEMCACHED_PORT, -1));
  }

  @Test
  void pythonClientsAndRedisPyShareKeys() throws IOException {
    String imports = "import memcache, pymemcache, redis; print(\"found\")";
    String found = Program.run(NOTHING, "sh", "-c", PYTHON + " -c '" + imports + "' 2>&1");
    if (!found.contains("found")) {
      System.out.println("skipped: no python3-memcache, python3-pymemcache or python3-redis");
    }
    Assumptions.assumeTrue(found.contains("found"), "no memcached clients of Python");
    try (TestServer server = start()) {
      String redis = Integer.toString(server.server().port());
      String memcached = Integer.toString(server.server().memcachedPort());
      assertThat(Program.run(NOTHING, PYTHON, "-c", SHARING, redis, memcached)).isEqualTo("fine\n");
    }
  }

  @Test
  void libmemcachedFindsItCapable() throws IOException {
    Program.assumeInstalled("memccapable");
    try (TestServer server = start()) {
      String port = Integer.toString(server.server().memcachedPort());
      assertThat(Program.run(NOTHING, "memccapable", "-h", "127.0.0.1", "-p", port, "-a"))
          .contains("All tests passed")
          .doesNotContain("[FAIL]");
    }
  }

  @Test
  void spymemcachedAndRedisShareKeys() throws Exception {
    try (TestServer server = start()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.server().memcachedPort());
      MemcachedClient spy = new MemcachedClient(List.of(address));
      try {
        use(spy, server.client());
      } finally {
        spy.shutdown(10, TimeUnit.SECONDS);
      }
    }
  }

  private static void use(MemcachedClient spy, TestClient redis) throws Exception {
    for (int i = 0; i < KEYS; i++) {
      assertThat(spy.set("k" + i, 0, "v" + i).get()).isTrue();
    }
    Map<String, Object> all = spy.getBulk("k0", "k1", "k199", "none");
    assertThat(all).isEqualTo(Map.of("k0", "v0", "k1", "v1", "k199", "v199"));
    assertThat(redis.run("GET", "k7")).isEqualTo("v7");
    redis.run("SET", "n", "41");
    assertThat(spy.incr("n", 1)).isEqualTo(42);
    assertThat(redis.run("GET", "n")).isEqualTo("42");
    CASValue<Object> seen = spy.gets("k1");
    redis.run("SET", "k1", "other");
    assertThat(spy.cas("k1", seen.getCas(), "mine")).isEqualTo(CASResponse.EXISTS);
    assertThat(spy.cas("k1", spy.gets("k1").getCas(), "mine")).isEqualTo(CASResponse.OK);
    assertThat(redis.run("GET", "k1")).isEqualTo("mine");
    assertThat(spy.flush().get()).isTrue();
    assertThat(redis.run("DBSIZE")).isEqualTo(0L);
  }
}
