package io.pantala.resp;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.DoubleText;
import io.pantala.core.text.IntText;
import org.jspecify.annotations.Nullable;

/// Writes replies as RESP2 or RESP3 to the end of a buffer. Allocates nothing.
///
/// Owned by one thread; one instance may serve many connections, one after the other ([#to]).
public final class RespReply implements Reply {
  /// Room for a type byte, the longest number and a line end, rounded up.
  private static final int HEADER_BYTES = 32;

  private static final short CRLF = '\r' | '\n' << 8;

  private static final long OK = 0x0a0d4b4f2bL;
  private static final long NIL_2 = 0x0a0d312d24L;
  private static final long NIL_ARRAY_2 = 0x0a0d312d2aL;
  private static final long NIL_3 = 0x0a0d5fL;
  private static final int TRUE_3 = 0x0a0d7423;
  private static final int FALSE_3 = 0x0a0d6623;

  /// "?0\r\n" without its type byte: adding type and digit makes a whole header.
  private static final int ONE_DIGIT_HEADER = 0x0a0d3000;

  private NativeBuffer out;
  private boolean resp3;
  private byte @Nullable [] lastError;

  public RespReply(NativeBuffer out) {
    this.out = out;
  }

  /// Sends what follows to another buffer, in the given version of the protocol.
  public void to(NativeBuffer newOut, boolean isResp3) {
    out = newOut;
    resp3 = isResp3;
  }

  public boolean resp3() {
    return resp3;
  }

  public void resp3(boolean newValue) {
    resp3 = newValue;
  }

  public NativeBuffer out() {
    return out;
  }

  @Override
  public void ok() {
    word(OK, 5);
  }

  @Override
  public void simple(byte[] text) {
    line('+', text);
  }

  @Override
  public void error(byte[] text) {
    lastError = text;
    line('-', text);
  }

  @Override
  public byte @Nullable [] takeError() {
    byte[] error = lastError;
    lastError = null;
    return error;
  }

  @Override
  public void integer(long value) {
    header(':', value);
  }

  @Override
  public void bulk(long address, long length) {
    long at = out.reserve(length + HEADER_BYTES);
    long body = putHeader(at, '$', length);
    Mem.copy(address, body, length);
    Mem.putShort(body + length, CRLF);
    out.advance(body + length + 2 - at);
  }

  @Override
  public void bulk(byte[] value) {
    string('$', value);
  }

  @Override
  public void bulkInteger(long value) {
    long at = out.reserve(2 * HEADER_BYTES);
    long body = putHeader(at, '$', IntText.length(value));
    long end = body + IntText.write(body, value);
    Mem.putShort(end, CRLF);
    out.advance(end + 2 - at);
  }

  @Override
  public void nil() {
    if (resp3) {
      word(NIL_3, 3);
    } else {
      word(NIL_2, 5);
    }
  }

  @Override
  public void nilArray() {
    if (resp3) {
      word(NIL_3, 3);
    } else {
      word(NIL_ARRAY_2, 5);
    }
  }

  @Override
  public void array(long elements) {
    header('*', elements);
  }

  @Override
  public void emptyArray() {
    header('*', 0);
  }

  @Override
  public void map(long pairs) {
    if (resp3) {
      header('%', pairs);
    } else {
      header('*', 2 * pairs);
    }
  }

  @Override
  public void set(long elements) {
    header(resp3 ? '~' : '*', elements);
  }

  @Override
  public void push(long elements) {
    header(resp3 ? '>' : '*', elements);
  }

  @Override
  public void doubleValue(double value) {
    long at = out.reserve(DoubleText.MAX_BYTES + HEADER_BYTES);
    long body;
    int length;
    if (resp3) {
      Mem.putByte(at, ',');
      body = at + 1;
      length = DoubleText.write(body, value);
    } else {
      // The text is written where it stands after a header of two digits, and moved by one byte
      // when its length has only one.
      length = DoubleText.write(at + 5, value);
      body = putHeader(at, '$', length);
      if (body != at + 5) {
        Mem.move(at + 5, body, length);
      }
    }
    Mem.putShort(body + length, CRLF);
    out.advance(body + length + 2 - at);
  }

