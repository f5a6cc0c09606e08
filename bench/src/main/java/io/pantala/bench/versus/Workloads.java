package io.pantala.bench.versus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All workloads by name, in the order in which they run. To add one, add a row.
final class Workloads {
  private static final String KEY = "key:__rand_int__";
  private static final String DATA = "{data}";
  private static final int SMALL = 16;

  /// What makes `bench/bin/load` speak memcached's protocol.
  static final List<String> MEMCACHE_TEXT = List.of("--protocol", "memcache_text");

  private static final List<Workload> ROWS =
      List.of(
          set("set-p1", 1),
          get("get-p1", 1),
          set("set-p30", 30),
          get("get-p30", 30),
          new Workload("mixed", "SET:GET 1:10", ratio(1, 10), List.of(), 1, true, 0),
          new Workload(
              "mixed-p30", "SET:GET 1:10, pipeline 30", ratio(1, 10), List.of(), 30, true, 0),
          new Workload(
              "mget10",
              "MGET of 10 keys",
              List.of("--ratio", "0:1", "--multi-key-get", "10"),
              many("MGET", List.of(KEY)),
              1,
              true,
              0),
          new Workload(
              "mset10",
              "MSET of 10 keys",
              List.of("--ratio", "1:0", "--mset", "10"),
              many("MSET", List.of(KEY, DATA)),
              1,
              false,
              0),
          command("incr-p1", "INCR c:__key__", List.of("INCR", "c:__rand_int__"), 1),
          command("incr-p30", "INCR c:__key__", List.of("INCR", "c:__rand_int__"), 30),
          command(
              "hset-p1",
              "HSET h:__key__ f:__key__ __data__",
              List.of("HSET", "h:__rand_int__", "f:__rand_int__", DATA),
              1),
          command(
              "lpush-p1", "LPUSH l:__key__ __data__", List.of("LPUSH", "l:__rand_int__", DATA), 1),
          command(
              "zadd-p1",
              "ZADD z:__key__ __key__ m:__key__",
              List.of("ZADD", "z:__rand_int__", "__rand_int__", "m:__rand_int__"),
              1),
          memcached("mc-set-p1", 1, 0, 1),
          memcached("mc-get-p1", 0, 1, 1),
          memcached("mc-set-p30", 1, 0, 30),
          memcached("mc-get-p30", 0, 1, 30));

  private static final Map<String, Workload> BY_NAME = new LinkedHashMap<>();

  static {
    ROWS.forEach(w -> BY_NAME.put(w.name(), w));
  }

  private Workloads() {}

  /// By name, in order.
  static Map<String, Workload> byName() {
    return Collections.unmodifiableMap(BY_NAME);
  }

  private static Workload set(String name, int pipeline) {
    List<String> command = List.of("SET", KEY, DATA);
    return new Workload(
        name, "SET, pipeline " + pipeline, ratio(1, 0), command, pipeline, false, 0);
  }

  private static Workload get(String name, int pipeline) {
    List<String> command = List.of("GET", KEY);
    String about = "GET of existing keys, pipeline " + pipeline;
    return new Workload(name, about, ratio(0, 1), command, pipeline, true, 0);
  }

  private static Workload command(
      String name, String command, List<String> redisBenchmark, int pipeline) {
    List<String> load = List.of("--key-prefix", "", "--command", command);
    return new Workload(name, command, load, redisBenchmark, pipeline, false, SMALL);
  }

  /// Both servers listen for it at their ports `{port}` (ours: `--memcached_port {port}`).
  private static Workload memcached(String name, int sets, int gets, int pipeline) {
    List<String> load = new ArrayList<>(ratio(sets, gets));
    load.addAll(MEMCACHE_TEXT);
    String about = "memcached's " + (sets > 0 ? "set" : "get") + ", pipeline " + pipeline;
    return new Workload(name, about, load, List.of(), pipeline, gets > 0, 0, true);
  }

  private static List<String> ratio(int sets, int gets) {
    return List.of("--ratio", sets + ":" + gets);
  }

  private static List<String> many(String command, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(command));
    for (int i = 0; i < 10; i++) {
      words.addAll(arguments);
    }
    return words;
  }
}
