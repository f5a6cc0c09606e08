package io.pantala.core.db;

import io.pantala.core.dash.DashTable;
import io.pantala.core.record.RecordLayout;

/// The memcached side of the strings of one database: records that carry client flags, a state and
/// a *unique*, a number that changes whenever the value does, whoever changes it. Owner: the
/// shard's thread.
///
/// A record gets these fields when memcached stores it, or asks for its unique the first time. A
/// Redis command that changes such a value in place renews its unique; one that stores another
/// value leaves a record without the fields, so that no unique of before fits any more.
public final class Items {
  /// In a kind that [Database#putValue] takes: the record has the fields.
  static final int ITEM = RecordLayout.MEMCACHED << 8;

  private final Database db;
  private final Records records;
  private final Uniques uniques;

  Items(Database db, Records records, Uniques uniques) {
    this.db = db;
    this.records = records;
    this.uniques = uniques;
  }

  /// Makes room for a string of `bytes` bytes, as [Database#putValue], with a new unique, client
  /// flags 0 and state 0. Returns the record; its value is the caller's to fill.
  public long put(
      long hash, long slot, long key, int keyLength, int kind, int bytes, long deadline) {
    long record = db.putRecord(hash, slot, key, keyLength, kind | ITEM, bytes, deadline);
    fill(record, 0, 0);
    return record;
  }

  /// Gives a record the fields, if it has none yet; it may move. Returns it.
  public long make(long hash, long slot) {
    long record = DashTable.record(slot);
    if (RecordLayout.has(record, RecordLayout.MEMCACHED)) {
      return record;
    }
    int flags = RecordLayout.flags(record) | RecordLayout.MEMCACHED;
    long moved = records.withFlags(record, flags, RecordLayout.deadline(record));
    fill(moved, 0, 0);
    db.table().replace(hash, slot, moved);
    records.freeBlock(record);
    return moved;
  }

  /// Changes the value of an INT record, item or not.
  public void setInteger(long record, long value) {
    StringValue.setInteger(record, value);
    renew(record);
  }

  /// A unique that no item has or had.
  public long nextUnique() {
    return uniques.next();
  }

  /// Tells that a record's value has changed in place.
  void renew(long record) {
    if (RecordLayout.has(record, RecordLayout.MEMCACHED)) {
      RecordLayout.setUnique(record, uniques.next());
    }
  }

  /// Fills the fields of a record that has just been made for the value of another one, whose
  /// client flags and state these are.
  void fill(long record, int clientFlags, int state) {
    if (RecordLayout.has(record, RecordLayout.MEMCACHED)) {
      RecordLayout.setUnique(record, uniques.next());
      RecordLayout.setClientFlags(record, clientFlags);
      RecordLayout.setState(record, state);
    }
  }

  /// The kind of a string that takes the place of `record` and is an item if that is one.
  static int kindAs(long record, int kind) {
    return kind | (RecordLayout.flags(record) & RecordLayout.MEMCACHED) << 8;
  }
}