  @Override
  public void bool(boolean value) {
    if (resp3) {
      word(value ? TRUE_3 : FALSE_3, 4);
    } else {
      header(':', value ? 1 : 0);
    }
  }

  @Override
  public void verbatim(byte[] format, byte[] text) {
    assert format.length == 3;
    if (!resp3) {
      string('$', text);
      return;
    }
    long at = out.reserve(text.length + 2L * HEADER_BYTES);
    long body = putHeader(at, '=', text.length + 4L);
    Mem.copyIn(format, 0, body, 3);
    Mem.putByte(body + 3, ':');
    Mem.copyIn(text, 0, body + 4, text.length);
    Mem.putShort(body + 4 + text.length, CRLF);
    out.advance(body + 6 + text.length - at);
  }

  @Override
  public void bigNumber(byte[] digits) {
    if (resp3) {
      line('(', digits);
    } else {
      string('$', digits);
    }
  }

  @Override
  public void raw(long address, long length) {
    out.append(address, length);
  }

  @Override
  public long mark() {
    return out.position();
  }

  @Override
  public void takeBack(long mark) {
    out.position(mark);
  }

  @Override
  public long lengthLater() {
    long mark = out.position();
    header('*', 0);
    return mark;
  }

  @Override
  public void arrayEnd(long mark, long elements) {
    headerAt(mark, '*', elements);
  }

  @Override
  public void setEnd(long mark, long elements) {
    headerAt(mark, resp3 ? '~' : '*', elements);
  }

  @Override
  public void mapEnd(long mark, long pairs) {
    headerAt(mark, resp3 ? '%' : '*', resp3 ? pairs : 2 * pairs);
  }

  /// Puts the header in place of the one of one digit that [#lengthLater] wrote, and moves what
  /// came after it when the number is longer.
  private void headerAt(long mark, char type, long value) {
    int more = IntText.length(value) - 1;
    if (more > 0) {
      long after = mark + 4;
      long bytes = out.position() - after;
      out.reserve(more);
      Mem.move(out.address() + after, out.address() + after + more, bytes);
      out.advance(more);
    }
    long at = out.address() + mark;
    Mem.putByte(at, type);
    Mem.putShort(at + 1 + IntText.write(at + 1, value), CRLF);
  }

  private void header(char type, long value) {
    long at = out.reserve(HEADER_BYTES);
    out.advance(putHeader(at, type, value) - at);
  }

  /// Writes the type, the number and the line end, and returns the address after them.
  private static long putHeader(long at, char type, long value) {
    if (value >= 0 && value < 10) {
      Mem.putInt(at, ONE_DIGIT_HEADER | type | (int) value << 8);
      return at + 4;
    }
    Mem.putByte(at, type);
    long end = at + 1 + IntText.write(at + 1, value);
    Mem.putShort(end, CRLF);
    return end + 2;
  }

  private void line(char type, byte[] text) {
    long at = out.reserve(text.length + HEADER_BYTES);
    Mem.putByte(at, type);
    Mem.copyIn(text, 0, at + 1, text.length);
    Mem.putShort(at + 1 + text.length, CRLF);
    out.advance(text.length + 3);
  }

  private void string(char type, byte[] text) {
    long at = out.reserve(text.length + HEADER_BYTES);
    long body = putHeader(at, type, text.length);
    Mem.copyIn(text, 0, body, text.length);
    Mem.putShort(body + text.length, CRLF);
    out.advance(body + text.length + 2 - at);
  }

  /// Stores a constant of up to 8 bytes in one go.
  private void word(long bytes, int length) {
    Mem.putLong(out.reserve(Long.BYTES), bytes);
    out.advance(length);
  }
}
