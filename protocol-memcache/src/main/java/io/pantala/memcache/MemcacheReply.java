package io.pantala.memcache;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.text.IntText;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes memcached's replies to the end of a buffer. Allocates nothing but for errors. Owned by
/// one thread at a time.
///
/// It has a vocabulary of its own: lines, values, lines of meta commands. What [Reply] has beyond
/// single values does not exist in this protocol.
public final class MemcacheReply implements Reply {
  /// Room for `VALUE`, a key, three numbers and line ends.
  private static final int HEADER_BYTES = MemcacheLimits.KEY_BYTES + 80;

  private static final short CRLF = '\r' | '\n' << 8;

  /// "VALUE " in 6 bytes of 8.
  private static final long VALUE = 0x2045554c4156L;

  private static final byte[] OK = MemcacheText.text("OK");
  private static final byte[] SERVER_ERROR = MemcacheText.text("SERVER_ERROR ");
  private static final byte[] CLIENT_ERROR = MemcacheText.text("CLIENT_ERROR ");
  private static final byte[] STAT = MemcacheText.text("STAT ");
  private static final byte[] REDIS_ERROR = MemcacheText.text("ERR ");

  private final NativeBuffer out;
  private byte @Nullable [] lastError;

  public MemcacheReply(NativeBuffer out) {
    this.out = out;
  }

  public NativeBuffer out() {
    return out;
  }

  /// A line of this text.
  public void line(byte[] text) {
    long at = out.reserve(text.length + 2L);
    Mem.copyIn(text, 0, at, text.length);
    Mem.putShort(at + text.length, CRLF);
    out.advance(text.length + 2L);
  }

  /// An unsigned 64-bit number as a line.
  public void number(long value) {
    long at = out.reserve(Numbers.UINT64_BYTES + 2);
    int length = Numbers.write(at, value);
    Mem.putShort(at + length, CRLF);
    out.advance(length + 2L);
  }

  /// `VALUE key flags bytes`, the start of a value; [#data] follows.
  public void value(long key, int keyLength, int clientFlags, long bytes) {
    long at = out.reserve(HEADER_BYTES + bytes);
    out.advance(valueHeader(at, key, keyLength, clientFlags, bytes) - at);
    endLine();
  }

  /// The same with the item's unique.
  public void value(long key, int keyLength, int clientFlags, long bytes, long unique) {
    long at = out.reserve(HEADER_BYTES + bytes);
    long end = valueHeader(at, key, keyLength, clientFlags, bytes);
    Mem.putByte(end++, ' ');
    end += Numbers.write(end, unique);
    out.advance(end - at);
    endLine();
  }

  private static long valueHeader(
      long start, long key, int keyLength, int clientFlags, long bytes) {
    assert keyLength <= MemcacheLimits.KEY_BYTES;
    Mem.putLong(start, VALUE);
    long at = start + 6;
    Mem.copy(key, at, keyLength);
    at += keyLength;
    Mem.putByte(at++, ' ');
    at += IntText.write(at, Integer.toUnsignedLong(clientFlags));
    Mem.putByte(at++, ' ');
    return at + IntText.write(at, bytes);
  }

  /// Bytes and a line end.
  public void data(long address, long length) {
    long at = out.reserve(length + 2);
    Mem.copy(address, at, length);
    Mem.putShort(at + length, CRLF);
    out.advance(length + 2);
  }

  /// An integer's digits as data.
  public void data(long integer) {
    long at = out.reserve(IntText.MAX_BYTES + 2);
    int length = IntText.write(at, integer);
    Mem.putShort(at + length, CRLF);
    out.advance(length + 2L);
  }

  /// Starts a meta line with its two letters.
  public void meta(char a, char b) {
    long at = out.reserve(2);
    Mem.putByte(at, a);
    Mem.putByte(at + 1, b);
    out.advance(2);
  }

  /// A space and a flag's letter.
  public void flag(char letter) {
    long at = out.reserve(2);
    Mem.putByte(at, ' ');
    Mem.putByte(at + 1, letter);
    out.advance(2);
  }

  /// A flag with an unsigned number.
  public void flag(char letter, long value) {
    flag(letter);
    digits(value);
  }

