package io.pantala.server.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.server.command.CommandTable;
import io.pantala.server.command.Families;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jspecify.annotations.Nullable;

/// Random commands to this server and to redis-server: the same replies, the same data.
///
/// `-Dseed=` replays a round (the first one of each case has that seed), `-Dseconds=` runs all cases
/// for that long in all.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
@SuppressWarnings("NullAway.Init") // set before the first test
final class OracleTest {
  private static final int CASES = 6;
  private static final int ROUNDS = 17;
  private static final int REQUESTS_PER_ROUND = 2_000;
  private static final int DEPTH_MAX = 50;
  private static final int SHRINK_TRIES = 400;
  private static final long DEFAULT_SEED = 20_261_121;

  private static final CommandTable COMMANDS = Families.table();

  private static LiveRedis redis;

  @BeforeAll
  static void start() throws IOException {
    redis = LiveRedis.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (redis != null) {
      redis.close();
    }
  }

  @Test
  void coversTheRequiredCommands() {
    List<String> templates = Templates.all().stream().map(t -> lower(t.command())).toList();
    assertThat(templates).containsAll(withTemplates());
    List<String> missing = RequiredCommands.missingIn(COMMANDS);
    System.out.println("oracle: commands that the server does not have: " + missing);
    if (RequiredCommands.REQUIRE_ALL) {
      assertThat(missing).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "4,false", "1,true", "2,true", "4,true"})
  void answersAsRedisDoes(int shards, boolean resp3) throws IOException {
    Assumptions.assumeTrue(!resp3 || COMMANDS.find("hello") != null, "skipped: no HELLO yet");
    long seed = Long.getLong("seed", DEFAULT_SEED + 1000L * shards + (resp3 ? 500 : 0));
    long seconds = Long.getLong("seconds", 0);
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) / CASES;
    long errors = 0;
    int round = 0;
    while (seconds == 0 ? round < ROUNDS : System.nanoTime() < endNs) {
      errors += playRound(shards, resp3, seed + round);
      round++;
    }
    System.out.printf(
        "oracle: %d shards, RESP%d, %d requests (%d errors), first -Dseed=%d%n",
        shards, resp3 ? 3 : 2, round * REQUESTS_PER_ROUND, errors, seed);
  }

  private static long playRound(int shards, boolean resp3, long seed) throws IOException {
    long nowSeconds = System.currentTimeMillis() / 1000;
    List<Request> history =
        new CommandGenerator(seed, nowSeconds, COMMANDS).next(REQUESTS_PER_ROUND);
    try (TestServer server = TestServer.start(shards);
        Duel duel = new Duel(server.server().port(), redis.port(), COMMANDS, resp3)) {
      Difference found = duel.play(history, depths(seed));
      if (found != null) {
        throw new AssertionError(report(shards, resp3, seed, history, found));
      }
      return duel.errors();
    }
  }

  private static IntSupplier depths(long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    return () -> 1 + random.nextInt(DEPTH_MAX);
  }

  /// The difference with the shortest history that was found to show one.
  private static String report(
      int shards, boolean resp3, long seed, List<Request> history, Difference found) {
    List<Request> prefix = history.subList(0, Math.min(history.size(), found.place() + 1));
    boolean alone = replay(shards, resp3, prefix, 1) != null;
    int depth = alone ? 1 : DEPTH_MAX;
    List<Request> shortest =
        new Shrinker<Request>(part -> replay(shards, resp3, part, depth) != null, SHRINK_TRIES)
            .shrink(prefix);
    Difference last = replay(shards, resp3, shortest, depth);
    return "-Dseed=%d, %d shards, RESP%d: %s%nshortest history (pipelines of %d) is%n%s%n%s"
        .formatted(
            seed,
            shards,
            resp3 ? 3 : 2,
            found,
            depth,
            shortest.stream().map(r -> "  " + r.cliLine()).collect(Collectors.joining("\n")),
            last == null ? "  which does not always show it" : last);
  }

  private static @Nullable Difference replay(
      int shards, boolean resp3, List<Request> history, int depth) {
    try (TestServer server = TestServer.start(shards);
        Duel duel = new Duel(server.server().port(), redis.port(), COMMANDS, resp3)) {
      return duel.play(history, () -> depth);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// HELLO chooses the protocol of a case, so it has no template.
  private static List<String> withTemplates() {
    return RequiredCommands.all().stream().filter(name -> !name.equals("hello")).toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }
}
