package io.pantala.core.stream;

import java.util.Arrays;

/// The fields and values of an entry on its way into a stream, by their addresses: field, value,
/// field, value. Reused again and again; owner: whoever holds it. The bytes must stay where they
/// are while it is in use.
public final class StreamFields {
  private static final int FIRST_CAPACITY = 16;

  private long[] addresses = new long[FIRST_CAPACITY];
  private int[] lengths = new int[FIRST_CAPACITY];
  private int count;
  private long bytes;

  public void clear() {
    count = 0;
    bytes = 0;
  }

  /// Adds a field, or the value of the field added before.
  public void add(long address, int length) {
    if (count == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    addresses[count] = address;
    lengths[count++] = length;
    bytes += length;
  }

  /// Number of fields.
  int fields() {
    return count / 2;
  }

  /// Bytes of all fields and values.
  long bytes() {
    return bytes;
  }

  /// Of field or value number `index`.
  long address(int index) {
    return addresses[index];
  }

  int length(int index) {
    return lengths[index];
  }
}
