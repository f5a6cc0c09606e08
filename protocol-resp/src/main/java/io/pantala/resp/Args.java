package io.pantala.resp;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.IntText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The arguments of one request: where each lies in the bytes of the request, nothing copied.
///
/// ```
///   base ──► *3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nhello\r\n ◄── base + bytes
///                        └ (8,3)       └ (17,1)   └ (24,5)     spans: (offset, length) from base
/// ```
///
/// Reusable; owned by one thread at a time. The bytes belong to whoever owns the buffer and must
/// stay there, or be moved as a whole and followed by [#rebase].
public final class Args {
  /// What [#keyword(int)] answers for an empty argument and for one of more than 8 bytes.
  public static final long NO_KEYWORD = 0;

  private static final int FIRST_ARGUMENTS = 16;

  /// Arrays for more arguments than this are given back by [#begin].
  private static final int KEPT_ARGUMENTS = 1024;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ~(ONES * 0x7f);

  private long base;
  private long bytes;
  private int count;
  private long[] spans = new long[2 * FIRST_ARGUMENTS];

  /// Empties it for the request that starts at `newBase`.
  public void begin(long newBase) {
    base = newBase;
    bytes = 0;
    count = 0;
    if (spans.length > 2 * KEPT_ARGUMENTS) {
      spans = new long[2 * FIRST_ARGUMENTS];
    }
  }

  /// Adds the argument of `length` bytes at `offset` from the base.
  public void add(long offset, long length) {
    int at = 2 * count;
    if (at == spans.length) {
      grow();
    }
    spans[at] = offset;
    spans[at + 1] = length;
    count++;
  }

  /// Cuts argument `i` to its first `length` bytes.
  public void shorten(int i, long length) {
    assert i < count && length <= spans[2 * i + 1];
    spans[2 * i + 1] = length;
  }

  /// Tells how many bytes the request has in all.
  public void end(long requestBytes) {
    bytes = requestBytes;
  }

  public int count() {
    return count;
  }

  public long address(int i) {
    assert i >= 0 && i < count;
    return base + spans[2 * i];
  }

  public long length(int i) {
    assert i >= 0 && i < count;
    return spans[2 * i + 1];
  }

  /// The address of the whole request's first byte.
  public long base() {
    return base;
  }

  /// How many bytes the whole request has.
  public long bytes() {
    return bytes;
  }

  /// Says that the request's bytes now start at `newBase`.
  public void rebase(long newBase) {
    base = newBase;
  }

  /// Appends the request's bytes to `buffer` and makes `target` their arguments.
  ///
  /// When the buffer grows later, rebase the target to its address plus the position it had here.
  public void copyTo(NativeBuffer buffer, Args target) {
    buffer.append(base, bytes);
    target.begin(buffer.address() + buffer.position() - bytes);
    if (target.spans.length < 2 * count) {
      target.spans = new long[2 * count];
    }
    System.arraycopy(spans, 0, target.spans, 0, 2 * count);
    target.count = count;
    target.bytes = bytes;
  }

  /// Whether argument `i` equals `upperCase` (ASCII), the case of its letters aside.
  public boolean is(int i, byte[] upperCase) {
    if (length(i) != upperCase.length) {
      return false;
    }
    long at = address(i);
    for (int j = 0; j < upperCase.length; j++) {
      if (upper(Mem.getByte(at + j)) != upperCase[j]) {
        return false;
      }
    }
    return true;
  }

  /// The argument in upper case as one number to compare with [Keyword#of], or [#NO_KEYWORD] when
  /// it has no byte or more than 8.
  public long keyword(int i) {
    long length = length(i);
    return length > Long.BYTES ? NO_KEYWORD : keyword(i, 0);
  }

  /// The 8 bytes from `from` on (fewer at the argument's end) in upper case as one number; 0 from
  /// the end on. Compares names of more than 8 bytes piece by piece.
  public long keyword(int i, int from) {
    long length = Math.min(length(i) - from, Long.BYTES);
    if (length <= 0) {
      return 0;
    }
    long end = spans[2 * i] + from + length;
    if (end < Long.BYTES) {
      return upper(loadBytes(base + end - length, (int) length));
    }
    long word = Mem.getLong(base + end - Long.BYTES);
    return upper(word >>> (Long.SIZE - 8 * length));
  }

  /// The integer value of argument `i`, or [IntText#NOT_A_NUMBER]; check with [#isInteger].
  public long integer(int i) {
    return IntText.parse(address(i), length(i));
  }

  /// Whether `parsed`, the answer of [#integer] for argument `i`, is an integer.
  public boolean isInteger(int i, long parsed) {
    return parsed != IntText.NOT_A_NUMBER || IntText.isMinimum(address(i), length(i));
  }

  /// The argument as text; every byte one character. For cold paths: it allocates.
  public String string(int i) {
    return new String(toArray(i), StandardCharsets.ISO_8859_1);
  }

  /// The argument's first `limit` bytes, or all of them, as text. For cold paths.
  public String prefix(int i, int limit) {
    int length = (int) Math.min(length(i), limit);
    return new String(Mem.toArray(address(i), length), StandardCharsets.ISO_8859_1);
  }

  /// The argument's bytes in a fresh array. For cold paths.
  public byte[] toArray(int i) {
    return Mem.toArray(address(i), Math.toIntExact(length(i)));
  }

  /// Whether its arrays have grown beyond those of a fresh one.
  boolean isLarge() {
    return spans.length > 2 * FIRST_ARGUMENTS;
  }

  /// Exchanges the contents: a request that is not whole yet is put aside at no cost.
  void swap(Args other) {
    long[] otherSpans = other.spans;
    int otherCount = other.count;
    long otherBase = other.base;
    long otherBytes = other.bytes;
    other.spans = spans;
    other.count = count;
    other.base = base;
    other.bytes = bytes;
    spans = otherSpans;
    count = otherCount;
    base = otherBase;
    bytes = otherBytes;
  }

  private void grow() {
    spans = Arrays.copyOf(spans, Math.multiplyExact(spans.length, 2));
  }

  private static long loadBytes(long address, int length) {
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (long) Mem.getUByte(address + i) << (8 * i);
    }
    return word;
  }

  private static int upper(int ascii) {
    return ascii >= 'a' && ascii <= 'z' ? ascii - 32 : ascii;
  }

  /// Upper case of 8 bytes at once: a byte's high bit after the two additions tells >= 'a' and
  /// > 'z'; where only the first holds, 0x20 is taken away.
  static long upper(long word) {
    long low = word & ~HIGH_BITS;
    long atLeastA = low + ONES * (0x80 - 'a');
    long aboveZ = low + ONES * (0x7f - 'z');
    long letters = atLeastA & ~aboveZ & ~word & HIGH_BITS;
    return word - (letters >>> 2);
  }
}
