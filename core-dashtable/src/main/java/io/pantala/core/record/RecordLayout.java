package io.pantala.core.record;

import io.pantala.core.memory.Mem;

/// Layout of a record, read through static functions on its address. Owner: the thread of the shard
/// whose memory holds it.
///
/// ```text
///  0        1       2            5          6            8
///  +--------+-------+------------+----------+------------+----------+----------------+-----+-------+
///  | type   | flags | access     | key      | value      | deadline | memcached (13)?| key | value |
///  | enc    |       | clock (3)  | length   | length (2) | ms (8)?  | see below      | ... | ...   |
///  +--------+-------+------------+----------+------------+----------+----------------+-----+-------+
/// ```
///
/// - `type` is the low nibble of byte 0, `enc` the high one.
/// - `access clock`: seconds since [#CLOCK_EPOCH_S], 24 bits, of the last access.
/// - A key of more than 254 bytes ([#LONG_KEY]) has its length in 4 bytes before the key and 255 in
///   the header.
/// - A value of more than [#EMBEDDED_VALUE_MAX] bytes ([#EXTERNAL]) is a block of its own: the
///   value field is then `address (8) | length (4) | capacity (4)` and the header's value length is
///   0.
/// - A structure of many blocks ([#ROOT]) has a value field of 8 bytes, the address of its root.
/// - Fields with `?` are there only when their flag is set.
/// - The memcached fields are `unique (8) | client flags (4) | state (1)`; the state is bits, see
///   [#FETCHED] and those after it. A record that a Redis command made has none of them.
public final class RecordLayout {
  public static final int HEADER_BYTES = 8;

  /// Flags, byte 1.
  public static final int EXPIRES = 1;

  public static final int LONG_KEY = 2;
  public static final int EXTERNAL = 4;
  public static final int MEMCACHED = 8;
  public static final int STICKY = 16;
  public static final int ROOT = 32;

  public static final int DEADLINE_BYTES = 8;
  public static final int MEMCACHED_BYTES = 13;
  public static final int EXTERNAL_BYTES = 16;
  public static final int ROOT_BYTES = 8;

  /// Bits of the memcached state: the item has been read since it was stored;
  public static final int FETCHED = 1;

  /// its value is out of date but may be served;
  public static final int STALE = 1 << 1;

  /// one client has been told to bring a new value;
  public static final int WON = 1 << 2;

  /// its key was given in base64 and is shown so.
  public static final int BINARY_KEY = 1 << 3;

  public static final int SHORT_KEY_MAX = 254;
  public static final int EMBEDDED_VALUE_MAX = 2048;

  /// 2026-01-01T00:00:00Z: the access clock counts from here and wraps after 194 days.
  public static final long CLOCK_EPOCH_S = 1_767_225_600L;

  private static final int CLOCK_MASK = 0xffffff;

  private RecordLayout() {}

  public static int type(long record) {
    return Mem.getByte(record) & 0xf;
  }

  public static int encoding(long record) {
    return (Mem.getByte(record) >> 4) & 0xf;
  }

  /// Type and encoding in one number, see [ValueType].
  public static int kind(long record) {
    return Mem.getUByte(record);
  }

  public static int flags(long record) {
    return Mem.getUByte(record + 1);
  }

  public static boolean has(long record, int flag) {
    return (Mem.getByte(record + 1) & flag) != 0;
  }

  /// Seconds of the access clock, 24 bits.
  public static int accessClock(long record) {
    return (Mem.getInt(record + 1) >>> 8) & CLOCK_MASK;
  }

  /// Writes the access clock only where it changed, so that a read of a hot key stays a read.
  public static void touch(long record, int clock) {
    int word = Mem.getInt(record + 1);
    if (word >>> 8 != clock) {
      Mem.putInt(record + 1, (word & 0xff) | (clock << 8));
    }
  }

  /// Whole seconds since the last access, at the time `nowMs`.
  public static int idleSeconds(long record, long nowMs) {
    return (clockOf(nowMs) - accessClock(record)) & CLOCK_MASK;
  }

  /// The access clock of a time in milliseconds since 1970.
  public static int clockOf(long nowMs) {
    return (int) (nowMs / 1000 - CLOCK_EPOCH_S) & CLOCK_MASK;
  }

  public static int keyLength(long record) {
    int length = Mem.getUByte(record + 5);
    return length <= SHORT_KEY_MAX ? length : Mem.getInt(keyLengthAddress(record));
  }

  public static long keyAddress(long record) {
    long at = keyLengthAddress(record);
    return has(record, LONG_KEY) ? at + 4 : at;
  }

  public static boolean keyEquals(long record, long key, int length) {
    if (length <= SHORT_KEY_MAX) {
      // Byte 5 against the length first: it decides almost all fingerprint collisions.
      return Mem.getUByte(record + 5) == length && Mem.equal(keyLengthAddress(record), key, length);
    }
    return keyLength(record) == length && Mem.equal(keyAddress(record), key, length);
  }

