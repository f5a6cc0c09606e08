package io.pantala.server.command;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;

/// The table of the longest common subsequence of two byte strings A and B (Wagner and Fischer
/// 1974), and one walk back through it. Owner: the thread that made it.
///
/// ```text
///            ""  b1  b2 ..      cell (i, j), 4 bytes: length of the longest common subsequence
///       ""    0   0   0         of the first i bytes of A and the first j bytes of B
///       a1    0
///       a2    0
/// ```
final class LcsTable implements AutoCloseable {
  private final long a;
  private final int aLength;
  private final long b;
  private final int bLength;
  private final NativeBuffer cells = new NativeBuffer();
  private int i;
  private int j;
  private int matchLength;

  /// Fills the table for the strings at addresses `a` and `b`.
  LcsTable(long a, int aLength, long b, int bLength) {
    this.a = a;
    this.aLength = aLength;
    this.b = b;
    this.bLength = bLength;
    this.i = aLength;
    this.j = bLength;
    cells.reserve(bytes(aLength, bLength));
    fill();
  }

  /// Bytes that a table for strings of these lengths takes.
  static long bytes(long aLength, long bLength) {
    return Math.multiplyExact((aLength + 1) * (bLength + 1), Integer.BYTES);
  }

  private void fill() {
    long rowBytes = (bLength + 1L) * Integer.BYTES;
    long row = cells.address();
    Mem.fill(row, rowBytes, 0);
    for (int x = 0; x < aLength; x++) {
      long above = row;
      row += rowBytes;
      fillRow(above, row, Mem.getByte(a + x));
    }
  }

  private void fillRow(long above, long row, byte ofA) {
    int left = 0;
    int diagonal = 0;
    Mem.putInt(row, 0);
    for (int y = 0; y < bLength; y++) {
      long offset = (y + 1L) * Integer.BYTES;
      int up = Mem.getInt(above + offset);
      left = Mem.getByte(b + y) == ofA ? diagonal + 1 : Math.max(left, up);
      diagonal = up;
      Mem.putInt(row + offset, left);
    }
  }

  private int cell(int x, int y) {
    return Mem.getInt(cells.address() + ((bLength + 1L) * x + y) * Integer.BYTES);
  }

  /// Length of the longest common subsequence.
  int length() {
    return cell(aLength, bLength);
  }

  /// Steps back to the next run of bytes that A and B share; false when there is none before.
  boolean nextMatch() {
    while (i > 0 && j > 0) {
      if (isMatch()) {
        matchLength = 0;
        do {
          i--;
          j--;
          matchLength++;
        } while (i > 0 && j > 0 && isMatch());
        return true;
      }
      if (cell(i - 1, j) > cell(i, j - 1)) {
        i--;
      } else {
        j--;
      }
    }
    return false;
  }

  private boolean isMatch() {
    return Mem.getByte(a + i - 1) == Mem.getByte(b + j - 1);
  }

  /// Where the run that [#nextMatch] found starts in A.
  int matchStartA() {
    return i;
  }

  int matchStartB() {
    return j;
  }

  int matchLength() {
    return matchLength;
  }

  /// The subsequence itself; takes the whole walk.
  byte[] subsequence() {
    byte[] bytes = new byte[length()];
    int at = bytes.length;
    while (nextMatch()) {
      at -= matchLength;
      Mem.copyOut(a + i, bytes, at, matchLength);
    }
    return bytes;
  }

  @Override
  public void close() {
    cells.close();
  }
}
