package io.pantala.bench.load;

import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Everything a run needs, checked and encoded. Immutable; owns the native memory of the templates
/// and of the random data, which lives until [#close].
record LoadPlan(
    Target target, Shape shape, Keys keys, RequestMix mix, @Nullable DataPool data, Arena memory)
    implements AutoCloseable {

  /// Where to, and how to greet.
  ///
  /// @param greeting requests that each new connection sends first
  /// @param greetingReplies how many replies they get
  record Target(
      InetSocketAddress address, Protocol protocol, String greeting, int greetingReplies) {}

  /// How many connections, and for how long.
  ///
  /// @param clients connections of each thread
  /// @param requests for each connection; 0 when `seconds` counts
  /// @param seconds length of the run; 0 when `requests` counts
  /// @param warmUpSeconds before those, not counted
  /// @param rate requests a second of each connection; 0 without a limit
  record Shape(
      int threads,
      int clients,
      int pipeline,
      long requests,
      int seconds,
      int warmUpSeconds,
      int rate) {
    int connections() {
      return threads * clients;
    }
  }

  /// Which keys.
  ///
  /// @param width digits at least, filled up with zeros
  /// @param expirySeconds from which `SETEX` draws; unused without it
  record Keys(
      KeyRange range,
      int width,
      KeyPattern writePattern,
      KeyPattern readPattern,
      KeyRange expirySeconds,
      Seeds seeds) {}

  /// @param distinct whether each connection has a seed of its own; else all draw the same keys
  record Seeds(long seed, boolean distinct) {
    long of(int connection) {
      return distinct ? seed + connection : seed;
    }
  }

  /// What connection `index` fills into its requests.
  Draws draws(int index) {
    long seed = keys.seeds.of(index);
    return new Draws(
        sequence(keys.writePattern, index, seed),
        sequence(keys.readPattern, index, seed ^ 0x5ea1),
        keys,
        data,
        seed ^ 0xda7a);
  }

  private KeySequence sequence(KeyPattern pattern, int index, long seed) {
    boolean own = pattern == KeyPattern.PARALLEL;
    return new KeySequence(pattern, own ? part(index) : keys.range, seed);
  }

  private KeyRange part(int index) {
    return keys.range.part(index, shape.connections());
  }

  /// The most bytes of one batch.
  long maxBatchBytes() {
    return shape.pipeline * mix.maxRequestBytes(data == null ? 0 : data.valueBytes());
  }

  @Override
  public void close() {
    memory.close();
  }
}
