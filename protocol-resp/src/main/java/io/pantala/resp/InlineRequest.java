package io.pantala.resp;

import io.pantala.core.memory.Mem;

/// Splits a line typed by a person into arguments: parted by blanks, quoted as "…" with the escapes
/// \n \r \t \b \a \xHH and \ before any other byte, or as '…' with \' only.
///
/// Unquoted text never takes more room than the quoted, so it is written over the line itself.
final class InlineRequest {
  private static final int END = -1;

  private final long line;
  private final long length;
  private final Args args;

  /// Next byte to read, and next byte to write; never more is written than read.
  private long from;

  private long to;

  private InlineRequest(long line, long length, Args args) {
    this.line = line;
    this.length = length;
    this.args = args;
  }

  /// Adds the arguments of the line to `args`, whose base is the line's address.
  ///
  /// @return false when a quote is not closed, or closed in the middle of a word
  static boolean split(long line, long length, Args args) {
    return new InlineRequest(line, length, args).words();
  }

  private boolean words() {
    while (true) {
      while (isSpace(peek(0))) {
        from++;
      }
      if (peek(0) == END) {
        return true;
      }
      long start = to;
      if (!word()) {
        return false;
      }
      args.add(start, to - start);
    }
  }

  private boolean word() {
    while (true) {
      int c = peek(0);
      switch (c) {
        case END -> {
          return true;
        }
        case ' ', '\n', '\r', '\t' -> {
          from++;
          return true;
        }
        case '"', '\'' -> {
          from++;
          return c == '"' ? doubleQuoted() : singleQuoted();
        }
        default -> put(c, 1);
      }
    }
  }

  private boolean doubleQuoted() {
    while (true) {
      int c = peek(0);
      if (c == END) {
        return false;
      }
      if (c == '"') {
        return closed();
      }
      if (c == '\\' && peek(1) != END) {
        escape();
      } else {
        put(c, 1);
      }
    }
  }

  private void escape() {
    int c = peek(1);
    int high = Character.digit(peek(2), 16);
    int low = Character.digit(peek(3), 16);
    if (c == 'x' && high >= 0 && low >= 0) {
      put(high << 4 | low, 4);
      return;
    }
    switch (c) {
      case 'n' -> put('\n', 2);
      case 'r' -> put('\r', 2);
      case 't' -> put('\t', 2);
      case 'b' -> put('\b', 2);
      case 'a' -> put(7, 2);
      default -> put(c, 2);
    }
  }

  private boolean singleQuoted() {
    while (true) {
      int c = peek(0);
      if (c == END) {
        return false;
      }
      if (c == '\'') {
        return closed();
      }
      if (c == '\\' && peek(1) == '\'') {
        put('\'', 2);
      } else {
        put(c, 1);
      }
    }
  }

  /// Steps over the closing quote, which must end the word.
  private boolean closed() {
    from++;
    return peek(0) == END || isSpace(peek(0));
  }

  private int peek(int ahead) {
    long at = from + ahead;
    return at < length ? Mem.getUByte(line + at) : END;
  }

  private void put(int c, int bytesRead) {
    Mem.putByte(line + to++, c);
    from += bytesRead;
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
