package io.pantala.server.memcache;

import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.Verb;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.Version;
import io.pantala.server.client.ClientState;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Wire;
import io.pantala.server.info.KeyspaceSize;
import io.pantala.server.info.ProcessFigures;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// stats: the names are memcached's, every figure is real; what there is none of is not in it.
final class StatsReport {
  private static final String GENERAL = "";
  private static final String RESET = "reset";
  private static final String CONNS = "conns";

  private final ShardThreads shards;
  private final MemcacheReply reply;

  private StatsReport(ShardThreads shards, MemcacheReply reply) {
    this.shards = shards;
    this.reply = reply;
  }

  static void register(MemcacheTable table) {
    table.asks(Verb.STATS, StatsReport::onShard, StatsReport::answer);
  }

  private static String topic(Args args) {
    return args.count() > 1 ? args.string(1) : GENERAL;
  }

  private static void onShard(ShardContext cx, Args args, ShardPart part) {
    switch (topic(args)) {
      case RESET -> cx.shard().memcache().stats().reset();
      case CONNS -> connections(MemcacheStep.of(part.reply()));
      default -> {}
    }
  }

  /// The memcached clients of this thread.
  private static void connections(MemcacheReply reply) {
    for (Connection connection : ShardThread.current().connections()) {
      ClientState state = connection.state();
      if (state.wire() == Wire.MEMCACHE) {
        reply.stat(state.id() + ":addr", "tcp:" + state.peer());
        reply.stat(state.id() + ":listen_addr", "tcp:" + state.local());
      }
    }
  }

  private static void answer(Connection client, Args args, ShardPart[] parts, Reply out) {
    MemcacheReply reply = MemcacheStep.of(out);
    StatsReport report = new StatsReport(client.thread().shards(), reply);
    switch (topic(args)) {
      case GENERAL -> report.general();
      case "settings" -> report.settings();
      case "slabs" -> report.memory();
      case "items" -> report.items();
      case "sizes" -> reply.stat("sizes_status", "disabled");
      case CONNS -> {
        for (ShardPart part : parts) {
          reply.raw(part.bytes().address(), part.bytes().position());
        }
      }
      case RESET -> {
        reply.line(MemcacheText.RESET);
        return;
      }
      case "detail" -> {
        reply.line(MemcacheText.NO_DETAIL);
        return;
      }
      default -> {
        reply.line(MemcacheText.ERROR);
        return;
      }
    }
    reply.line(MemcacheText.END);
  }

  private void general() {
    process();
    stat("curr_connections", shards.clients());
    stat("total_connections", shards.acceptedClients());
    stat("rejected_connections", shards.rejectedClients());
    stat("cmd_get", sum(Counter.GET_HITS) + sum(Counter.GET_MISSES));
    stat("cmd_touch", sum(Counter.TOUCH_HITS) + sum(Counter.TOUCH_MISSES));
    for (Counter counter : Counter.values()) {
      stat(counter.label, sum(counter));
    }
    stat("bytes_read", sum(thread -> thread.stats().inputBytes()));
    stat("bytes_written", sum(thread -> thread.stats().outputBytes()));
    stat("limit_maxbytes", shards.memoryLimit().maxBytes());
    stat("threads", shards.size());
    stat("bytes", sum(thread -> thread.stats().dataBytes()));
    stat("curr_items", KeyspaceSize.of(shards.threads(), 0).keys());
    stat("evictions", sum(thread -> thread.shard().stats().evicted));
    stat("reclaimed", sum(thread -> thread.shard().stats().expired));
  }

  private void process() {
    stat("pid", ProcessHandle.current().pid());
    stat("uptime", shards.life().uptimeSeconds());
    stat("time", System.currentTimeMillis() / 1000);
    reply.stat("version", Version.MEMCACHED);
    reply.stat("pantala_version", Version.TEXT);
    stat("pointer_size", Long.SIZE);
    ProcessFigures.userSeconds().ifPresent(s -> seconds("rusage_user", s));
    ProcessFigures.systemSeconds().ifPresent(s -> seconds("rusage_system", s));
    stat("max_connections", shards.live().maxClients());
  }

  private void seconds(String name, double value) {
    reply.stat(name, String.format(Locale.ROOT, "%.6f", value));
  }

  private void settings() {
    stat("maxbytes", shards.memoryLimit().maxBytes());
    stat("maxconns", shards.live().maxClients());
    reply.stat("inter", String.join(",", shards.config().bind()));
    reply.stat("evictions", "off");
    stat("num_threads", shards.size());
    stat("item_size_max", shards.config().maxItemBytes());
    reply.stat("cas_enabled", "yes");
    reply.stat("auth_enabled_ascii", shards.live().hasPassword() ? "yes" : "no");
    reply.stat("binding_protocol", "ascii");
    reply.stat("flush_enabled", "yes");
  }

  /// There are no slab classes of items, but one memory for all values.
  private void memory() {
    stat("total_malloced", sum(thread -> thread.stats().mappedBytes()));
  }

  private void items() {
    stat("items:0:number", KeyspaceSize.of(shards.threads(), 0).keys());
    stat("items:0:evicted", sum(thread -> thread.shard().stats().evicted));
    stat("items:0:reclaimed", sum(thread -> thread.shard().stats().expired));
  }

  private void stat(String name, long value) {
    reply.stat(name, Long.toString(value));
  }

  private long sum(Counter counter) {
    return sum(thread -> thread.shard().memcache().stats().get(counter));
  }

  private long sum(ToLongFunction<ShardThread> figure) {
    return shards.threads().stream().mapToLong(figure).sum();
  }
}
