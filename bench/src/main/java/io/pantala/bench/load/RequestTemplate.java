package io.pantala.bench.load;

import io.pantala.core.memory.Mem;

/// One request, encoded once, with holes for what differs each time: a number (key or expiry) or
/// random data. Read by all threads; its bytes are in native memory that [LoadPlan] owns.
///
/// A piece is constant bytes, then a hole. What precedes a number depends on how many digits it has
/// (RESP gives the length first), so there are 20 versions of those bytes, written in advance:
///
/// ```
///  SET with keys "key:<n>", 4 digits:   *3..$3..SET..$8..key:  1234  ..$256..xxxx….
///                                       lead[4] of piece 0     hole  lead[0] of piece 1
/// ```
final class RequestTemplate {
  /// Digits of the greatest long.
  static final int MAX_DIGITS = 19;

  enum Hole {
    NONE,
    KEY,
    EXPIRY,
    DATA
  }

  /// Constant bytes by number of digits (other holes: index 0 only), then the hole.
  static final class Piece {
    private final long[] leadAddress;
    private final int[] leadBytes;
    private final Hole hole;

    Piece(long[] leadAddress, int[] leadBytes, Hole hole) {
      assert leadAddress.length == leadBytes.length;
      this.leadAddress = leadAddress;
      this.leadBytes = leadBytes;
      this.hole = hole;
    }

    private long maxBytes() {
      return leadBytes[leadBytes.length - 1] + (long) MAX_DIGITS;
    }
  }

  private final String name;
  private final Piece[] pieces;
  private final ExpectedReply expected;
  private final boolean reads;
  private final int keys;
  private final long maxBytes;

  /// @param reads whether the values of its replies are hits
  RequestTemplate(String name, Piece[] pieces, ExpectedReply expected, boolean reads, int keys) {
    this.name = name;
    this.pieces = pieces.clone();
    this.expected = expected;
    this.reads = reads;
    this.keys = keys;
    long bytes = 0;
    for (Piece piece : pieces) {
      bytes += piece.maxBytes();
    }
    this.maxBytes = bytes;
  }

  String name() {
    return name;
  }

  ExpectedReply expected() {
    return expected;
  }

  boolean reads() {
    return reads;
  }

  int keys() {
    return keys;
  }

  /// The most bytes that [#write] needs, apart from random data.
  long maxBytes() {
    return maxBytes;
  }

  int dataHoles() {
    int holes = 0;
    for (Piece piece : pieces) {
      if (piece.hole == Hole.DATA) {
        holes++;
      }
    }
    return holes;
  }

  /// Writes one request; returns its end.
  long write(long from, Draws draws) {
    long to = from;
    for (Piece piece : pieces) {
      to =
          switch (piece.hole) {
            case NONE -> lead(piece, 0, to);
            case KEY -> number(piece, draws.nextKey(reads), draws.keyWidth(), to);
            case EXPIRY -> number(piece, draws.nextExpiry(), 1, to);
            case DATA -> draws.writeData(lead(piece, 0, to));
          };
    }
    return to;
  }

  private static long lead(Piece piece, int index, long to) {
    int bytes = piece.leadBytes[index];
    Mem.copy(piece.leadAddress[index], to, bytes);
    return to + bytes;
  }

  private static long number(Piece piece, long value, int width, long to) {
    int digits = Math.max(width, Decimal.digits(value));
    return Decimal.write(value, digits, lead(piece, digits, to));
  }
}
