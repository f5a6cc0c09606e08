package io.pantala.core.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import java.util.ArrayList;
import java.util.List;

/// Streams in terms of Java, for tests; a character is a byte.
final class StreamReader {
  record Id(long ms, long seq) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      return IdNode.compare(ms, seq, other.ms, other.seq);
    }

    @Override
    public String toString() {
      return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(seq);
    }
  }

  record Entry(Id id, List<String> fields) {}

  private StreamReader() {}

  static Id id(long address) {
    return new Id(Mem.getLong(address), Mem.getLong(address + 8));
  }

  /// The entries that a cursor goes through.
  static List<Entry> rest(StreamCursor cursor) {
    List<Entry> entries = new ArrayList<>();
    while (cursor.next()) {
      List<String> fields = new ArrayList<>();
      while (cursor.nextField()) {
        fields.add(text(cursor.field()));
        fields.add(text(cursor.value()));
      }
      entries.add(new Entry(new Id(cursor.ms(), cursor.seq()), fields));
    }
    return entries;
  }

  static String text(long p) {
    return Listpack.isInteger(p)
        ? Long.toString(Listpack.integer(p))
        : text(Listpack.stringAddress(p), Listpack.stringLength(p));
  }

  static String text(long address, int length) {
    return new String(Mem.toArray(address, length), ISO_8859_1);
  }

  /// Writes the fields to a buffer.
  static void set(StreamFields to, NativeBuffer buffer, List<String> fields) {
    buffer.clear();
    for (String field : fields) {
      buffer.append(field.getBytes(ISO_8859_1));
    }
    to.clear();
    long at = buffer.address();
    for (String field : fields) {
      to.add(at, field.length());
      at += field.length();
    }
  }
}
