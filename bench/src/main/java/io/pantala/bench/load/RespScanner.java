package io.pantala.bench.load;

import io.pantala.core.memory.Mem;
import java.nio.charset.StandardCharsets;

/// Scans RESP2 and RESP3 replies. Push messages are passed over; attributes belong to the reply
/// that follows them.
final class RespScanner implements ReplyScanner {
  private static final int MAX_DEPTH = 32;
  private static final long MAX_LENGTH = 1L << 40;
  private static final int OK_WORD = '+' | 'O' << 8 | 'K' << 16 | '\r' << 24;
  private static final int OK_BYTES = 5;

  private enum State {
    TYPE,
    /// Simple strings, errors and integers: up to the end of the line.
    LINE,
    /// The length of a bulk string or the number of elements.
    NUMBER,
    BODY
  }

  private State state = State.TYPE;
  private boolean complete;
  private int topType;
  private int elementType;
  private int values;

  private long number;
  private boolean negative;
  private long bodyBytes;

  private final long[] remaining = new long[MAX_DEPTH];
  private final int[] kinds = new int[MAX_DEPTH];
  private int depth;

  private final byte[] errorText = new byte[ERROR_TEXT_BYTES];
  private int errorBytes;
  private boolean error;

  @Override
  public long scan(long from, long end) {
    if (complete) {
      start();
    }
    long at = from;
    if (state == State.TYPE && depth == 0 && isOk(at, end)) {
      topType = '+';
      complete = true;
      return at + OK_BYTES;
    }
    while (at < end && !complete) {
      at =
          switch (state) {
            case TYPE -> onType(at);
            case LINE -> onLine(at, end);
            case NUMBER -> onNumber(at);
            case BODY -> onBody(at, end);
          };
    }
    return at;
  }

  private static boolean isOk(long at, long end) {
    return end - at >= OK_BYTES && Mem.getInt(at) == OK_WORD && Mem.getByte(at + 4) == '\n';
  }

  private void start() {
    complete = false;
    values = 0;
    error = false;
    errorBytes = 0;
  }

  private long onType(long at) {
    elementType = Mem.getUByte(at);
    if (depth == 0) {
      topType = elementType;
    }
    number = 0;
    negative = false;
    state =
        switch (elementType) {
          case '+', ':', '_', '#', ',', '(' -> State.LINE;
          case '-' -> {
            error = true;
            yield State.LINE;
          }
          case '!' -> {
            error = true;
            yield State.NUMBER;
          }
          case '$', '=', '*', '~', '%', '>', '|' -> State.NUMBER;
          default -> throw new BadReply("a reply starts with byte 0x" + hex(elementType));
        };
    return at + 1;
  }

  private long onLine(long from, long end) {
    long at = from;
    while (at < end) {
      byte b = Mem.getByte(at++);
      if (b == '\n') {
        elementDone();
        return at;
      }
      if (elementType == '-') {
        keepErrorByte(b);
      }
    }
    return at;
  }

  private long onNumber(long at) {
    byte b = Mem.getByte(at);
    if (b >= '0' && b <= '9') {
      number = number * 10 + b - '0';
      if (number > MAX_LENGTH) {
        throw new BadReply("a reply's length is over " + MAX_LENGTH);
      }
    } else if (b == '-') {
      negative = true;
    } else if (b == '\n') {
      onLength();
    } else if (b != '\r') {
      throw new BadReply("a reply's length has byte 0x" + hex(b & 0xff));
    }
    return at + 1;
  }

  private void onLength() {
    if (negative) {
      elementDone();
      return;
    }
    switch (elementType) {
      case '$', '=', '!' -> {
        bodyBytes = number + 2;
        state = State.BODY;
      }
      case '%', '|' -> enter(2 * number);
      default -> enter(number);
    }
  }

  private void enter(long elements) {
    if (depth == MAX_DEPTH) {
      throw new BadReply("a reply is nested deeper than " + MAX_DEPTH);
    }
    kinds[depth] = elementType;
    remaining[depth] = elements + 1; // + 1: the aggregate's own end
    depth++;
    leave();
  }

  private long onBody(long at, long end) {
    long here = Math.min(bodyBytes, end - at);
    if (elementType == '!') {
      for (long i = 0; i < here; i++) {
        keepErrorByte(Mem.getByte(at + i));
      }
    }
    bodyBytes -= here;
    if (bodyBytes == 0) {
      if (depth <= 1 && elementType != '!') {
        values++;
      }
      elementDone();
    }
    return at + here;
  }

  private void elementDone() {
    state = State.TYPE;
    if (depth == 0) {
      complete = true;
    } else {
      leave();
    }
  }

  /// Counts an element of the innermost aggregate, and ends those that have all theirs.
  private void leave() {
    state = State.TYPE;
    while (depth > 0) {
      if (--remaining[depth - 1] > 0) {
        return;
      }
      int kind = kinds[--depth];
      if (kind == '|' || kind == '>') { // the reply itself is still to come
        values = depth == 0 ? 0 : values;
        return;
      }
    }
    topType = kinds[0];
    complete = true;
  }

  private void keepErrorByte(byte b) {
    if (errorBytes < errorText.length && b != '\r' && b != '\n') {
      errorText[errorBytes++] = b;
    }
  }

  private static String hex(int b) {
    return Integer.toHexString(b);
  }

  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public int type() {
    return topType;
  }

  @Override
  public boolean isError() {
    return error;
  }

  @Override
  public String errorText() {
    return new String(errorText, 0, errorBytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public int values() {
    return values;
  }
}
