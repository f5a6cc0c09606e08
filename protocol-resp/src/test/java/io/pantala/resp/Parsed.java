package io.pantala.resp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// All that a parser made of some bytes: the requests, then the error or the bytes left over.
record Parsed(List<List<String>> requests, long error, long left) {
  /// Parses `input`, handed over in pieces: `nextPiece` gets the bytes handed over so far and tells
  /// how many come next. Each piece lies in a new block that ends with it.
  static Parsed of(byte[] input, RequestParser parser, IntUnaryOperator nextPiece, int guard) {
    Args args = new Args();
    List<List<String>> requests = new ArrayList<>();
    byte[] pending = new byte[0];
    int fed = 0;
    while (fed < input.length) {
      int piece = Math.clamp(nextPiece.applyAsInt(fed), 1, input.length - fed);
      byte[] bytes = new byte[pending.length + piece];
      System.arraycopy(pending, 0, bytes, 0, pending.length);
      System.arraycopy(input, fed, bytes, pending.length, piece);
      fed += piece;
      try (Block block = new Block(bytes, guard)) {
        int at = 0;
        long used;
        while ((used = parser.parse(block.address() + at, block.length() - at, args)) > 0) {
          check(args, block.address() + at, used);
          at += (int) used;
          List<String> request = new ArrayList<>();
          for (int i = 0; i < args.count(); i++) {
            request.add(args.string(i));
          }
          requests.add(request);
        }
        if (used < 0) {
          return new Parsed(requests, used, 0);
        }
        assert args.count() == 0 && parser.wanted() > 0;
        pending = Arrays.copyOfRange(bytes, at, bytes.length);
      }
    }
    return new Parsed(requests, 0, pending.length);
  }

  static Parsed whole(byte[] input) {
    return of(input, new RequestParser(), fed -> input.length, 0xA5);
  }

  private static void check(Args args, long base, long used) {
    assert args.base() == base && args.bytes() == used;
    for (int i = 0; i < args.count(); i++) {
      assert args.address(i) >= base && args.length(i) >= 0;
      assert args.address(i) + args.length(i) <= base + used;
    }
  }
}
