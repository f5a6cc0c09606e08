package io.pantala.bench.load;

import io.pantala.bench.load.RequestTemplate.Hole;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes a [LoadPlan] of the options: every option is checked here, and the message names it.
final class Planner {
  private static final int DEFAULT_REQUESTS = 10_000;
  private static final int MAX_CONNECTIONS = 60_000;
  private static final int MAX_PIPELINE = 100_000;
  private static final int MAX_MULTI_KEYS = 10_000;
  private static final int MAX_DATA_BYTES = 512 << 20;
  private static final int MAX_PREFIX_BYTES = 200;
  private static final byte[] NOTHING = {};

  private final LoadOptions options;
  private final Protocol protocol;
  private final byte[] prefix;

  private Planner(LoadOptions options) {
    this.options = options;
    this.protocol = protocol(options.protocol);
    this.prefix = options.keyPrefix.getBytes(StandardCharsets.UTF_8);
  }

  /// @throws BadOption naming the option
  static LoadPlan plan(LoadOptions options) {
    return new Planner(options).plan();
  }

  private LoadPlan plan() {
    checkNumbers();
    checkCombinations();
    LoadPlan.Target target = target();
    LoadPlan.Keys keys = keys();
    LoadPlan.Shape shape = shape(keys);
    Arena memory = Arena.ofShared();
    try {
      RequestMix mix = mix(memory);
      DataPool data =
          options.randomData ? new DataPool(memory, options.dataSize, options.seed) : null;
      LoadPlan plan = new LoadPlan(target, shape, keys, mix, data, memory);
      if (plan.maxBatchBytes() > Integer.MAX_VALUE) {
        throw new BadOption("--pipeline", "a batch is over 2 GB with these --data-size and keys");
      }
      return plan;
    } catch (BadOption e) {
      memory.close();
      throw e;
    }
  }

  private void checkNumbers() {
    within("--port", options.port, 1, 65_535);
    within("--clients", options.clients, 1, MAX_CONNECTIONS);
    within("--threads", options.threads, 1, MAX_CONNECTIONS);
    if ((long) options.clients * options.threads > MAX_CONNECTIONS) {
      throw new BadOption("--clients", "over " + MAX_CONNECTIONS + " connections in all");
    }
    within("--pipeline", options.pipeline, 1, MAX_PIPELINE);
    within("--data-size", options.dataSize, 1, MAX_DATA_BYTES);
    within("--multi-key-get", options.multiKeyGet, 0, MAX_MULTI_KEYS);
    within("--mset", options.multiKeySet, 0, MAX_MULTI_KEYS);
    within("--key-width", options.keyWidth, 1, RequestTemplate.MAX_DIGITS);
    within("--key-minimum", options.keyMinimum, 0, Long.MAX_VALUE - 1);
    within("--key-maximum", options.keyMaximum, options.keyMinimum, Long.MAX_VALUE - 1);
    within("--select-db", options.database, 0, Integer.MAX_VALUE);
    for (double percentile : options.percentiles) {
      if (!(percentile > 0 && percentile <= 100)) {
        throw new BadOption("--print-percentiles", percentile + " is not over 0 and up to 100");
      }
    }
  }

  private void checkCombinations() {
    if (options.requests != null && options.testTime != null) {
      throw new BadOption("--test-time", "not together with --requests");
    }
    if (!options.commands.isEmpty()) {
      refuse(options.ratio != null, "--ratio", "not together with --command");
      refuse(options.multiKeyGet > 0, "--multi-key-get", "not together with --command");
      refuse(options.multiKeySet > 0, "--mset", "not together with --command");
      refuse(options.expiryRange != null, "--expiry-range", "not together with --command");
    }
    refuse(
        options.multiKeySet > 0 && options.expiryRange != null,
        "--expiry-range",
        "MSET has no expiry");
    if (!protocol.isResp()) {
      refuse(!options.commands.isEmpty(), "--command", "not with memcache_text");
      refuse(options.multiKeySet > 0, "--mset", "not with memcache_text");
      refuse(options.credentials != null, "--authenticate", "not with memcache_text");
      refuse(options.database != 0, "--select-db", "not with memcache_text");
      refuse(prefix.length > MAX_PREFIX_BYTES, "--key-prefix", "too long for memcached");
      refuse(options.keyPrefix.contains(" "), "--key-prefix", "no blanks with memcached");
    }
  }

