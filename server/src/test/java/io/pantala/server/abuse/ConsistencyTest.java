package io.pantala.server.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.RespDecoder;
import io.pantala.resp.RespDecoder.Failure;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several clients on real threads at the same keys of several shards: each command is seen whole
/// or not at all.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class ConsistencyTest {
  private static final int CLIENTS = 3;
  private static final int ROUNDS = 200;
  private static final int DEPTH = 20;
  private static final String[] KEYS = {"a", "b", "c", "d", "e", "f", "g", "h"};

  /// What one client does: requests of one pipeline, then a look at their replies.
  private interface Client {
    List<String[]> requests(SplittableRandom random, int round);

    default void check(String[] request, Object reply) {
      assertThat(reply).isNotInstanceOf(Failure.class);
    }
  }

  /// Sets all keys to one value of its own.
  private record Setter(String command, String name) implements Client {
    @Override
    public List<String[]> requests(SplittableRandom random, int round) {
      List<String[]> requests = new ArrayList<>();
      for (int i = 0; i < DEPTH; i++) {
        String value = name + "-" + round + "-" + i;
        requests.add(setAll(command, value));
        if (random.nextInt(4) == 0) {
          requests.add(new String[] {"GET", KEYS[random.nextInt(KEYS.length)]});
        }
      }
      return requests;
    }
  }

  /// Must never see two values.
  private record Getter() implements Client {
    @Override
    public List<String[]> requests(SplittableRandom random, int round) {
      return times(DEPTH, with("MGET", KEYS));
    }

    @Override
    public void check(String[] request, Object reply) {
      assertThat((List<?>) reply)
          .as("values of one MGET")
          .allMatch(((List<?>) reply).get(0)::equals);
    }
  }

  /// Sends the same requests again and again.
  private record Repeater(List<String[]> pipeline) implements Client {
    @Override
    public List<String[]> requests(SplittableRandom random, int round) {
      return pipeline;
    }

    @Override
    public void check(String[] request, Object reply) {
      // Others decide whether it works out.
    }
  }

  /// Expects one answer to its request.
  private record Watcher(Object expected, List<String> request) implements Client {
    @Override
    public List<String[]> requests(SplittableRandom random, int round) {
      return times(DEPTH, request.toArray(String[]::new));
    }

    @Override
    public void check(String[] asked, Object reply) {
      assertThat(reply).as("reply to %s", Arrays.toString(asked)).isEqualTo(expected);
    }
  }

  /// The only one that sets the value which is under one of two keys: must find what it set last.
  private record Chain(String a, String b, List<String> last) implements Client {
    @Override
    public List<String[]> requests(SplittableRandom random, int round) {
      String key = random.nextInt(2) == 0 ? a : b;
      List<String[]> one = new ArrayList<>();
      one.add(new String[] {"SET", key, key + round, "XX", "GET"});
      return one;
    }

    @Override
    public void check(String[] request, Object reply) {
      if (!reply.equals(RespDecoder.NIL)) {
        assertThat(reply).isEqualTo(last.getFirst());
        last.set(0, request[2]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void mgetNeverSeesHalfAnMset(int shards) throws Exception {
    List<Client> clients = new ArrayList<>(List.of(new Getter(), new Getter()));
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Setter("MSET", "client" + i));
    }
    run(shards, clients);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void mgetNeverSeesHalfAFlush(int shards) throws Exception {
    List<String[]> flush = times(5, new String[] {"FLUSHALL"});
    run(
        shards,
        List.of(
            new Getter(),
            new Getter(),
            new Setter("MSET", "set"),
            new Setter("MSETNX", "setnx"),
            new Repeater(flush)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void mgetNeverSeesHalfASwap(int shards) throws Exception {
    run(
        shards,
        List.of(
            new Getter(),
            new Getter(),
            new Setter("MSET", "set"),
            new Repeater(times(5, new String[] {"SWAPDB", "0", "1"}))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void renameKeepsExactlyOneOfTwoKeys(int shards) throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int pair = 0; pair < 4; pair++) {
      String a = KEYS[2 * pair];
      String b = KEYS[2 * pair + 1];
      List<String[]> rename = new ArrayList<>();
      for (int i = 0; i < DEPTH; i++) {
        rename.add(new String[] {"RENAME", a, b});
        rename.add(new String[] {"RENAME", b, a});
      }
      clients.add(new Repeater(rename));
      clients.add(new Watcher(1L, List.of("EXISTS", a, b)));
    }
    run(shards, clients, with("MSET", "a", "1", "c", "1", "e", "1", "g", "1"));
  }

  /// A value that is set while its key is renamed is carried along or refused, never lost.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void renameCarriesTheLatestValue(int shards) throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int pair = 0; pair < 4; pair++) {
      String a = KEYS[2 * pair];
      String b = KEYS[2 * pair + 1];
      String[] there = {"RENAME", a, b};
      String[] back = {"RENAME", b, a};
      clients.add(new Repeater(List.of(there, back)));
      clients.add(new Chain(a, b, new ArrayList<>(List.of("1"))));
    }
    run(shards, clients, with("MSET", "a", "1", "c", "1", "e", "1", "g", "1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void copyNeverMakesASecondValue(int shards) throws Exception {
    List<String[]> copies = new ArrayList<>();
    for (int i = 0; i < KEYS.length; i++) {
      String to = KEYS[(i + 3) % KEYS.length];
      copies.add(new String[] {"COPY", KEYS[i], to, "REPLACE"});
    }
    run(
        shards,
        List.of(new Repeater(copies), new Repeater(copies.reversed()), new Getter()),
        setAll("MSET", "the only one"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void countersAddUp(int shards) throws Exception {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      List<String[]> increments = new ArrayList<>();
      for (String key : KEYS) {
        increments.add(new String[] {"INCR", key});
      }
      clients.add(new Repeater(increments));
    }
    try (TestServer server = TestServer.start(shards)) {
      run(server, clients);
      String sum = "" + CLIENTS * ROUNDS;
      List<String> all = java.util.Collections.nCopies(KEYS.length, sum);
      assertThat(server.client().run(with("MGET", KEYS))).isEqualTo(all);
    }
  }

  private static void run(int shards, List<Client> clients, String[]... first) throws Exception {
    try (TestServer server = TestServer.start(shards)) {
      for (String[] request : first) {
        assertThat(server.client().run(request)).isEqualTo(new RespDecoder.Status("OK"));
      }
      run(server, clients);
    }
  }

  private static void run(TestServer server, List<Client> clients) throws Exception {
    long seed = Long.getLong("seed", 5);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < clients.size(); i++) {
        Client client = clients.get(i);
        TestClient connection = server.client();
        SplittableRandom random = new SplittableRandom(seed + i);
        ends.add(threads.submit(() -> play(client, connection, random)));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  private static Void play(Client client, TestClient connection, SplittableRandom random)
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<String[]> requests = client.requests(random, round);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      requests.forEach(request -> bytes.writeBytes(TestClient.encode(request)));
      connection.write(bytes.toByteArray());
      for (String[] request : requests) {
        client.check(request, connection.read());
      }
    }
    return null;
  }

  private static List<String[]> times(int n, String[] request) {
    return java.util.Collections.nCopies(n, request);
  }

  private static String[] with(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  private static String[] setAll(String command, String value) {
    List<String> arguments = new ArrayList<>(List.of(command));
    for (String key : KEYS) {
      arguments.add(key);
      arguments.add(value);
    }
    return arguments.toArray(String[]::new);
  }
}
