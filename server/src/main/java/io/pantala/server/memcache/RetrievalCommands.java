package io.pantala.server.memcache;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.StringValue;
import io.pantala.core.record.RecordLayout;
import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.Numbers;
import io.pantala.memcache.Verb;
import io.pantala.resp.Args;
import io.pantala.server.command.CommandBody;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;

/// get, gets, gat, gats: the values of keys, with their uniques or new exptimes. A key that holds
/// no string is a miss.
final class RetrievalCommands {
  private RetrievalCommands() {}

  static void register(MemcacheTable table) {
    table.reads(Verb.GET, 1, single(1, RetrievalCommands::get));
    table.reads(Verb.GETS, 1, single(1, RetrievalCommands::gets));
    table.touches(Verb.GAT, 2, single(2, RetrievalCommands::gat));
    table.touches(Verb.GATS, 2, single(2, RetrievalCommands::gats));
    table.readsMany(Verb.GET_MANY, 1, many(RetrievalCommands::get));
    table.readsMany(Verb.GETS_MANY, 1, many(RetrievalCommands::gets));
    table.touchesMany(Verb.GAT_MANY, 2, many(RetrievalCommands::gat));
    table.touchesMany(Verb.GATS_MANY, 2, many(RetrievalCommands::gats));
  }

  /// Answers for the key at argument `key`.
  private interface KeyStep {
    void run(ShardContext cx, Args args, int key, MemcacheReply reply);
  }

  private static MemcacheStep single(int key, KeyStep step) {
    return (cx, args, reply) -> {
      step.run(cx, args, key, reply);
      reply.line(MemcacheText.END);
    };
  }

  private static CommandBody.KeyStep many(KeyStep step) {
    return (cx, args, key, reply) -> {
      step.run(cx, args, key, MemcacheStep.of(reply));
      return 0;
    };
  }

  private static void get(ShardContext cx, Args args, int key, MemcacheReply reply) {
    long slot = read(cx, args, key, Counter.GET_HITS, Counter.GET_MISSES);
    if (slot != 0) {
      value(args, key, DashTable.record(slot), reply);
    }
  }

  private static void gets(ShardContext cx, Args args, int key, MemcacheReply reply) {
    long slot = read(cx, args, key, Counter.GET_HITS, Counter.GET_MISSES);
    if (slot != 0) {
      valueWithUnique(args, key, cx.db().items().make(cx.keyHash(), slot), reply);
    }
  }

  private static void gat(ShardContext cx, Args args, int key, MemcacheReply reply) {
    long slot = read(cx, args, key, Counter.TOUCH_HITS, Counter.TOUCH_MISSES);
    if (slot != 0) {
      value(args, key, DashTable.record(slot), reply);
      touch(cx, args, slot);
    }
  }

  private static void gats(ShardContext cx, Args args, int key, MemcacheReply reply) {
    long slot = read(cx, args, key, Counter.TOUCH_HITS, Counter.TOUCH_MISSES);
    if (slot != 0) {
      valueWithUnique(args, key, cx.db().items().make(cx.keyHash(), slot), reply);
      touch(cx, args, slot);
    }
  }

  private static void touch(ShardContext cx, Args args, long slot) {
    long exptime = Numbers.int32(args.address(1), args.length(1));
    ItemAccess.endAt(cx, slot, ItemAccess.deadline(exptime, cx.nowMs()));
  }

  private static long read(ShardContext cx, Args args, int key, Counter hit, Counter miss) {
    long slot = cx.db().read(cx.keyHash(), args.address(key), (int) args.length(key));
    ItemStats stats = cx.shard().memcache().stats();
    if (!ItemAccess.isString(slot)) {
      stats.count(miss);
      return 0;
    }
    stats.count(hit);
    ItemAccess.markFetched(DashTable.record(slot));
    return slot;
  }

  private static void value(Args args, int key, long record, MemcacheReply reply) {
    reply.value(
        args.address(key),
        (int) args.length(key),
        RecordLayout.clientFlags(record),
        StringValue.length(record));
    ItemAccess.data(record, reply);
  }

  private static void valueWithUnique(Args args, int key, long record, MemcacheReply reply) {
    reply.value(
        args.address(key),
        (int) args.length(key),
        RecordLayout.clientFlags(record),
        StringValue.length(record),
        RecordLayout.unique(record));
    ItemAccess.data(record, reply);
  }
}
