package io.pantala.core.listpack;

import static io.pantala.core.listpack.EntryLayout.INTEGER_13;
import static io.pantala.core.listpack.EntryLayout.INTEGER_13_MAX;
import static io.pantala.core.listpack.EntryLayout.INTEGER_16;
import static io.pantala.core.listpack.EntryLayout.INTEGER_24;
import static io.pantala.core.listpack.EntryLayout.INTEGER_24_MAX;
import static io.pantala.core.listpack.EntryLayout.INTEGER_32;
import static io.pantala.core.listpack.EntryLayout.INTEGER_64;
import static io.pantala.core.listpack.EntryLayout.INTEGER_7_MAX;
import static io.pantala.core.listpack.EntryLayout.STRING_12;
import static io.pantala.core.listpack.EntryLayout.STRING_12_MAX;
import static io.pantala.core.listpack.EntryLayout.STRING_32;
import static io.pantala.core.listpack.EntryLayout.STRING_6;
import static io.pantala.core.listpack.EntryLayout.STRING_6_MAX;

import io.pantala.core.memory.Mem;
import io.pantala.core.text.IntText;

/// One element on its way into a listpack, or looked for in one: a string by its address, or an
/// integer. A string that is the text of an integer is that integer. Reused again and again; owner:
/// whoever holds it. The string's bytes must stay where they are while it is in use.
public final class ListpackElement {
  private boolean isInteger;
  private long integer;
  private long address;
  private int length;
  private int contentBytes;

  /// The element with this text.
  public ListpackElement set(long textAddress, int textLength) {
    long parsed = IntText.parse(textAddress, textLength);
    if (IntText.isNumber(parsed, textAddress, textLength)) {
      return setInteger(parsed);
    }
    isInteger = false;
    address = textAddress;
    length = textLength;
    contentBytes = headBytes(textLength) + textLength;
    return this;
  }

  public ListpackElement setInteger(long value) {
    isInteger = true;
    integer = value;
    contentBytes = integerBytes(value);
    return this;
  }

  /// The element of the entry at `p`, whose bytes must stay.
  public ListpackElement setEntry(long p) {
    return EntryLayout.isInteger(p)
        ? setInteger(EntryLayout.integer(p))
        : setString(EntryLayout.stringAddress(p), EntryLayout.stringLength(p));
  }

  private ListpackElement setString(long stringAddress, int stringLength) {
    isInteger = false;
    address = stringAddress;
    length = stringLength;
    contentBytes = headBytes(stringLength) + stringLength;
    return this;
  }

  public boolean isInteger() {
    return isInteger;
  }

  public long integer() {
    assert isInteger;
    return integer;
  }

  /// Address of the bytes of a string.
  public long address() {
    assert !isInteger;
    return address;
  }

  /// Bytes of a string.
  public int length() {
    assert !isInteger;
    return length;
  }

  /// Bytes of the entry that holds it.
  public int bytes() {
    return contentBytes + EntryLayout.backBytes(contentBytes);
  }

  /// Whether the entry at `p` holds this element.
  public boolean isAt(long p) {
    if (EntryLayout.isInteger(p)) {
      return isInteger && EntryLayout.integer(p) == integer;
    }
    return !isInteger
        && EntryLayout.stringLength(p) == length
        && Mem.equal(EntryLayout.stringAddress(p), address, length);
  }

  /// Writes the entry.
  void write(long p) {
    if (isInteger) {
      writeInteger(p);
    } else {
      writeString(p);
    }
    EntryLayout.putBack(p + contentBytes, contentBytes, EntryLayout.backBytes(contentBytes));
  }

  private void writeInteger(long p) {
    switch (contentBytes) {
      case 1 -> Mem.putByte(p, (int) integer);
      case 2 -> {
        Mem.putByte(p, INTEGER_13 | ((int) integer >> 8 & 31));
        Mem.putByte(p + 1, (int) integer);
      }
      case 3 -> {
        Mem.putByte(p, INTEGER_16);
        Mem.putShort(p + 1, (short) integer);
      }
      case 4 -> Mem.putInt(p, (int) integer << 8 | INTEGER_24);
      case 5 -> {
        Mem.putByte(p, INTEGER_32);
        Mem.putInt(p + 1, (int) integer);
      }
      default -> {
        Mem.putByte(p, INTEGER_64);
        Mem.putLong(p + 1, integer);
      }
    }
  }

  private void writeString(long p) {
    int head = contentBytes - length;
    if (head == 1) {
      Mem.putByte(p, STRING_6 | length);
    } else if (head == 2) {
      Mem.putByte(p, STRING_12 | length >> 8);
      Mem.putByte(p + 1, length);
    } else {
      Mem.putByte(p, STRING_32);
      Mem.putInt(p + 1, length);
    }
    Mem.copy(address, p + head, length);
  }

  private static int headBytes(int length) {
    if (length <= STRING_6_MAX) {
      return 1;
    }
    return length <= STRING_12_MAX ? 2 : 5;
  }

  private static int integerBytes(long value) {
    if (value >= 0 && value <= INTEGER_7_MAX) {
      return 1;
    }
    // The magnitude without the sign: -n - 1 needs as many bits as n.
    long bits = value ^ value >> 63;
    if (bits <= INTEGER_13_MAX) {
      return 2;
    }
    if (bits <= Short.MAX_VALUE) {
      return 3;
    }
    if (bits <= INTEGER_24_MAX) {
      return 4;
    }
    return bits <= Integer.MAX_VALUE ? 5 : 9;
  }
}
