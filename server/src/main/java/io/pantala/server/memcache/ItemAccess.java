package io.pantala.server.memcache;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.record.ValueType;
import io.pantala.core.text.IntText;
import io.pantala.memcache.MemcacheLimits;
import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.resp.Args;
import io.pantala.server.shard.ShardContext;

/// What memcached commands have in common: the times and values of items. Shard's thread.
final class ItemAccess {
  /// A deadline that has passed already.
  static final long EXPIRED = 0;

  private static final long MS = 1_000;

  private ItemAccess() {}

  static long slot(ShardContext cx, Args args) {
    return cx.db().edit(cx.keyHash(), args.address(1), (int) args.length(1));
  }

  static boolean isString(long slot) {
    return slot != 0 && StringValue.isString(DashTable.record(slot));
  }

  /// The deadline that an exptime means: [Database#NO_DEADLINE], ms since 1970, or [#EXPIRED].
  static long deadline(long exptime, long nowMs) {
    if (exptime == 0) {
      return Database.NO_DEADLINE;
    }
    if (exptime < 0) {
      return EXPIRED;
    }
    if (exptime <= MemcacheLimits.RELATIVE_SECONDS) {
      return nowMs + exptime * MS;
    }
    return exptime * MS <= nowMs ? EXPIRED : exptime * MS;
  }

  /// Seconds until a deadline, begun ones counted.
  static long secondsLeft(long deadline, long nowMs) {
    return Math.max(0, deadline - nowMs + MS - 1) / MS;
  }

  /// Gives an item another deadline; one that has passed deletes it.
  static void endAt(ShardContext cx, long slot, long deadline) {
    if (deadline == EXPIRED) {
      cx.db().delete(cx.keyHash(), slot);
    } else {
      cx.db().setDeadline(cx.keyHash(), slot, deadline);
    }
  }

  /// Stores a value as an item, encoded as Redis does on SET, over whatever the key held before.
  /// Returns its record.
  static long put(ShardContext cx, Args args, long slot, long value, int bytes, long deadline) {
    long integer = IntText.parse(value, bytes);
    if (IntText.isNumber(integer, value, bytes)) {
      return putInteger(cx, args, slot, integer, deadline);
    }
    int kind = ValueType.kind(StringEncoding.TYPE, StringEncoding.ofLength(bytes));
    long record = put(cx, args, slot, kind, bytes, deadline);
    Mem.copy(value, RecordLayout.valueAddress(record), bytes);
    return record;
  }

  static long putInteger(ShardContext cx, Args args, long slot, long integer, long deadline) {
    int kind = ValueType.kind(StringEncoding.TYPE, StringEncoding.INT);
    long record = put(cx, args, slot, kind, StringEncoding.INT_BYTES, deadline);
    StringValue.setInteger(record, integer);
    return record;
  }

  /// A string of bytes that are the caller's to fill.
  static long put(ShardContext cx, Args args, long slot, int kind, int bytes, long deadline) {
    return cx.db()
        .items()
        .put(cx.keyHash(), slot, args.address(1), (int) args.length(1), kind, bytes, deadline);
  }

  /// Notes that an item has been read.
  static void markFetched(long record) {
    if (RecordLayout.has(record, RecordLayout.MEMCACHED)) {
      int state = RecordLayout.state(record);
      if ((state & RecordLayout.FETCHED) == 0) {
        RecordLayout.setState(record, state | RecordLayout.FETCHED);
      }
    }
  }

  /// The value's bytes as a data block.
  static void data(long record, MemcacheReply reply) {
    if (StringValue.isInteger(record)) {
      reply.data(StringValue.integer(record));
    } else {
      reply.data(RecordLayout.valueAddress(record), RecordLayout.valueLength(record));
    }
  }

  /// Whether argument `i` is `noreply`.
  static boolean isNoreply(Args args, int i) {
    byte[] word = MemcacheText.NO_REPLY;
    if (args.length(i) != word.length) {
      return false;
    }
    for (int j = 0; j < word.length; j++) {
      if (Mem.getByte(args.address(i) + j) != word[j]) {
        return false;
      }
    }
    return true;
  }

  /// A line, unless the last word of the request is `noreply`.
  static void answer(Args args, byte[] text, MemcacheReply reply) {
    if (!isNoreply(args, args.count() - 1)) {
      reply.line(text);
    }
  }
}
