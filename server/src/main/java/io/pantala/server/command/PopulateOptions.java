package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.ProtocolLimits;
import io.pantala.resp.Reply;
import org.jspecify.annotations.Nullable;

/// What DEBUG POPULATE is asked for: `count [prefix] [size] [RAND] [TYPE STRING] [EXPIRE start
/// end]`.
///
/// @param count number of keys
/// @param prefix what stands before `:` and the number in a key, a character a byte
/// @param valueBytes least length of a value; the length when `random`
/// @param random values of random hexadecimal digits
/// @param leastTtlS seconds that a key lives at least; 0 when keys have no deadline
/// @param mostTtlS seconds that a key lives at most
record PopulateOptions(
    long count, String prefix, int valueBytes, boolean random, int leastTtlS, int mostTtlS) {
  private static final String DEFAULT_PREFIX = "key";
  private static final int DEFAULT_VALUE_BYTES = 16;

  private static final long RAND = Keyword.of("RAND");
  private static final long TYPE = Keyword.of("TYPE");
  private static final long STRING = Keyword.of("STRING");
  private static final long EXPIRE = Keyword.of("EXPIRE");
  private static final long SLOTS = Keyword.of("SLOTS");
  private static final long ELEMENTS = Keyword.of("ELEMENTS");

  private static final byte[] ONLY_STRINGS =
      ErrorText.of("ERR DEBUG POPULATE makes values of TYPE STRING only");
  private static final byte[] NO_SLOTS =
      ErrorText.of("ERR DEBUG POPULATE does not support SLOTS: there is no cluster");
  private static final byte[] NO_ELEMENTS =
      ErrorText.of("ERR DEBUG POPULATE does not support ELEMENTS: strings have none");
  private static final byte[] TTL_RANGE =
      ErrorText.of("ERR DEBUG POPULATE: EXPIRE needs two numbers of seconds, 0 < start < end");

  boolean expires() {
    return mostTtlS > 0;
  }

  /// Null when the client got an error.
  static @Nullable PopulateOptions parse(Args args, Reply reply) {
    long count = args.integer(2);
    long size = args.count() > 4 ? args.integer(4) : DEFAULT_VALUE_BYTES;
    if (count < 0 || size < 0 || size > ProtocolLimits.DEFAULT_BULK_BYTES) {
      reply.error(ErrorText.NOT_POSITIVE);
      return null;
    }
    String prefix = args.count() > 3 ? args.string(3) : DEFAULT_PREFIX;
    return parseTail(args, new PopulateOptions(count, prefix, (int) size, false, 0, 0), reply);
  }

  private static @Nullable PopulateOptions parseTail(Args args, PopulateOptions head, Reply reply) {
    PopulateOptions options = head;
    for (int i = 5; i < args.count(); i++) {
      long option = args.keyword(i);
      byte[] error = refusal(option);
      if (option == RAND) {
        options = options.withRandom();
      } else if (option == TYPE && i + 1 < args.count()) {
        error = args.keyword(++i) == STRING ? null : ONLY_STRINGS;
      } else if (option == EXPIRE && i + 2 < args.count()) {
        options = options.withTtl(args.integer(i + 1), args.integer(i + 2));
        error = options.expires() ? null : TTL_RANGE;
        i += 2;
      }
      if (error != null) {
        reply.error(error);
        return null;
      }
    }
    return options;
  }

  /// Why an option can't be taken, as far as its name tells.
  private static byte @Nullable [] refusal(long option) {
    if (option == SLOTS) {
      return NO_SLOTS;
    }
    if (option == ELEMENTS) {
      return NO_ELEMENTS;
    }
    return option == RAND ? null : ErrorText.SYNTAX;
  }

  private PopulateOptions withRandom() {
    return new PopulateOptions(count, prefix, valueBytes, true, leastTtlS, mostTtlS);
  }

  private PopulateOptions withTtl(long least, long most) {
    boolean valid = least > 0 && least < most && most <= Integer.MAX_VALUE;
    return new PopulateOptions(
        count, prefix, valueBytes, random, valid ? (int) least : 0, valid ? (int) most : 0);
  }
}
