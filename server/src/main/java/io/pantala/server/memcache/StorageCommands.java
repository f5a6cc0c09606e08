package io.pantala.server.memcache;

import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.Numbers;
import io.pantala.memcache.Verb;
import io.pantala.resp.Args;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.memcache.ItemWrite.Mode;
import io.pantala.server.shard.ShardContext;

/// set, add, replace, append, prepend, cas: `key flags exptime bytes [unique] [noreply]` and the
/// data. The parser has checked the numbers.
final class StorageCommands {
  private StorageCommands() {}

  static void register(MemcacheTable table) {
    table.writes(Verb.SET, (cx, args, reply) -> store(cx, args, Mode.SET, reply));
    table.writes(Verb.ADD, (cx, args, reply) -> store(cx, args, Mode.ADD, reply));
    table.writes(Verb.REPLACE, (cx, args, reply) -> store(cx, args, Mode.REPLACE, reply));
    table.writes(Verb.APPEND, (cx, args, reply) -> store(cx, args, Mode.APPEND, reply));
    table.writes(Verb.PREPEND, (cx, args, reply) -> store(cx, args, Mode.PREPEND, reply));
    table.writes(Verb.CAS, (cx, args, reply) -> store(cx, args, Mode.CAS, reply));
    table.deletes(Verb.TOO_LARGE_SET, StorageCommands::dropTooLarge);
    table.deletes(Verb.TOO_LARGE, StorageCommands::refuseTooLarge);
  }

  private static void store(ShardContext cx, Args args, Mode mode, MemcacheReply reply) {
    int data = args.count() - 1;
    ItemWrite write = cx.shard().memcache().write();
    write.begin(mode, args, data);
    write.clientFlags(Numbers.uint32(args.address(2), args.length(2)));
    long exptime = Numbers.int32(args.address(3), args.length(3));
    write.deadline(ItemAccess.deadline(exptime, cx.nowMs()));
    if (mode == Mode.CAS) {
      write.expected(Numbers.uint64(args.address(5), args.length(5)));
    }
    ItemWrite.Outcome outcome = write.run(cx, args);
    if (!ItemAccess.isNoreply(args, data - 1)) {
      reply.line(text(outcome));
    }
  }

  private static byte[] text(ItemWrite.Outcome outcome) {
    return switch (outcome) {
      case STORED -> MemcacheText.STORED;
      case NOT_STORED -> MemcacheText.NOT_STORED;
      case EXISTS -> MemcacheText.EXISTS;
      case NOT_FOUND -> MemcacheText.NOT_FOUND;
    };
  }

  /// A set that failed must not leave the value before it.
  private static void dropTooLarge(ShardContext cx, Args args, MemcacheReply reply) {
    long slot = ItemAccess.slot(cx, args);
    if (slot != 0) {
      cx.db().delete(cx.keyHash(), slot);
    }
    refuseTooLarge(cx, args, reply);
  }

  private static void refuseTooLarge(ShardContext cx, Args args, MemcacheReply reply) {
    cx.shard().memcache().stats().count(Counter.STORE_TOO_LARGE);
    ItemAccess.answer(args, MemcacheText.TOO_LARGE, reply);
  }
}
