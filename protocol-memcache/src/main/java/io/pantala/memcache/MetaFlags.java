package io.pantala.memcache;

import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import org.jspecify.annotations.Nullable;

/// The flags of a meta command: a letter each, most of them questions, some with a value. Reused;
/// owned by the shard that runs the command.
public final class MetaFlags {
  /// No mode was given.
  public static final int NO_MODE = 0;

  private static final String KNOWN = "bcfhklqstuvxCDEFIJLMNOPRT";

  private static final long KNOWN_BITS = bits(KNOWN);

  private long seen;
  private int first;
  private int mode;
  private long ttl;
  private long vivifyTtl;
  private long recacheTtl;
  private long clientFlags;
  private long unique;
  private long newUnique;
  private long initial;
  private long delta;
  private byte @Nullable [] error;

  /// Reads the flags, which are the arguments from `from` up to `to`.
  ///
  /// @return null, or the error to answer
  public byte @Nullable [] parse(Args args, int from, int to) {
    seen = 0;
    first = from;
    mode = NO_MODE;
    clientFlags = 0;
    unique = 0;
    newUnique = 0;
    initial = 0;
    delta = 1;
    error = null;
    for (int i = from; i < to; i++) {
      int letter = Mem.getByte(args.address(i));
      if (letter < 0 || hasSeen(letter)) {
        return MemcacheText.DUPLICATE_FLAG;
      }
      if (letter < 'A' || letter > 'z' || (KNOWN_BITS & bit(letter)) == 0) {
        return MemcacheText.INVALID_FLAG;
      }
      seen |= bit(letter);
      value(args, i, letter);
    }
    return error;
  }

  private boolean hasSeen(int letter) {
    return letter >= 'A' && letter <= 'z' && (seen & bit(letter)) != 0;
  }

  private void value(Args args, int i, int letter) {
    switch (letter) {
      case 'b' -> {
        if (args.length(1) == 0) {
          error = MemcacheText.BAD_KEY;
        }
      }
      case 'T' -> ttl = seconds(args, i);
      case 'N' -> vivifyTtl = seconds(args, i);
      case 'R' -> recacheTtl = seconds(args, i);
      case 'F' -> clientFlags(args, i);
      case 'C' -> unique = number(args, i, MemcacheText.BAD_TOKEN);
      case 'E' -> newUnique = number(args, i, MemcacheText.BAD_TOKEN);
      case 'J' -> initial = number(args, i, MemcacheText.BAD_INITIAL);
      case 'D' -> delta = number(args, i, MemcacheText.BAD_META_DELTA);
      case 'M' -> mode(args, i);
      case 'O' -> {
        if (args.length(i) > MemcacheLimits.OPAQUE_BYTES && error == null) {
          error = MemcacheText.LONG_OPAQUE;
        }
      }
      default -> {}
    }
  }

  private long seconds(Args args, int i) {
    long seconds = Numbers.int32(args.address(i) + 1, args.length(i) - 1);
    if (seconds == Numbers.NOT_A_NUMBER) {
      error = MemcacheText.BAD_TOKEN;
    }
    return seconds;
  }

  private long number(Args args, int i, byte[] otherwise) {
    long at = args.address(i) + 1;
    long length = args.length(i) - 1;
    if (!Numbers.isUint64(at, length)) {
      error = otherwise;
      return 0;
    }
    return Numbers.uint64(at, length);
  }

  private void clientFlags(Args args, int i) {
    clientFlags = Numbers.uint32(args.address(i) + 1, args.length(i) - 1);
    if (clientFlags == Numbers.NOT_A_NUMBER && error == null) {
      error = MemcacheText.BAD_LINE;
    }
  }

  private void mode(Args args, int i) {
    if (args.length(i) == 2) {
      mode = Mem.getByte(args.address(i) + 1);
    } else {
      error = MemcacheText.BAD_MODE_LENGTH;
    }
  }

  /// Whether a flag was given.
  public boolean has(char letter) {
    return (seen & bit(letter)) != 0;
  }

  /// Bits of a set of letters, for [#hasAny].
  public static long bits(String letters) {
    long bits = 0;
    for (int i = 0; i < letters.length(); i++) {
      bits |= bit(letters.charAt(i));
    }
    return bits;
  }

  public boolean hasAny(long letterBits) {
    return (seen & letterBits) != 0;
  }

  /// The argument that is the first flag.
  public int first() {
    return first;
  }

  /// M's letter, or [#NO_MODE].
  public int mode() {
    return mode;
  }

  /// T as given.
  public long ttl() {
    return ttl;
  }

  /// N as given.
  public long vivifyTtl() {
    return vivifyTtl;
  }

  /// R as given.
  public long recacheTtl() {
    return recacheTtl;
  }

  /// F, or 0.
  public long clientFlags() {
    return clientFlags;
  }

  /// C, or 0.
  public long unique() {
    return unique;
  }

  /// E, or 0.
  public long newUnique() {
    return newUnique;
  }

  /// J, or 0.
  public long initial() {
    return initial;
  }

  /// D, or 1.
  public long delta() {
    return delta;
  }

  private static long bit(int letter) {
    return 1L << (letter - 'A');
  }
}
