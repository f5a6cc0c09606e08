package io.pantala.core.listpack;

import io.pantala.core.memory.Mem;

/// Whether bytes from outside are a listpack, before anything reads them as one: no length in them
/// is believed, and nothing outside them is read.
public final class ListpackCheck {
  private ListpackCheck() {}

  /// Whether header and end are those of a listpack of `bytes` bytes. What lies between is not
  /// looked at.
  public static boolean isFramed(long lp, long bytes) {
    return bytes >= Listpack.EMPTY_BYTES
        && bytes <= Integer.MAX_VALUE
        && Mem.getInt(lp) == bytes
        && Mem.getUByte(lp + bytes - 1) == EntryLayout.TERMINATOR;
  }

  /// Number of entries of the listpack of `bytes` bytes, or -1 when it is none: all entries are
  /// walked.
  public static int count(long lp, long bytes) {
    if (!isFramed(lp, bytes)) {
      return -1;
    }
    long end = lp + bytes - 1;
    long p = lp + Listpack.HEADER_BYTES;
    int count = 0;
    while (p < end) {
      int entry = entryBytes(p, end);
      if (entry < 0) {
        return -1;
      }
      p += entry;
      count++;
    }
    int stored = Listpack.storedCount(lp);
    return stored == Listpack.COUNT_UNKNOWN || stored == count ? count : -1;
  }

  /// Bytes of the entry at `p`, or -1 when it does not end at `end` or before, or is no entry.
  private static int entryBytes(long p, long end) {
    int first = Mem.getUByte(p);
    int head = headBytes(first);
    if (first > EntryLayout.INTEGER_64 || end - p < head) {
      return -1;
    }
    int content = EntryLayout.contentBytes(p);
    // A string length of 2 GB or more makes the sum too small.
    if (content < head || content > end - p) {
      return -1;
    }
    int back = EntryLayout.backBytes(content);
    if (content + (long) back > end - p || !isBack(p + content, content, back)) {
      return -1;
    }
    return content + back;
  }

  /// Bytes that must be there for the length of an entry to be read.
  private static int headBytes(int first) {
    if (first == EntryLayout.STRING_32) {
      return 5;
    }
    return (first & EntryLayout.STRING_32) == EntryLayout.STRING_12 ? 2 : 1;
  }

  private static boolean isBack(long at, int content, int bytes) {
    int left = content;
    for (int i = bytes - 1; i > 0; i--) {
      if (Mem.getUByte(at + i) != ((left & 127) | 128)) {
        return false;
      }
      left >>>= 7;
    }
    return Mem.getUByte(at) == left;
  }
}
