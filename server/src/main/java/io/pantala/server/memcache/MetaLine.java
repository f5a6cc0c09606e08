package io.pantala.server.memcache;

import io.pantala.core.db.Database;
import io.pantala.core.memory.Mem;
import io.pantala.memcache.MemcacheLimits;
import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.MetaFlags;
import io.pantala.resp.Args;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What meta commands have in common: their flags, and the flags that they all give back.
final class MetaLine {
  private static final byte[] MINUS_ONE = {'-', '1'};

  private MetaLine() {}

  /// The flags from argument `from` on; null when the client got an error instead.
  static @Nullable MetaFlags parse(
      ShardContext cx, Args args, int from, byte[] tooMany, MemcacheReply reply) {
    if (args.count() > MemcacheLimits.META_WORDS) {
      reply.line(tooMany);
      return null;
    }
    return parse(cx, args, from, args.count(), reply);
  }

  static @Nullable MetaFlags parse(
      ShardContext cx, Args args, int from, int to, MemcacheReply reply) {
    cx.shard().memcache().stats().count(Counter.CMD_META);
    MetaFlags flags = cx.shard().memcache().flags();
    byte[] error = flags.parse(args, from, to);
    if (error != null) {
      reply.line(error);
      return null;
    }
    return flags;
  }

  /// As [#parse] for commands that tell wrong flags from doubled ones no more.
  static @Nullable MetaFlags parseVaguely(ShardContext cx, Args args, MemcacheReply reply) {
    if (args.count() > MemcacheLimits.META_WORDS) {
      reply.line(MemcacheText.MANY_FLAGS);
      return null;
    }
    MetaFlags flags = cx.shard().memcache().flags();
    byte[] error = flags.parse(args, 2, args.count());
    if (error != null) {
      boolean opaque = Arrays.equals(error, MemcacheText.LONG_OPAQUE);
      reply.line(opaque ? error : MemcacheText.INVALID_OR_DUPLICATE_FLAG);
      return null;
    }
    cx.shard().memcache().stats().count(Counter.CMD_META);
    return flags;
  }

  /// O and k, in the order asked.
  static void echo(Args args, MetaFlags flags, int to, boolean binary, MemcacheReply reply) {
    for (int i = flags.first(); i < to; i++) {
      switch (Mem.getByte(args.address(i))) {
        case 'O' -> reply.word(args.address(i), args.length(i));
        case 'k' -> reply.key(args.address(1), (int) args.length(1), binary);
        default -> {}
      }
    }
  }

  static void ttl(ShardContext cx, long deadline, MemcacheReply reply) {
    if (deadline == Database.NO_DEADLINE) {
      reply.flag('t');
      reply.raw(MINUS_ONE);
    } else {
      reply.flag('t', ItemAccess.secondsLeft(deadline, cx.nowMs()));
    }
  }

  /// A space and the key, in base64 when it came so.
  static void key(Args args, boolean binary, MemcacheReply reply) {
    int length = (int) args.length(1);
    if (!binary) {
      reply.word(args.address(1), length);
      return;
    }
    reply.base64(args.address(1), length);
  }
}
