package io.pantala.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// KEYS, SCAN, RANDOMKEY.
@ExtendWith(NativeMemoryCheck.class)
final class ScanCommandsTest {
  private static final int CHANGES = 100;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void keysListsWhatMatches(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      client.run("MSET", "one", "1", "two", "2", "three", "3", "", "4");
      assertThat((List<?>) client.run("KEYS", "*")).hasSize(4);
      assertThat((List<?>) client.run("KEYS", "**")).hasSize(3);
      assertThat(strings(client.run("KEYS", "t*"))).containsExactlyInAnyOrder("two", "three");
      assertThat(client.run("KEYS", "")).isEqualTo(List.of(""));
      assertThat(client.run("KEYS", "x*")).isEqualTo(List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void scanShowsEachKeyOnceWhereNothingChanges(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      Set<String> keys = new HashSet<>();
      for (int i = 0; i < 3000; i++) {
        client.run("SET", "key" + i, "x");
        keys.add("key" + i);
      }
      for (String count : new String[] {"1", "10", "100000"}) {
        List<String> found = scanAll(client, "COUNT", count);
        assertThat(found).doesNotHaveDuplicates().hasSameElementsAs(keys);
      }
      assertThat(scanAll(client, "MATCH", "key1?", "count", "100")).hasSize(10);
      assertThat(scanAll(client, "TYPE", "String", "COUNT", "1000")).hasSize(3000);
      assertThat(scanAll(client, "TYPE", "list", "COUNT", "1000")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void countBoundsOneCall(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      for (int i = 0; i < 3000; i++) {
        client.run("SET", "key" + i, "x");
      }
      List<?> reply = (List<?>) client.run("SCAN", "0", "COUNT", "10");
      assertThat((List<?>) reply.get(1)).hasSizeBetween(10, 50);
      List<?> none = (List<?>) client.run("SCAN", "0", "COUNT", "10", "MATCH", "nothing");
      assertThat(none.get(0)).isNotEqualTo("0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void refusesWrongArguments(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      Failure cursor = new Failure("ERR invalid cursor");
      Failure syntax = new Failure("ERR syntax error");
      for (String bad : new String[] {"x", " 0", "0 ", "+", "18446744073709551616"}) {
        assertThat(client.run("SCAN", bad)).isEqualTo(cursor);
      }
      for (String good : new String[] {"", "+0", "-1", "18446744073709551615", "4611686018427"}) {
        assertThat((List<?>) client.run("SCAN", good)).hasSize(2);
      }
      assertThat(client.run("SCAN", "0", "COUNT", "0")).isEqualTo(syntax);
      assertThat(client.run("SCAN", "0", "COUNT")).isEqualTo(syntax);
      assertThat(client.run("SCAN", "0", "foo", "1")).isEqualTo(syntax);
      assertThat(client.run("SCAN", "0", "COUNT", "x"))
          .isEqualTo(new Failure("ERR value is not an integer or out of range"));
    }
  }

  /// Keys come, go and expire between the calls, so that tables split and shrink; those that stay
  /// are all shown.
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void scanShowsAllThatWasThereThroughout(int shards) throws IOException {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      Set<String> kept = new HashSet<>();
      for (int i = 0; i < 4000; i++) {
        client.run("SET", "kept" + i, "x");
        kept.add("kept" + i);
      }
      int passing = 0;
      for (int round = 0; round < 6; round++) {
        Set<String> found = new HashSet<>();
        Object cursor = "0";
        do {
          List<?> reply = (List<?>) client.run("SCAN", (String) cursor, "COUNT", "200");
          cursor = reply.get(0);
          found.addAll(strings(reply.get(1)));
          passing = change(client, random, passing, round);
        } while (!cursor.equals("0"));
        assertThat(found).as("seed %s round %s", seed, round).containsAll(kept);
      }
    }
  }

  /// Even rounds add keys, a part of them with a deadline; odd ones delete them.
  private static int change(TestClient client, Random random, int passing, int round)
      throws IOException {
    int now = passing;
    for (int i = 0; i < CHANGES; i++) {
      if (round % 2 == 0) {
        client.send("SET", "passing" + now, "x");
        client.send("PEXPIRE", "passing" + now++, "" + (1 + random.nextInt(100_000)));
      } else {
        client.send("DEL", "passing" + Math.max(0, now--));
        client.send("EXPIRE", "passing" + random.nextInt(now + 1000), "0");
      }
    }
    for (int i = 0; i < 2 * CHANGES; i++) {
      client.read();
    }
    return Math.max(0, now);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void randomKeyDrawsAllKeysAlike(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      assertThat(client.run("RANDOMKEY")).isEqualTo(RespDecoder.NIL);
      int keys = 20;
      int draws = 8000;
      for (int i = 0; i < keys; i++) {
        client.run("SET", "" + i, "x");
      }
      int[] counts = new int[keys];
      for (int i = 0; i < draws; i++) {
        counts[Integer.parseInt((String) client.run("RANDOMKEY"))]++;
      }
      // 400 expected; 8 standard deviations of 19.5 are 156: a fair draw fails once in 10^14.
      for (int count : counts) {
        assertThat(count).isBetween(244, 556);
      }
    }
  }

  private static List<String> scanAll(TestClient client, String... options) throws IOException {
    List<String> all = new ArrayList<>();
    String cursor = "0";
    do {
      List<String> command = new ArrayList<>(List.of("SCAN", cursor));
      command.addAll(List.of(options));
      List<?> reply = (List<?>) client.run(command.toArray(String[]::new));
      cursor = (String) reply.get(0);
      all.addAll(strings(reply.get(1)));
    } while (!cursor.equals("0"));
    return all;
  }

  private static List<String> strings(Object reply) {
    return ((List<?>) reply).stream().map(String.class::cast).toList();
  }
}
