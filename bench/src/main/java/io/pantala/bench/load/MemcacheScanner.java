package io.pantala.bench.load;

import io.pantala.core.memory.Mem;
import java.nio.charset.StandardCharsets;

/// Scans replies of memcached's text protocol. A `VALUE` line and its data are part of a reply that
/// goes on to `END`; any other line is a reply.
final class MemcacheScanner implements ReplyScanner {
  /// A key of 250 bytes, flags, length and cas fit.
  private static final int LINE_BYTES = 512;

  private static final byte[] VALUE = "VALUE ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = "ERROR".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLIENT_ERROR = "CLIENT_ERROR".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SERVER_ERROR = "SERVER_ERROR".getBytes(StandardCharsets.US_ASCII);

  /// Words before the length in `VALUE <key> <flags> <bytes>`.
  private static final int WORDS_BEFORE_LENGTH = 3;

  private final byte[] line = new byte[LINE_BYTES];
  private int lineBytes;
  private long bodyBytes;
  private int values;
  private boolean complete;

  @Override
  public long scan(long from, long end) {
    if (complete) {
      complete = false;
      values = 0;
      lineBytes = 0;
    }
    long at = from;
    while (at < end && !complete) {
      at = bodyBytes > 0 ? onBody(at, end) : onLine(at, end);
    }
    return at;
  }

  private long onBody(long at, long end) {
    long here = Math.min(bodyBytes, end - at);
    bodyBytes -= here;
    return at + here;
  }

  private long onLine(long from, long end) {
    long at = from;
    while (at < end) {
      byte b = Mem.getByte(at++);
      if (b == '\n') {
        lineDone();
        return at;
      }
      if (b != '\r') {
        keep(b);
      }
    }
    return at;
  }

  private void keep(byte b) {
    if (lineBytes == LINE_BYTES) {
      throw new BadReply("a line of a reply is over " + LINE_BYTES + " bytes");
    }
    line[lineBytes++] = b;
  }

  private void lineDone() {
    if (lineBytes == 0) {
      throw new BadReply("a reply is an empty line");
    }
    if (startsWith(VALUE)) {
      values++;
      bodyBytes = length() + 2;
      lineBytes = 0;
    } else {
      complete = true;
    }
  }

  private long length() {
    int at = 0;
    for (int word = 0; word < WORDS_BEFORE_LENGTH; at++) {
      if (at >= lineBytes) {
        throw new BadReply("a VALUE line has no length");
      }
      if (line[at] == ' ') {
        word++;
      }
    }
    long length = 0;
    for (; at < lineBytes && line[at] != ' '; at++) {
      if (line[at] < '0' || line[at] > '9') {
        throw new BadReply("a VALUE line has no number for its length");
      }
      length = length * 10 + line[at] - '0';
    }
    return length;
  }

  private boolean startsWith(byte[] word) {
    if (lineBytes < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if (line[i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public int type() {
    return line[0];
  }

  @Override
  public boolean isError() {
    return startsWith(ERROR) || startsWith(CLIENT_ERROR) || startsWith(SERVER_ERROR);
  }

  @Override
  public String errorText() {
    int bytes = Math.min(lineBytes, ERROR_TEXT_BYTES);
    return isError() ? new String(line, 0, bytes, StandardCharsets.ISO_8859_1) : "";
  }

  @Override
  public int values() {
    return values;
  }
}
