package io.pantala.server.memcache;

import io.pantala.core.memory.Mem;
import io.pantala.memcache.MemcacheLimits;
import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.MetaFlags;
import io.pantala.resp.Args;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.memcache.ItemWrite.Mode;
import io.pantala.server.memcache.ItemWrite.Outcome;
import io.pantala.server.shard.ShardContext;
import org.jspecify.annotations.Nullable;

/// ms: stores a value, in one of all the ways. Shard's thread.
final class MetaSet {
  private static final int FIRST_FLAG = 3;

  private MetaSet() {}

  static void run(ShardContext cx, Args args, MemcacheReply reply) {
    int data = args.count() - 1;
    MetaFlags flags = MetaLine.parse(cx, args, FIRST_FLAG, data, reply);
    if (flags == null) {
      return;
    }
    Mode mode = mode(flags);
    if (mode == null) {
      reply.line(MemcacheText.BAD_SET_MODE);
      return;
    }
    ItemWrite write = cx.shard().memcache().write();
    write.begin(mode, args, data);
    setUp(cx, write, mode, flags);
    answer(args, flags, data, write, write.run(cx, args), reply);
  }

  private static @Nullable Mode mode(MetaFlags flags) {
    Mode mode =
        switch (flags.mode()) {
          case MetaFlags.NO_MODE, 'S' -> Mode.SET;
          case 'E' -> Mode.ADD;
          case 'A' -> Mode.APPEND;
          case 'P' -> Mode.PREPEND;
          case 'R' -> Mode.REPLACE;
          default -> null;
        };
    return flags.has('C') && (mode == Mode.SET || mode == Mode.REPLACE) ? Mode.CAS : mode;
  }

  private static void setUp(ShardContext cx, ItemWrite write, Mode mode, MetaFlags flags) {
    boolean isPiece = mode == Mode.APPEND || mode == Mode.PREPEND;
    boolean vivifies = isPiece && flags.has('N');
    long exptime = vivifies ? flags.vivifyTtl() : flags.has('T') ? flags.ttl() : 0;
    write.deadline(ItemAccess.deadline(exptime, cx.nowMs()));
    write.vivifies(vivifies);
    write.clientFlags(flags.clientFlags());
    write.expected(flags.unique());
    write.newUnique(flags.newUnique());
    write.mayBeStale(flags.has('I'));
    write.isBinaryKey(flags.has('b'));
    write.wantsUnique(flags.has('c'));
  }

  private static void answer(
      Args args, MetaFlags flags, int to, ItemWrite write, Outcome outcome, MemcacheReply reply) {
    switch (outcome) {
      case STORED -> {
        if (flags.has('q')) {
          return;
        }
        reply.meta('H', 'D');
      }
      case EXISTS -> reply.meta('E', 'X');
      case NOT_FOUND -> reply.meta('N', 'F');
      case NOT_STORED -> reply.meta('N', 'S');
    }
    for (int i = FIRST_FLAG; i < to; i++) {
      switch (Mem.getByte(args.address(i))) {
        case 'O' -> reply.word(args.address(i), args.length(i));
        case 'k' -> reply.key(args.address(1), (int) args.length(1), flags.has('b'));
        case 'c' -> reply.flag('c', write.unique());
        case 's' -> reply.flag('s', write.size());
        default -> {}
      }
    }
    reply.endLine();
  }

  /// Its data were passed over.
  static void tooLarge(ShardContext cx, Args args, MemcacheReply reply) {
    MetaFlags flags = MetaLine.parse(cx, args, FIRST_FLAG, args.count(), reply);
    if (flags == null) {
      return;
    }
    if (mode(flags) == null) {
      reply.line(MemcacheText.BAD_SET_MODE);
      return;
    }
    cx.shard().memcache().stats().count(Counter.STORE_TOO_LARGE);
    long slot = ItemAccess.slot(cx, args);
    if (slot != 0) {
      cx.db().delete(cx.keyHash(), slot);
    }
    reply.line(MemcacheText.TOO_LARGE);
  }

  /// No line end behind its data.
  static void badChunk(ShardContext cx, Args args, MemcacheReply reply) {
    MetaFlags flags = MetaLine.parse(cx, args, FIRST_FLAG, args.count(), reply);
    if (flags != null) {
      reply.line(mode(flags) == null ? MemcacheText.BAD_SET_MODE : MemcacheText.BAD_CHUNK);
    }
  }

  /// The line itself is wrong.
  static byte[] lineError(Args args) {
    boolean tooMany =
        args.count() > MemcacheLimits.META_WORDS && args.length(1) <= MemcacheLimits.KEY_BYTES;
    return tooMany ? MemcacheText.MANY_FLAGS : MemcacheText.BAD_LINE;
  }
}
