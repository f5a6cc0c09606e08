package io.pantala.core.listpack;

import io.pantala.core.memory.Mem;

/// A sequence of strings and integers in one run of bytes, which is byte for byte what Redis calls
/// a listpack: static functions over its address. Owner: whoever owns the block.
///
/// ```text
///  0         4       6
///  +---------+-------+-------+-------+-- ... --+------+
///  | bytes   | count | entry | entry |         | 0xff |
///  +---------+-------+-------+-------+-- ... --+------+
/// ```
///
/// - `bytes` is the length of all of it; `count` is [#COUNT_UNKNOWN] when there are that many
///   entries or more, and then until someone counts fewer. The entries: [EntryLayout].
/// - A *position* is the address of an entry, 0 for none. A change makes positions behind it wrong.
/// - Nothing here allocates. Who makes a listpack larger gets a block first that holds [#bytes]
///   plus what the change adds ([ListpackElement#bytes]), then changes it in place; when the block
///   moved, so has the position.
public final class Listpack {
  public static final int HEADER_BYTES = 6;

  /// Bytes of a listpack without entries.
  public static final int EMPTY_BYTES = HEADER_BYTES + 1;

  /// More entries than the header can tell.
  static final int COUNT_UNKNOWN = 0xffff;

  private Listpack() {}

  /// Makes an empty listpack of [#EMPTY_BYTES] bytes.
  public static void format(long lp) {
    setBytes(lp, EMPTY_BYTES);
    setCount(lp, 0);
    Mem.putByte(lp + HEADER_BYTES, EntryLayout.TERMINATOR);
  }

  public static int bytes(long lp) {
    return Mem.getInt(lp);
  }

  /// Number of entries; O(n) where the header does not tell it.
  public static int count(long lp) {
    int count = storedCount(lp);
    if (count != COUNT_UNKNOWN) {
      return count;
    }
    count = 0;
    for (long p = first(lp); p != 0; p = next(p)) {
      count++;
    }
    setCount(lp, Math.min(count, COUNT_UNKNOWN));
    return count;
  }

  public static boolean isEmpty(long lp) {
    return bytes(lp) == EMPTY_BYTES;
  }

  /// Position of the first entry, or 0.
  public static long first(long lp) {
    return orNone(lp + HEADER_BYTES);
  }

  /// Position of the last entry, or 0.
  public static long last(long lp) {
    return isEmpty(lp) ? 0 : EntryLayout.before(end(lp));
  }

  /// Position of the entry behind the one at `p`, or 0.
  public static long next(long p) {
    return orNone(p + EntryLayout.bytes(p));
  }

  /// Position of the entry before the one at `p`, or 0.
  public static long previous(long lp, long p) {
    return p == lp + HEADER_BYTES ? 0 : EntryLayout.before(p);
  }

  /// Position of entry number `index`, counted from the end when it is negative: -1 is the last
  /// one; 0 when there is none.
  public static long seek(long lp, int index) {
    int count = storedCount(lp);
    int at = index;
    if (count != COUNT_UNKNOWN) {
      if (at >= count || at < -count) {
        return 0;
      }
      // From the nearer end.
      if (at >= 0 && at > count / 2) {
        at -= count;
      } else if (at < -count / 2) {
        at += count;
      }
    }
    return at >= 0 ? forward(lp, at) : backward(lp, -1 - at);
  }

  private static long forward(long lp, int steps) {
    long p = first(lp);
    for (int i = 0; i < steps && p != 0; i++) {
      p = next(p);
    }
    return p;
  }

  private static long backward(long lp, int steps) {
    long p = last(lp);
    for (int i = 0; i < steps && p != 0; i++) {
      p = previous(lp, p);
    }
    return p;
  }

  /// Position of the first entry from `p` on that holds this element, or 0; after each look it
  /// passes over `skip` entries. `p` may be 0.
  public static long find(long p, ListpackElement element, int skip) {
    long at = p;
    int left = 0;
    while (at != 0) {
      if (left > 0) {
        left--;
      } else if (element.isAt(at)) {
        return at;
      } else {
        left = skip;
      }
      at = next(at);
    }
    return 0;
  }

  public static boolean isInteger(long p) {
    return EntryLayout.isInteger(p);
  }

  /// The integer at `p`.
  public static long integer(long p) {
    assert isInteger(p);
    return EntryLayout.integer(p);
  }

