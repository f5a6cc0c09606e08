package io.pantala.server.memcache;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.record.RecordLayout;
import io.pantala.memcache.MemcacheLimits;
import io.pantala.resp.Args;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;

/// One write of a whole value or of a piece of it, classic or meta, with its conditions: set up by
/// [#begin] and what follows, then [#run]. Reused; owner: the shard's thread.
final class ItemWrite {
  /// How to write.
  enum Mode {
    SET,
    ADD,
    REPLACE,
    APPEND,
    PREPEND,
    CAS
  }

  /// What became of it.
  enum Outcome {
    STORED,
    NOT_STORED,
    EXISTS,
    NOT_FOUND
  }

  private Mode mode = Mode.SET;
  private long data;
  private int bytes;
  private int clientFlags;
  private long deadline;
  private long expected;
  private long newUnique;
  private boolean vivifies;
  private boolean mayBeStale;
  private boolean isBinaryKey;
  private boolean wantsUnique;
  private long unique;
  private int size;

  /// @param what the argument that is the data
  void begin(Mode how, Args args, int what) {
    mode = how;
    data = args.address(what);
    bytes = (int) args.length(what);
    clientFlags = 0;
    expected = 0;
    newUnique = 0;
    vivifies = false;
    mayBeStale = false;
    isBinaryKey = false;
    wantsUnique = false;
    unique = 0;
    size = bytes;
  }

  void clientFlags(long flags) {
    clientFlags = (int) flags;
  }

  void deadline(long ms) {
    deadline = ms;
  }

  /// Only if the item has this unique; 0 for no matter.
  void expected(long value) {
    expected = value;
  }

  /// The unique that the item gets; 0 for one of the server's.
  void newUnique(long value) {
    newUnique = value;
  }

  /// Append and prepend make an item where there is none.
  void vivifies(boolean yes) {
    vivifies = yes;
  }

  /// An expected unique below the item's stores all the same, as a stale value.
  void mayBeStale(boolean yes) {
    mayBeStale = yes;
  }

  void isBinaryKey(boolean yes) {
    isBinaryKey = yes;
  }

  /// [#unique] will be asked.
  void wantsUnique(boolean yes) {
    wantsUnique = yes;
  }

  /// The unique of what was stored, else 0.
  long unique() {
    return unique;
  }

  /// Bytes of the value that was stored.
  int size() {
    return size;
  }

  Outcome run(ShardContext cx, Args args) {
    cx.shard().memcache().stats().count(Counter.CMD_SET);
    long slot = ItemAccess.slot(cx, args);
    return slot == 0 ? onMiss(cx, args) : onHit(cx, args, slot);
  }

  private Outcome onMiss(ShardContext cx, Args args) {
    return switch (mode) {
      case SET, ADD -> store(cx, args, 0, 0);
      case APPEND, PREPEND -> vivifies ? store(cx, args, 0, 0) : Outcome.NOT_STORED;
      case REPLACE -> Outcome.NOT_STORED;
      case CAS -> {
        cx.shard().memcache().stats().count(Counter.CAS_MISSES);
        yield Outcome.NOT_FOUND;
      }
    };
  }

  private Outcome onHit(ShardContext cx, Args args, long slot) {
    return switch (mode) {
      case SET, REPLACE -> store(cx, args, slot, 0);
      case ADD -> Outcome.NOT_STORED;
      case CAS -> swap(cx, args, slot);
      case APPEND, PREPEND -> {
        long record = DashTable.record(slot);
        if (expected != 0 && !isExpected(record)) {
          yield Outcome.EXISTS;
        }
        yield extend(cx, args, slot, record);
      }
    };
  }

  private Outcome swap(ShardContext cx, Args args, long slot) {
    ItemStats stats = cx.shard().memcache().stats();
    long record = DashTable.record(slot);
    if (isExpected(record)) {
      stats.count(Counter.CAS_HITS);
      return store(cx, args, slot, 0);
    }
    if (mayBeStale && isBefore(record)) {
      stats.count(Counter.CAS_HITS);
      deadline = RecordLayout.deadline(record);
      return store(
          cx, args, slot, RecordLayout.STALE | (RecordLayout.state(record) & RecordLayout.WON));
    }
    stats.count(Counter.CAS_BADVAL);
    return Outcome.EXISTS;
  }

  private boolean isExpected(long record) {
    return expected != 0
        && RecordLayout.has(record, RecordLayout.MEMCACHED)
        && RecordLayout.unique(record) == expected;
  }

  private boolean isBefore(long record) {
    return expected != 0
        && RecordLayout.has(record, RecordLayout.MEMCACHED)
        && Long.compareUnsigned(expected, RecordLayout.unique(record)) < 0;
  }

  private Outcome store(ShardContext cx, Args args, long slot, int state) {
    if (deadline == ItemAccess.EXPIRED) {
      if (slot != 0) {
        cx.db().delete(cx.keyHash(), slot);
      }
      unique = cx.db().items().nextUnique();
      return Outcome.STORED;
    }
    long record = ItemAccess.put(cx, args, slot, data, bytes, deadline);
    RecordLayout.setClientFlags(record, clientFlags);
    if (state != 0 || isBinaryKey) {
      RecordLayout.setState(record, state | (isBinaryKey ? RecordLayout.BINARY_KEY : 0));
    }
    return stored(record);
  }

  private Outcome extend(ShardContext cx, Args args, long slot, long record) {
    if (!StringValue.isString(record)) {
      return Outcome.NOT_STORED;
    }
    long length = StringValue.length(record);
    boolean hasFlags = RecordLayout.clientFlags(record) != 0;
    if (MemcacheLimits.itemBytes(args.length(1), length + bytes, hasFlags)
        > cx.shard().memcache().itemBytes()) {
      return Outcome.NOT_STORED;
    }
    size = (int) length + bytes;
    long at = cx.db().resizeString(cx.keyHash(), slot, size);
    if (mode == Mode.APPEND) {
      Mem.copy(data, at + length, bytes);
    } else {
      Mem.move(at, at + bytes, length);
      Mem.copy(data, at, bytes);
    }
    return stored(fresh(cx, slot));
  }

  /// An extended item counts as a new one.
  private long fresh(ShardContext cx, long slot) {
    long record = DashTable.record(slot);
    if (wantsUnique || newUnique != 0) {
      record = cx.db().items().make(cx.keyHash(), slot);
    }
    if (RecordLayout.has(record, RecordLayout.MEMCACHED)) {
      RecordLayout.setState(record, 0);
    }
    return record;
  }

  private Outcome stored(long record) {
    if (newUnique != 0) {
      RecordLayout.setUnique(record, newUnique);
    }
    unique = wantsUnique ? RecordLayout.unique(record) : 0;
    return Outcome.STORED;
  }
}
