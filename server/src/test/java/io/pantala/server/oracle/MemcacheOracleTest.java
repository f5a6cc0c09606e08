package io.pantala.server.oracle;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random memcached requests, classic and meta, right and wrong, to this server and to memcached:
/// the same replies, the same data.
///
/// `-Dseed=` replays a round (the first one of each case has that seed), `-Dseconds=` runs all
/// cases for that long in all.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
@SuppressWarnings("NullAway.Init") // set before the first test
final class MemcacheOracleTest {
  private static final int CASES = 3;
  private static final int ROUNDS = 17;
  private static final int REQUESTS_PER_ROUND = 1_000;
  private static final int DEPTH_MAX = 50;
  private static final int SHRINK_TRIES = 300;
  private static final long DEFAULT_SEED = 20_261_126;

  private static LiveMemcached memcached;

  @BeforeAll
  static void start() throws IOException {
    memcached = LiveMemcached.start();
  }

  @AfterAll
  static void stop() {
    if (memcached != null) {
      memcached.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void answersAsMemcachedDoes(int shards) throws IOException {
    long seed = Long.getLong("seed", DEFAULT_SEED + 1000L * shards);
    long seconds = Long.getLong("seconds", 0);
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) / CASES;
    int round = 0;
    while (seconds == 0 ? round < ROUNDS : System.nanoTime() < endNs) {
      playRound(shards, seed + round);
      round++;
    }
    System.out.printf(
        "oracle: memcached, %d shards, %d requests, first -Dseed=%d%n",
        shards, round * REQUESTS_PER_ROUND, seed);
  }

  private static void playRound(int shards, long seed) throws IOException {
    List<MemcacheRequest> history = new MemcacheDraw(seed).next(REQUESTS_PER_ROUND);
    SplittableRandom random = new SplittableRandom(seed + 1);
    if (play(shards, history, () -> 1 + random.nextInt(DEPTH_MAX)) != null) {
      throw new AssertionError(report(shards, seed, history));
    }
  }

  private static String report(int shards, long seed, List<MemcacheRequest> history) {
    boolean alone = replay(shards, history, 1) != null;
    int depth = alone ? 1 : DEPTH_MAX;
    List<MemcacheRequest> shortest =
        new Shrinker<MemcacheRequest>(part -> replay(shards, part, depth) != null, SHRINK_TRIES)
            .shrink(history);
    return "-Dseed=%d, %d shards: shortest history (pipelines of %d) is%n%s%n%s"
        .formatted(
            seed,
            shards,
            depth,
            shortest.stream().map(r -> "  " + r.shown()).collect(Collectors.joining("\n")),
            replay(shards, shortest, depth));
  }

  private static @Nullable String replay(int shards, List<MemcacheRequest> history, int depth) {
    try {
      return play(shards, history, () -> depth);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String play(int shards, List<MemcacheRequest> history, IntSupplier depth)
      throws IOException {
    try (TestServer server =
            TestServer.start(TestServer.config(shards).with(Settings.MEMCACHED_PORT, -1));
        MemcacheDuel duel = new MemcacheDuel(server.server().memcachedPort(), memcached.port())) {
      return duel.play(history, depth);
    }
  }
}