  private static void refuse(boolean wrong, String option, String problem) {
    if (wrong) {
      throw new BadOption(option, problem);
    }
  }

  private static void within(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new BadOption(option, value + " is not in " + least + ".." + most);
    }
  }

  private static Protocol protocol(String name) {
    return Arrays.stream(Protocol.values())
        .filter(p -> p.option().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new BadOption("--protocol", "'" + name + "' is not redis, resp3, memcache_text"));
  }

  private LoadPlan.Target target() {
    InetSocketAddress address = new InetSocketAddress(options.server, options.port);
    if (address.isUnresolved()) {
      throw new BadOption("--server", "no address for '" + options.server + "'");
    }
    List<List<String>> greeting = greeting();
    StringBuilder requests = new StringBuilder();
    greeting.forEach(words -> appendRequest(requests, words));
    return new LoadPlan.Target(address, protocol, requests.toString(), greeting.size());
  }

  private List<List<String>> greeting() {
    List<List<String>> commands = new ArrayList<>();
    String credentials = options.credentials;
    if (credentials != null) {
      List<String> auth = new ArrayList<>(List.of("AUTH"));
      auth.addAll(Arrays.asList(credentials.split(":", 2)));
      commands.add(auth);
    }
    if (protocol == Protocol.RESP3) {
      commands.add(List.of("HELLO", "3"));
    }
    if (options.database != 0) {
      commands.add(List.of("SELECT", Integer.toString(options.database)));
    }
    return commands;
  }

  private static void appendRequest(StringBuilder to, List<String> words) {
    to.append('*').append(words.size()).append("\r\n");
    for (String word : words) {
      int bytes = word.getBytes(StandardCharsets.UTF_8).length;
      to.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
    }
  }

  private LoadPlan.Keys keys() {
    String pattern = options.keyPattern;
    if (pattern.length() != 3 || pattern.charAt(1) != ':') {
      throw new BadOption("--key-pattern", "'" + pattern + "' is not like R:R");
    }
    KeyRange expiry = new KeyRange(0, 0);
    if (options.expiryRange != null) {
      long[] ends = pair("--expiry-range", options.expiryRange, "-");
      refuse(ends[0] < 1 || ends[1] < ends[0], "--expiry-range", "not 1 or more, upwards");
      expiry = new KeyRange(ends[0], ends[1]);
    }
    return new LoadPlan.Keys(
        new KeyRange(options.keyMinimum, options.keyMaximum),
        options.keyWidth,
        KeyPattern.of(pattern.charAt(0)),
        KeyPattern.of(pattern.charAt(2)),
        expiry,
        new LoadPlan.Seeds(options.seed, options.distinctClientSeed));
  }

  private static long[] pair(String option, String text, String separator) {
    String[] parts = text.split(separator, -1);
    if (parts.length != 2) {
      throw new BadOption(option, "'" + text + "' is not two numbers with '" + separator + "'");
    }
    return new long[] {number(option, parts[0]), number(option, parts[1])};
  }

  private static long number(String option, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new BadOption(option, "'" + text + "' is not a whole number");
    }
  }

  private LoadPlan.Shape shape(LoadPlan.Keys keys) {
    int seconds = 0;
    long requests = 0;
    if (options.testTime != null) {
      within("--test-time", options.testTime, 1, Integer.MAX_VALUE);
      seconds = options.testTime;
    } else if (options.warmUp != 0) {
      throw new BadOption("--warm-up", "goes with --test-time");
    } else {
      requests = requests(keys);
    }
    within("--warm-up", options.warmUp, 0, Integer.MAX_VALUE);
    int rate = 0;
    if (options.rate != null) {
      within("--rate-limiting", options.rate, 1, 1_000_000_000);
      rate = options.rate;
    }
    return new LoadPlan.Shape(
        options.threads,
        options.clients,
        options.pipeline,
        requests,
        seconds,
        options.warmUp,
        rate);
  }

  private long requests(LoadPlan.Keys keys) {
    String text = options.requests;
    if (text == null) {
      return DEFAULT_REQUESTS;
    }
    if (!text.equals("allkeys")) {
      long requests = number("--requests", text);
      within("--requests", requests, 1, Long.MAX_VALUE);
      return requests;
    }
    boolean parts = keys.writePattern() == KeyPattern.PARALLEL;
    int connections = options.clients * options.threads;
    long keysEach = parts ? keys.range().part(0, connections).count() : keys.range().count();
    int keysInRequest = Math.max(1, options.multiKeySet);
    return (keysEach + keysInRequest - 1) / keysInRequest;
  }

  private RequestMix mix(Arena memory) {
    RequestEncoder encoder = new RequestEncoder(memory, options.dataSize);
    List<RequestMix.Share> shares = new ArrayList<>();
    if (options.commands.isEmpty()) {
      String ratio = options.ratio == null ? "1:10" : options.ratio;
      long[] counts = pair("--ratio", ratio, ":");
      within("--ratio", counts[0], 0, Integer.MAX_VALUE);
      within("--ratio", counts[1], 0, Integer.MAX_VALUE);
      refuse(counts[0] + counts[1] == 0, "--ratio", "0:0 is nothing to do");
      shares.add(new RequestMix.Share(set(encoder), (int) counts[0]));
      shares.add(new RequestMix.Share(get(encoder), (int) counts[1]));
    }
    for (LoadOptions.Arbitrary command : options.commands) {
      int weight = command.ratio == null ? 1 : command.ratio;
      within("--command-ratio", weight, 1, Integer.MAX_VALUE);
      List<Argument> arguments = CommandWords.arguments(command.text, prefix, data());
      shares.add(new RequestMix.Share(encoder.resp(arguments, ExpectedReply.ANY, false), weight));
    }
    return new RequestMix(shares);
  }

  /// A value: constant bytes, or a hole for random ones.
  private Argument data() {
    if (options.randomData) {
      return new Argument(NOTHING, Hole.DATA, NOTHING);
    }
    byte[] value = new byte[options.dataSize];
    Arrays.fill(value, (byte) 'x');
    return Argument.text(value);
  }

  private RequestTemplate set(RequestEncoder encoder) {
    Argument key = Argument.key(prefix);
    boolean expires = options.expiryRange != null;
    if (!protocol.isResp()) {
      Hole expiry = expires ? Hole.EXPIRY : Hole.NONE;
      byte[] flags = (expires ? " 0 " : " 0 0").getBytes(StandardCharsets.US_ASCII);
      byte[] length = (" " + options.dataSize + "\r\n").getBytes(StandardCharsets.US_ASCII);
      return encoder.text(
          List.of(
              Argument.text("set "),
              key,
              new Argument(flags, expiry, length),
              data(),
              Argument.text("\r\n")),
          ExpectedReply.STORED,
          false);
    }
    List<Argument> arguments = new ArrayList<>();
    if (expires) {
      Argument expiry = new Argument(NOTHING, Hole.EXPIRY, NOTHING);
      arguments.addAll(List.of(Argument.text("SETEX"), key, expiry, data()));
    } else {
      arguments.add(Argument.text(options.multiKeySet > 0 ? "MSET" : "SET"));
      for (int i = 0; i < Math.max(1, options.multiKeySet); i++) {
        arguments.add(key);
        arguments.add(data());
      }
    }
    return encoder.resp(arguments, ExpectedReply.STATUS, false);
  }

  private RequestTemplate get(RequestEncoder encoder) {
    int keys = Math.max(1, options.multiKeyGet);
    List<Argument> arguments = new ArrayList<>();
    if (!protocol.isResp()) {
      arguments.add(Argument.text("get"));
      for (int i = 0; i < keys; i++) {
        arguments.add(new Argument(bytes(" ", prefix), Hole.KEY, NOTHING));
      }
      arguments.add(Argument.text("\r\n"));
      return encoder.text(arguments, ExpectedReply.VALUES, true);
    }
    boolean many = options.multiKeyGet > 0;
    arguments.add(Argument.text(many ? "MGET" : "GET"));
    for (int i = 0; i < keys; i++) {
      arguments.add(Argument.key(prefix));
    }
    ExpectedReply expected = many ? ExpectedReply.ARRAY : ExpectedReply.VALUE;
    return encoder.resp(arguments, expected, true);
  }

  private static byte[] bytes(String text, byte[] more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(more);
    return out.toByteArray();
  }
}
