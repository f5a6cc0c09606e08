package io.pantala.server.memcache;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.record.ValueType;
import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.MetaFlags;
import io.pantala.memcache.Numbers;
import io.pantala.resp.Args;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;

/// md and ma: deletes an item or makes it stale; counts. Shard's thread.
final class MetaChange {
  private static final long KEEPING = MetaFlags.bits("Ix");

  private static final char[] DONE = {'H', 'D'};
  private static final char[] MISSING = {'N', 'F'};
  private static final char[] CHANGED = {'E', 'X'};

  private MetaChange() {}

  static void delete(ShardContext cx, Args args, MemcacheReply reply) {
    MetaFlags flags = MetaLine.parseVaguely(cx, args, reply);
    if (flags == null) {
      return;
    }
    ItemStats stats = cx.shard().memcache().stats();
    long slot = ItemAccess.slot(cx, args);
    if (slot == 0 || !mayChange(flags, DashTable.record(slot))) {
      stats.count(Counter.DELETE_MISSES);
      if (slot != 0 || !flags.has('q')) {
        end(slot == 0 ? MISSING : CHANGED, args, flags, reply);
      }
      return;
    }
    if (flags.hasAny(KEEPING)) {
      keep(cx, args, flags, slot);
    } else {
      stats.count(Counter.DELETE_HITS);
      cx.db().delete(cx.keyHash(), slot);
    }
    if (!flags.has('q')) {
      end(DONE, args, flags, reply);
    }
  }

  private static void end(char[] code, Args args, MetaFlags flags, MemcacheReply reply) {
    reply.meta(code[0], code[1]);
    MetaLine.echo(args, flags, args.count(), flags.has('b'), reply);
    reply.endLine();
  }

  private static boolean mayChange(MetaFlags flags, long record) {
    return !flags.has('C')
        || (RecordLayout.has(record, RecordLayout.MEMCACHED)
            && RecordLayout.unique(record) == flags.unique());
  }

  /// Drops the value (x), or makes it stale (I), or both.
  private static void keep(ShardContext cx, Args args, MetaFlags flags, long slot) {
    long record = DashTable.record(slot);
    int state = RecordLayout.state(record);
    if (flags.has('x')) {
      int kind = ValueType.kind(StringEncoding.TYPE, StringEncoding.EMBSTR);
      long deadline = RecordLayout.deadline(record);
      record = ItemAccess.put(cx, args, slot, kind, 0, deadline);
      RecordLayout.setClientFlags(record, (int) flags.clientFlags());
    } else {
      record = cx.db().items().make(cx.keyHash(), slot);
    }
    if (flags.has('I')) {
      state = (state | RecordLayout.STALE) & ~RecordLayout.WON;
    }
    RecordLayout.setState(record, state);
    long unique = flags.newUnique() != 0 ? flags.newUnique() : cx.db().items().nextUnique();
    RecordLayout.setUnique(record, unique);
    if (flags.has('I') && flags.has('T')) {
      ItemAccess.endAt(cx, slot, ItemAccess.deadline(flags.ttl(), cx.nowMs()));
    }
  }

  static void count(ShardContext cx, Args args, MemcacheReply reply) {
    MetaFlags flags = MetaLine.parseVaguely(cx, args, reply);
    if (flags == null) {
      return;
    }
    int direction = direction(flags);
    if (direction == 0) {
      reply.line(MemcacheText.BAD_COUNT_MODE);
      return;
    }
    ItemStats stats = cx.shard().memcache().stats();
    boolean up = direction > 0;
    long slot = ItemAccess.slot(cx, args);
    if (slot == 0) {
      if (flags.has('N')) {
        create(cx, args, flags, reply);
        return;
      }
      stats.count(up ? Counter.INCR_MISSES : Counter.DECR_MISSES);
      if (!flags.has('q')) {
        end(MISSING, args, flags, reply);
      }
      return;
    }
    if (isEmpty(DashTable.record(slot))) {
      reply.line(MemcacheText.NOT_NUMERIC);
    } else if (!mayChange(flags, DashTable.record(slot))) {
      end(CHANGED, args, flags, reply);
    } else if (cx.shard().memcache().count().add(cx, args, slot, flags.delta(), up)) {
      stats.count(up ? Counter.INCR_HITS : Counter.DECR_HITS);
      answer(cx, args, flags, slot, false, reply);
    } else {
      reply.line(MemcacheText.NOT_NUMERIC);
    }
  }

  /// memcached looks at that before it looks at the unique.
  private static boolean isEmpty(long record) {
    return StringValue.isString(record) && StringValue.length(record) == 0;
  }

  /// 1 for up, -1 for down, 0 for neither.
  private static int direction(MetaFlags flags) {
    return switch (flags.mode()) {
      case MetaFlags.NO_MODE, 'I', 'i', '+' -> 1;
      case 'D', 'd', '-' -> -1;
      default -> 0;
    };
  }

  private static void create(ShardContext cx, Args args, MetaFlags flags, MemcacheReply reply) {
    cx.shard().memcache().count().create(cx, args, flags.initial(), Database.NO_DEADLINE);
    long slot = cx.db().find(cx.keyHash(), args.address(1), (int) args.length(1));
    answer(cx, args, flags, slot, true, reply);
  }

  private static void answer(
      ShardContext cx,
      Args args,
      MetaFlags flags,
      long slot,
      boolean created,
      MemcacheReply reply) {
    long record =
        flags.has('c') || flags.has('E')
            ? cx.db().items().make(cx.keyHash(), slot)
            : DashTable.record(slot);
    if (flags.newUnique() != 0) {
      RecordLayout.setUnique(record, flags.newUnique());
    }
    long deadline = RecordLayout.deadline(record);
    long number = cx.shard().memcache().count().value();
    long start = reply.mark();
    if (flags.has('v')) {
      reply.meta('V', 'A');
      reply.size(Numbers.length(number));
    } else {
      reply.meta('H', 'D');
    }
    for (int i = flags.first(); i < args.count(); i++) {
      switch (Mem.getByte(args.address(i))) {
        case 'T' -> deadline = ItemAccess.deadline(flags.ttl(), cx.nowMs());
        case 'N' -> {
          if (created) {
            deadline = ItemAccess.deadline(flags.vivifyTtl(), cx.nowMs());
          }
        }
        case 't' -> MetaLine.ttl(cx, deadline, reply);
        case 'c' -> reply.flag('c', RecordLayout.unique(record));
        case 'O' -> reply.word(args.address(i), args.length(i));
        case 'k' -> reply.key(args.address(1), (int) args.length(1), flags.has('b'));
        default -> {}
      }
    }
    reply.endLine();
    if (flags.has('v')) {
      reply.number(number);
    }
    if (flags.has('q')) {
      reply.takeBack(start);
    }
    if (deadline != RecordLayout.deadline(record)) {
      ItemAccess.endAt(cx, slot, deadline);
    }
  }
}
