package io.pantala.server.memcache;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.StringValue;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.StringEncoding;
import io.pantala.core.record.ValueType;
import io.pantala.memcache.Numbers;
import io.pantala.resp.Args;
import io.pantala.server.shard.ShardContext;

/// Counting up and down, classic and meta: unsigned 64 bits, up wraps, down stops at 0. Reused;
/// owner: the shard's thread.
final class ItemCount {
  private long value;

  /// The number after [#add].
  long value() {
    return value;
  }

  /// Adds to the number in a string, or takes away; false when it is none. Deadline and client
  /// flags stay.
  boolean add(ShardContext cx, Args args, long slot, long delta, boolean up) {
    if (!read(slot)) {
      return false;
    }
    if (up) {
      value += delta;
    } else {
      value = Long.compareUnsigned(value, delta) < 0 ? 0 : value - delta;
    }
    write(cx, args, slot);
    return true;
  }

  private boolean read(long slot) {
    long record = DashTable.record(slot);
    if (!StringValue.isString(record)) {
      return false;
    }
    if (StringValue.isInteger(record)) {
      value = StringValue.integer(record);
      return value >= 0;
    }
    long text = RecordLayout.valueAddress(record);
    int length = RecordLayout.valueLength(record);
    if (!Numbers.isUint64(text, length)) {
      return false;
    }
    value = Numbers.uint64(text, length);
    return true;
  }

  private void write(ShardContext cx, Args args, long slot) {
    long record = DashTable.record(slot);
    boolean longer = Numbers.length(value) > StringValue.length(record);
    int state = longer ? 0 : RecordLayout.state(record);
    int clientFlags = RecordLayout.clientFlags(record);
    boolean isItem = RecordLayout.has(record, RecordLayout.MEMCACHED);
    if (value >= 0 && StringValue.isInteger(record)) {
      cx.db().items().setInteger(record, value);
    } else {
      record = put(cx, args, slot, RecordLayout.deadline(record));
      isItem = true;
    }
    if (isItem) {
      RecordLayout.setClientFlags(record, clientFlags);
      RecordLayout.setState(record, state);
    }
  }

  private long put(ShardContext cx, Args args, long slot, long deadline) {
    if (value >= 0) {
      return ItemAccess.putInteger(cx, args, slot, value, deadline);
    }
    int kind = ValueType.kind(StringEncoding.TYPE, StringEncoding.EMBSTR);
    long record = ItemAccess.put(cx, args, slot, kind, Numbers.length(value), deadline);
    Numbers.write(RecordLayout.valueAddress(record), value);
    return record;
  }

  /// Makes an item of a number where there is none.
  long create(ShardContext cx, Args args, long initial, long deadline) {
    value = initial;
    return put(cx, args, 0, deadline);
  }
}
