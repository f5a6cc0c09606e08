package io.pantala.server.command;

import io.pantala.core.db.StringDigest;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;

/// The comparisons IFEQ, IFNE, IFDEQ and IFDNE: the key's value, or its digest, against an
/// argument. On the shard's thread.
final class StringConditions {
  static final byte[] BAD_DIGEST_TEXT =
      Errors.text("ERR must be exactly 16 hexadecimal characters");

  static final int NOT_MET = 0;
  static final int MET = 1;

  /// The argument can't be a digest.
  static final int BAD_DIGEST = 2;

  private StringConditions() {}

  /// Whether the value of a string record meets a comparison.
  ///
  /// @param comparison one of [SetOptions#COMPARISON]
  /// @param scratch room for the digits of a number
  static int test(int comparison, Args args, int operand, long record, long scratch) {
    long text = StringValue.text(record, scratch);
    int length = StringValue.length(record);
    boolean equal;
    if ((comparison & (SetOptions.IFEQ | SetOptions.IFNE)) != 0) {
      equal = length == args.length(operand) && Mem.equal(text, args.address(operand), length);
    } else if (args.length(operand) != StringDigest.TEXT_BYTES) {
      return BAD_DIGEST;
    } else {
      equal = isDigest(args.address(operand), StringDigest.of(text, length));
    }
    boolean wanted = (comparison & (SetOptions.IFEQ | SetOptions.IFDEQ)) != 0;
    return equal == wanted ? MET : NOT_MET;
  }

  /// Whether a comparison is met by a key that is absent.
  static int testAbsent(int comparison) {
    return (comparison & (SetOptions.IFNE | SetOptions.IFDNE)) != 0 ? MET : NOT_MET;
  }

  /// Whether the 16 bytes at `text` are the digest's hexadecimal digits, in either case.
  private static boolean isDigest(long text, long digest) {
    for (int i = 0; i < StringDigest.TEXT_BYTES; i++) {
      int digit = Character.digit(Mem.getUByte(text + i), 16);
      if (digit != ((digest >>> (60 - 4 * i)) & 0xf)) {
        return false;
      }
    }
    return true;
  }
}
