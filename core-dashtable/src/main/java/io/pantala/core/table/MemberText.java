package io.pantala.core.table;

import io.pantala.core.memory.Mem;

/// Layout of a text inside a member's block: a length and that many bytes.
///
/// ```text
///  0           1                             0      1           5
///  +-----------+--------- - -                +------+-----------+--------- - -
///  | length (1)| bytes          or, from 255 | 255  | length (4)| bytes
///  +-----------+--------- - -                +------+-----------+--------- - -
/// ```
public final class MemberText {
  private static final int SHORT_MAX = 254;
  private static final int LONG_MARK = 255;

  private MemberText() {}

  /// Bytes of a text, its length included.
  public static long bytes(int length) {
    return length <= SHORT_MAX ? 1L + length : 5L + length;
  }

  public static int length(long text) {
    int length = Mem.getUByte(text);
    return length <= SHORT_MAX ? length : Mem.getInt(text + 1);
  }

  /// Address of a text's bytes.
  public static long address(long text) {
    return text + (Mem.getUByte(text) <= SHORT_MAX ? 1 : 5);
  }

  public static long end(long text) {
    return address(text) + length(text);
  }

  public static boolean equal(long text, long bytes, int length) {
    if (length <= SHORT_MAX) {
      return Mem.getUByte(text) == length && Mem.equal(text + 1, bytes, length);
    }
    return length(text) == length && Mem.equal(text + 5, bytes, length);
  }

  /// Writes a text and returns its end.
  public static long write(long text, long bytes, int length) {
    long at = writeLength(text, length);
    Mem.copy(bytes, at, length);
    return at + length;
  }

  /// Writes the length of a text and returns where its bytes go.
  public static long writeLength(long text, int length) {
    if (length <= SHORT_MAX) {
      Mem.putByte(text, length);
      return text + 1;
    }
    Mem.putByte(text, LONG_MARK);
    Mem.putInt(text + 1, length);
    return text + 5;
  }
}