  /// A space and an unsigned number.
  public void size(long value) {
    Mem.putByte(out.reserve(1), ' ');
    out.advance(1);
    digits(value);
  }

  private void digits(long value) {
    long at = out.reserve(Numbers.UINT64_BYTES);
    out.advance(Numbers.write(at, value));
  }

  /// A space and a word as it came.
  public void word(long address, long length) {
    Mem.putByte(out.reserve(1), ' ');
    out.advance(1);
    out.append(address, length);
  }

  /// The key as a flag: in base64, and told so, when `binary`.
  public void key(long address, int length, boolean binary) {
    flag('k');
    if (binary) {
      encoded(address, length);
      flag('b');
    } else {
      out.append(address, length);
    }
  }

  /// A space and bytes in base64.
  public void base64(long address, int length) {
    Mem.putByte(out.reserve(1), ' ');
    out.advance(1);
    encoded(address, length);
  }

  private void encoded(long address, int length) {
    int bytes = Base64Text.encodedLength(length);
    Base64Text.encode(address, length, out.reserve(bytes));
    out.advance(bytes);
  }

  /// Bytes as they are.
  public void raw(byte[] bytes) {
    out.append(bytes);
  }

  /// Text as it is. For cold paths.
  public void text(String text) {
    out.append(MemcacheText.text(text));
  }

  public void endLine() {
    Mem.putShort(out.reserve(2), CRLF);
    out.advance(2);
  }

  /// A line of `stats`. For cold paths.
  public void stat(String name, String value) {
    out.append(STAT);
    line(MemcacheText.text(name + " " + value));
  }

  @Override
  public void ok() {
    line(OK);
  }

  @Override
  public void simple(byte[] text) {
    line(text);
  }

  /// An error of this protocol as it is; any other as `SERVER_ERROR`. Nothing for an empty text.
  @Override
  public void error(byte[] text) {
    if (text.length == 0) {
      return;
    }
    lastError = text;
    if (Arrays.equals(text, ErrorText.OUT_OF_MEMORY)) {
      line(MemcacheText.OUT_OF_MEMORY);
    } else if (Arrays.equals(text, MemcacheText.ERROR)
        || startsWith(text, SERVER_ERROR)
        || startsWith(text, CLIENT_ERROR)) {
      line(text);
    } else {
      out.append(SERVER_ERROR);
      int code = startsWith(text, REDIS_ERROR) ? REDIS_ERROR.length : 0;
      line(Arrays.copyOfRange(text, code, text.length));
    }
  }

  @Override
  public byte @Nullable [] takeError() {
    byte[] error = lastError;
    lastError = null;
    return error;
  }

  private static boolean startsWith(byte[] text, byte[] start) {
    return text.length >= start.length
        && Arrays.equals(text, 0, start.length, start, 0, start.length);
  }

  @Override
  public void integer(long value) {
    data(value);
  }

  @Override
  public void bulk(long address, long length) {
    data(address, length);
  }

  @Override
  public void bulk(byte[] value) {
    line(value);
  }

  @Override
  public void bulkInteger(long value) {
    data(value);
  }

  @Override
  public void nil() {
    line(MemcacheText.NOT_FOUND);
  }

  @Override
  public void nilArray() {
    line(MemcacheText.END);
  }

  @Override
  public void array(long elements) {
    throw none();
  }

  @Override
  public void emptyArray() {
    line(MemcacheText.END);
  }

  @Override
  public void map(long pairs) {
    throw none();
  }

  @Override
  public void set(long elements) {
    throw none();
  }

  @Override
  public void push(long elements) {
    throw none();
  }

  @Override
  public void doubleValue(double value) {
    throw none();
  }

  @Override
  public void bool(boolean value) {
    data(value ? 1 : 0);
  }

  @Override
  public void verbatim(byte[] format, byte[] text) {
    line(text);
  }

  @Override
  public void bigNumber(byte[] digits) {
    line(digits);
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
    throw none();
  }

  @Override
  public void arrayEnd(long mark, long elements) {
    throw none();
  }

  @Override
  public void setEnd(long mark, long elements) {
    throw none();
  }

  @Override
  public void mapEnd(long mark, long pairs) {
    throw none();
  }

  private static IllegalStateException none() {
    return new IllegalStateException("memcached has no aggregates");
  }
}
