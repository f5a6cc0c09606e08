package io.pantala.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The monitoring loop of a user of redis-py: figures are true, and they move.
@Tag("clients")
@Timeout(120)
final class RedisPyTest {
  private static final byte[] NOTHING = {};

  /// Debian's interpreter: it has the package python3-redis.
  private static final String PYTHON = "/usr/bin/python3";

  private static final String LOOP =
      """
      import redis, sys, time
      r = redis.Redis(port=int(sys.argv[1]), decode_responses=True)
      others = [redis.Redis(port=int(sys.argv[1])) for _ in range(3)]
      for other in others:
          other.ping()
      seen = []
      for turn in range(1, 6):
          for i in range(100):
              r.set('key:%d:%d' % (turn, i), 'x' * 1000)
              r.get('key:%d:%d' % (turn, i))
          r.get('missing')
          info = r.info()
          seen.append(info)
          assert info['connected_clients'] == 4, info
          assert info['keyspace_hits'] == 100 * turn, info
          assert info['keyspace_misses'] == turn, info
          assert info['total_commands_processed'] >= 201 * turn, info
          assert info['db0']['keys'] == 100 * turn, info
          assert info['used_memory_human'][-1] in 'BKM', info
          assert info['rdb_last_save_time'] > 0 and info['rdb_saves'] == 0, info
      counts = [info['total_commands_processed'] for info in seen]
      assert counts == sorted(set(counts)), counts
      deadline = time.time() + 30
      while r.info()['instantaneous_ops_per_sec'] == 0 or r.info()['used_memory'] < 500000:
          assert time.time() < deadline, r.info()
          r.ping()
      stats = r.info('commandstats')
      assert stats['cmdstat_set']['calls'] == 500, stats
      assert stats['cmdstat_set']['usec'] > 0, stats
      try:
          r.incr('key:1:1')
      except redis.ResponseError:
          pass
      assert r.info('errorstats')['errorstat_ERR'] == 'count=1'
      assert r.slowlog_len() == len(r.slowlog_get(128))
      assert r.memory_stats()['keys.count'] == 500
      assert r.acl_whoami() == 'default' and r.acl_getuser('default')['enabled']
      assert r.lastsave() is not None and r.role()[0] == 'master'
      assert r.command_count() == len(r.command())
      print('fine')
      """;

  @Test
  void seesTrueFiguresThatMove() throws IOException {
    String found =
        Program.run(NOTHING, "sh", "-c", PYTHON + " -c 'import redis; print(\"found\")' 2>&1");
    if (!found.contains("found")) {
      System.out.println("skipped: no python3-redis");
    }
    Assumptions.assumeTrue(found.contains("found"), "no python3-redis");
    try (TestServer server = TestServer.start(2)) {
      String port = Integer.toString(server.server().port());
      assertThat(Program.run(NOTHING, PYTHON, "-c", LOOP, port)).isEqualTo("fine\n");
    }
  }
}
