package io.pantala.server.memcache;

import io.pantala.core.dash.DashTable;
import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.Numbers;
import io.pantala.memcache.Verb;
import io.pantala.resp.Args;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;

/// incr, decr, touch, delete: one key and no data.
final class KeyCommands {
  private static final byte[] ZERO = {'0'};

  private KeyCommands() {}

  static void register(MemcacheTable table) {
    table.writes(Verb.INCR, KeyCommands::incr);
    table.writes(Verb.DECR, KeyCommands::decr);
    table.touches(Verb.TOUCH, 1, KeyCommands::touch);
    table.deletes(Verb.DELETE, KeyCommands::delete);
  }

  private static void incr(ShardContext cx, Args args, MemcacheReply reply) {
    count(cx, args, true, reply);
  }

  private static void decr(ShardContext cx, Args args, MemcacheReply reply) {
    count(cx, args, false, reply);
  }

  private static void count(ShardContext cx, Args args, boolean up, MemcacheReply reply) {
    if (!Numbers.isUint64(args.address(2), args.length(2))) {
      ItemAccess.answer(args, MemcacheText.BAD_DELTA, reply);
      return;
    }
    ItemStats stats = cx.shard().memcache().stats();
    long slot = ItemAccess.slot(cx, args);
    if (slot == 0) {
      stats.count(up ? Counter.INCR_MISSES : Counter.DECR_MISSES);
      ItemAccess.answer(args, MemcacheText.NOT_FOUND, reply);
      return;
    }
    ItemCount count = cx.shard().memcache().count();
    if (!count.add(cx, args, slot, Numbers.uint64(args.address(2), args.length(2)), up)) {
      ItemAccess.answer(args, MemcacheText.NOT_NUMERIC, reply);
      return;
    }
    stats.count(up ? Counter.INCR_HITS : Counter.DECR_HITS);
    if (!ItemAccess.isNoreply(args, args.count() - 1)) {
      reply.number(count.value());
    }
  }

  private static void touch(ShardContext cx, Args args, MemcacheReply reply) {
    long exptime = Numbers.int32(args.address(2), args.length(2));
    if (exptime == Numbers.NOT_A_NUMBER) {
      ItemAccess.answer(args, MemcacheText.BAD_EXPTIME, reply);
      return;
    }
    ItemStats stats = cx.shard().memcache().stats();
    long slot = ItemAccess.slot(cx, args);
    if (slot == 0) {
      stats.count(Counter.TOUCH_MISSES);
      ItemAccess.answer(args, MemcacheText.NOT_FOUND, reply);
      return;
    }
    stats.count(Counter.TOUCH_HITS);
    ItemAccess.markFetched(DashTable.record(slot));
    ItemAccess.endAt(cx, slot, ItemAccess.deadline(exptime, cx.nowMs()));
    ItemAccess.answer(args, MemcacheText.TOUCHED, reply);
  }

  private static void delete(ShardContext cx, Args args, MemcacheReply reply) {
    if (!isDelete(args)) {
      ItemAccess.answer(args, MemcacheText.BAD_DELETE, reply);
      return;
    }
    ItemStats stats = cx.shard().memcache().stats();
    long slot = ItemAccess.slot(cx, args);
    if (slot != 0) {
      cx.db().delete(cx.keyHash(), slot);
    }
    stats.count(slot != 0 ? Counter.DELETE_HITS : Counter.DELETE_MISSES);
    byte[] text = slot != 0 ? MemcacheText.DELETED : MemcacheText.NOT_FOUND;
    if (args.count() > 2) {
      ItemAccess.answer(args, text, reply);
    } else {
      reply.line(text);
    }
  }

  /// delete key [0] [noreply]
  private static boolean isDelete(Args args) {
    int words = args.count();
    if (words == 2) {
      return true;
    }
    boolean isZero = args.length(2) == 1 && args.is(2, ZERO);
    boolean noreply = ItemAccess.isNoreply(args, words - 1);
    return words == 3 ? isZero || noreply : isZero && noreply;
  }
}
