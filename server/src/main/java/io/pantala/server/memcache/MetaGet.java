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
import io.pantala.resp.Args;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;

/// mg: reads an item and what is known of it, may make one on a miss, and picks the one client that
/// is to bring a new value. Shard's thread.
final class MetaGet {
  /// Flags for which a record must have the fields of an item.
  private static final long ITEM_FLAGS = MetaFlags.bits("chR");

  private MetaGet() {}

  static void run(ShardContext cx, Args args, MemcacheReply reply) {
    MetaFlags flags = MetaLine.parse(cx, args, 2, MemcacheText.MANY_FLAGS_OF_GET, reply);
    if (flags == null) {
      return;
    }
    ItemStats stats = cx.shard().memcache().stats();
    long slot = cx.db().inspect(cx.keyHash(), args.address(1), (int) args.length(1));
    boolean created = slot == 0 && flags.has('N');
    if (created) {
      slot = create(cx, args, flags);
    }
    if (!ItemAccess.isString(slot)) {
      stats.count(flags.has('T') ? Counter.TOUCH_MISSES : Counter.GET_MISSES);
      miss(args, flags, reply);
      return;
    }
    stats.count(flags.has('T') ? Counter.TOUCH_HITS : Counter.GET_HITS);
    if (flags.hasAny(ITEM_FLAGS)) {
      cx.db().items().make(cx.keyHash(), slot);
    }
    hit(cx, args, flags, slot, created, reply);
  }

  /// An empty item, for which the caller has won the right to bring the value.
  private static long create(ShardContext cx, Args args, MetaFlags flags) {
    int kind = ValueType.kind(StringEncoding.TYPE, StringEncoding.EMBSTR);
    long record = ItemAccess.put(cx, args, 0, kind, 0, Database.NO_DEADLINE);
    if (flags.newUnique() != 0) {
      RecordLayout.setUnique(record, flags.newUnique());
    }
    return cx.db().find(cx.keyHash(), args.address(1), (int) args.length(1));
  }

  private static void miss(Args args, MetaFlags flags, MemcacheReply reply) {
    if (flags.has('q')) {
      return;
    }
    reply.meta('E', 'N');
    MetaLine.echo(args, flags, args.count(), flags.has('b'), reply);
    reply.endLine();
  }

  private static void hit(
      ShardContext cx,
      Args args,
      MetaFlags flags,
      long slot,
      boolean created,
      MemcacheReply reply) {
    long record = DashTable.record(slot);
    int state = RecordLayout.state(record);
    boolean value = flags.has('v') && !isKnown(record, flags);
    if (value) {
      reply.meta('V', 'A');
      reply.size(StringValue.length(record));
    } else {
      reply.meta('H', 'D');
    }
    long old = RecordLayout.deadline(record);
    long deadline = old;
    boolean won = created;
    for (int i = 2; i < args.count(); i++) {
      switch (Mem.getByte(args.address(i))) {
        case 'T' -> deadline = ItemAccess.deadline(flags.ttl(), cx.nowMs());
        case 'N' -> {
          if (created) {
            deadline = ItemAccess.deadline(flags.vivifyTtl(), cx.nowMs());
          }
        }
        case 'R' -> won |= !created && winsByAge(cx, flags, state, deadline);
        default -> answer(cx, args, i, record, deadline, reply);
      }
    }
    won |= (state & (RecordLayout.STALE | RecordLayout.WON)) == RecordLayout.STALE;
    marks(state, won, reply);
    reply.endLine();
    if (value) {
      ItemAccess.data(record, reply);
    }
    note(cx, record, state, won, !flags.has('u'));
    if (deadline != old) {
      ItemAccess.endAt(cx, slot, deadline);
    }
  }

  /// Whether the client has this value already, as it says by its unique.
  private static boolean isKnown(long record, MetaFlags flags) {
    return flags.has('C')
        && RecordLayout.has(record, RecordLayout.MEMCACHED)
        && RecordLayout.unique(record) == flags.unique();
  }

  private static boolean winsByAge(ShardContext cx, MetaFlags flags, int state, long deadline) {
    return (state & RecordLayout.WON) == 0
        && deadline != Database.NO_DEADLINE
        && ItemAccess.secondsLeft(deadline, cx.nowMs()) < flags.recacheTtl();
  }

  private static void answer(
      ShardContext cx, Args args, int i, long record, long deadline, MemcacheReply reply) {
    switch (Mem.getByte(args.address(i))) {
      case 's' -> reply.flag('s', StringValue.length(record));
      case 't' -> MetaLine.ttl(cx, deadline, reply);
      case 'c' -> reply.flag('c', RecordLayout.unique(record));
      case 'f' -> reply.flag('f', Integer.toUnsignedLong(RecordLayout.clientFlags(record)));
      case 'l' -> reply.flag('l', RecordLayout.idleSeconds(record, cx.nowMs()));
      case 'h' -> reply.flag('h', RecordLayout.state(record) & RecordLayout.FETCHED);
      case 'O' -> reply.word(args.address(i), args.length(i));
      case 'k' -> {
        boolean binary = (RecordLayout.state(record) & RecordLayout.BINARY_KEY) != 0;
        reply.key(args.address(1), (int) args.length(1), binary);
      }
      default -> {}
    }
  }

  /// Z: another client has won already; X: the value is out of date; W: this client has won.
  private static void marks(int state, boolean won, MemcacheReply reply) {
    if ((state & RecordLayout.WON) != 0) {
      reply.flag('Z');
    }
    if ((state & RecordLayout.STALE) != 0) {
      reply.flag('X');
    }
    if (won) {
      reply.flag('W');
    }
  }

  private static void note(ShardContext cx, long record, int state, boolean won, boolean isRead) {
    int now = state | (won ? RecordLayout.WON : 0) | (isRead ? RecordLayout.FETCHED : 0);
    if (now != state && RecordLayout.has(record, RecordLayout.MEMCACHED)) {
      RecordLayout.setState(record, now);
    }
    if (isRead) {
      RecordLayout.touch(record, cx.shard().clock().accessClock());
    }
  }

  /// What the key holds, for people: `ME key exp=… la=… cas=… fetch=… cls=… size=…`.
  static void debug(ShardContext cx, Args args, MemcacheReply reply) {
    cx.shard().memcache().stats().count(Counter.CMD_META);
    if (args.length(1) == 0) {
      reply.line(MemcacheText.BAD_LINE);
      return;
    }
    long slot = cx.db().find(cx.keyHash(), args.address(1), (int) args.length(1));
    if (!ItemAccess.isString(slot)) {
      reply.line(MemcacheText.EN);
      return;
    }
    long record = cx.db().items().make(cx.keyHash(), slot);
    int state = RecordLayout.state(record);
    reply.meta('M', 'E');
    MetaLine.key(args, (state & RecordLayout.BINARY_KEY) != 0, reply);
    long deadline = RecordLayout.deadline(record);
    long ttl = deadline == Database.NO_DEADLINE ? -1 : ItemAccess.secondsLeft(deadline, cx.nowMs());
    reply.text(
        " exp=%d la=%d cas=%s fetch=%s cls=%d size=%d"
            .formatted(
                ttl,
                RecordLayout.idleSeconds(record, cx.nowMs()),
                Long.toUnsignedString(RecordLayout.unique(record)),
                (state & RecordLayout.FETCHED) != 0 ? "yes" : "no",
                0,
                cx.db().bytes(record)));
    reply.endLine();
  }
}