  /// Milliseconds since 1970 at which the record ends, or -1.
  public static long deadline(long record) {
    return has(record, EXPIRES) ? Mem.getLong(record + HEADER_BYTES) : -1;
  }

  public static void setDeadline(long record, long deadlineMs) {
    assert has(record, EXPIRES);
    Mem.putLong(record + HEADER_BYTES, deadlineMs);
  }

  /// The number that identifies this content of a memcached item.
  public static long unique(long record) {
    return Mem.getLong(memcachedAddress(record));
  }

  public static void setUnique(long record, long unique) {
    Mem.putLong(memcachedAddress(record), unique);
  }

  /// What the memcached client that stored the item keeps with it, 32 bits.
  public static int clientFlags(long record) {
    return has(record, MEMCACHED) ? Mem.getInt(memcachedAddress(record) + 8) : 0;
  }

  public static void setClientFlags(long record, int flags) {
    Mem.putInt(memcachedAddress(record) + 8, flags);
  }

  /// Bits of the memcached state.
  public static int state(long record) {
    return has(record, MEMCACHED) ? Mem.getUByte(memcachedAddress(record) + 12) : 0;
  }

  public static void setState(long record, int state) {
    Mem.putByte(memcachedAddress(record) + 12, state);
  }

  /// Copies the memcached fields from one record to another; both have them.
  public static void copyMemcached(long from, long to) {
    Mem.copy(memcachedAddress(from), memcachedAddress(to), MEMCACHED_BYTES);
  }

  private static long memcachedAddress(long record) {
    assert has(record, MEMCACHED);
    return record + HEADER_BYTES + (has(record, EXPIRES) ? DEADLINE_BYTES : 0);
  }

  /// Address of the value's bytes, wherever they are.
  public static long valueAddress(long record) {
    long field = valueField(record);
    return has(record, EXTERNAL) ? Mem.getLong(field) : field;
  }

  public static int valueLength(long record) {
    return has(record, EXTERNAL)
        ? Mem.getInt(valueField(record) + 8)
        : Mem.getShort(record + 6) & 0xffff;
  }

  /// Address of the root of a value of many blocks.
  public static long root(long record) {
    assert has(record, ROOT);
    return Mem.getLong(valueField(record));
  }

  public static void setRoot(long record, long root) {
    assert has(record, ROOT);
    Mem.putLong(valueField(record), root);
  }

  /// Address of the value field inside the record's block: the bytes, or the external reference.
  public static long valueField(long record) {
    return keyAddress(record) + keyLength(record);
  }

  /// Bytes of the record's own block as it was asked from the allocator.
  public static long blockBytes(long record) {
    long head = valueField(record) - record;
    return head + (has(record, EXTERNAL) ? EXTERNAL_BYTES : Mem.getShort(record + 6) & 0xffff);
  }

  /// Bytes before the value field, for a record with these flags and key length.
  public static int headBytes(int flags, int keyLength) {
    return HEADER_BYTES
        + ((flags & EXPIRES) != 0 ? DEADLINE_BYTES : 0)
        + ((flags & MEMCACHED) != 0 ? MEMCACHED_BYTES : 0)
        + (keyLength > SHORT_KEY_MAX ? 4 : 0)
        + keyLength;
  }

  /// Writes the header and the key of a new record; the optional fields and the value are the
  /// caller's to fill. `embeddedLength` is 0 for an external value. LONG_KEY is set here.
  public static void format(
      long record, int kind, int flags, long key, int keyLength, int embeddedLength) {
    boolean longKey = keyLength > SHORT_KEY_MAX;
    int allFlags = longKey ? flags | LONG_KEY : flags & ~LONG_KEY;
    Mem.putLong(
        record,
        (kind | (allFlags << 8))
            | ((long) (longKey ? 255 : keyLength) << 40)
            | ((long) embeddedLength << 48));
    long at = keyLengthAddress(record);
    if (longKey) {
      Mem.putInt(at, keyLength);
      at += 4;
    }
    Mem.copy(key, at, keyLength);
  }

  /// Changes flags that say how the value is held; the optional fields must stay.
  public static void setFlags(long record, int flags) {
    assert headBytes(flags, 0) == headBytes(flags(record), 0);
    Mem.putByte(record + 1, flags);
  }

  public static void setKind(long record, int kind) {
    Mem.putByte(record, kind);
  }

  public static void setEmbeddedLength(long record, int length) {
    assert !has(record, EXTERNAL) && length <= 0xffff;
    Mem.putShort(record + 6, (short) length);
  }

  private static long keyLengthAddress(long record) {
    int flags = Mem.getByte(record + 1);
    return record
        + HEADER_BYTES
        + ((flags & EXPIRES) != 0 ? DEADLINE_BYTES : 0)
        + ((flags & MEMCACHED) != 0 ? MEMCACHED_BYTES : 0);
  }
}