  /// Address of the bytes of the string at `p`.
  public static long stringAddress(long p) {
    assert !isInteger(p);
    return EntryLayout.stringAddress(p);
  }

  /// Bytes of the string at `p`.
  public static int stringLength(long p) {
    assert !isInteger(p);
    return EntryLayout.stringLength(p);
  }

  /// Bytes that the entry at `p` takes.
  public static int entryBytes(long p) {
    return EntryLayout.bytes(p);
  }

  /// Where [#insert] appends: the address behind the last entry.
  public static long end(long lp) {
    return lp + bytes(lp) - 1;
  }

  /// Puts an element before the entry at `p`, or at the [#end].
  public static void insert(long lp, long p, ListpackElement element) {
    int added = element.bytes();
    openGap(lp, p, added);
    element.write(p);
    addCount(lp, 1);
  }

  public static void append(long lp, ListpackElement element) {
    insert(lp, end(lp), element);
  }

  public static void prepend(long lp, ListpackElement element) {
    insert(lp, lp + HEADER_BYTES, element);
  }

  /// Puts an element before all others without moving them, into `element.bytes()` free bytes
  /// before the listpack; returns its new address.
  public static long prependInFront(long lp, ListpackElement element) {
    int added = element.bytes();
    long moved = lp - added;
    int bytes = bytes(lp);
    int count = storedCount(lp);
    setBytes(moved, bytes + added);
    setCount(moved, count);
    element.write(moved + HEADER_BYTES);
    addCount(moved, 1);
    return moved;
  }

  /// Takes out the `count` entries before `p` without moving the others; returns the new address of
  /// the listpack, behind the old one.
  public static long dropFront(long lp, long p, int count) {
    long moved = p - HEADER_BYTES;
    int bytes = bytes(lp);
    int stored = storedCount(lp);
    setBytes(moved, (int) (bytes - (moved - lp)));
    setCount(moved, stored);
    addCount(moved, -count);
    return moved;
  }

  /// Puts an element in place of the one at `p`; the listpack grows by `element.bytes() -
  /// entryBytes(p)`.
  public static void replace(long lp, long p, ListpackElement element) {
    openGap(lp, p + EntryLayout.bytes(p), element.bytes() - EntryLayout.bytes(p));
    element.write(p);
  }

  /// Takes out the entry at `p`; the one behind it is then at `p`, or [#end].
  public static void delete(long lp, long p) {
    delete(lp, p, p + EntryLayout.bytes(p), 1);
  }

  /// Takes out up to `count` entries from `p` on and returns how many there were.
  public static int deleteRange(long lp, long p, int count) {
    long to = p;
    int deleted = 0;
    while (deleted < count && Mem.getUByte(to) != EntryLayout.TERMINATOR) {
      to += EntryLayout.bytes(to);
      deleted++;
    }
    delete(lp, p, to, deleted);
    return deleted;
  }

  /// Takes out the entries of [from, to), which are `count`.
  public static void delete(long lp, long from, long to, int count) {
    openGap(lp, to, (int) (from - to));
    addCount(lp, -count);
  }

  /// Puts copies of `count` entries of another listpack, which take `bytes` bytes, before `p`.
  public static void insertEntries(long lp, long p, long entries, int bytes, int count) {
    openGap(lp, p, bytes);
    Mem.copy(entries, p, bytes);
    addCount(lp, count);
  }

  /// Moves what is at `p` and behind it by `bytes`.
  private static void openGap(long lp, long p, int bytes) {
    Mem.move(p, p + bytes, lp + bytes(lp) - p);
    setBytes(lp, bytes(lp) + bytes);
  }

  private static long orNone(long p) {
    return Mem.getUByte(p) == EntryLayout.TERMINATOR ? 0 : p;
  }

  static int storedCount(long lp) {
    return Mem.getShort(lp + 4) & 0xffff;
  }

  private static void addCount(long lp, int added) {
    int count = storedCount(lp);
    if (count != COUNT_UNKNOWN) {
      setCount(lp, Math.min(count + added, COUNT_UNKNOWN));
    }
  }

  private static void setBytes(long lp, int bytes) {
    Mem.putInt(lp, bytes);
  }

  private static void setCount(long lp, int count) {
    Mem.putShort(lp + 4, (short) count);
  }
}
