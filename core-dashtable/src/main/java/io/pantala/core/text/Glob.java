package io.pantala.core.text;

import io.pantala.core.memory.Mem;

/// Glob patterns as Redis has them, over bytes at native addresses. No allocation; any thread.
///
/// - `*` is any run of bytes, `?` any one byte.
/// - `[abc]`, `[a-z]`, `[^x]` are one byte of a set, or one that is not in it. The bytes of a range
///   compare as signed ones, a range may be given backwards, and a set that is not closed ends with
///   the pattern.
/// - `\` takes the special meaning from the next byte; at the end of the pattern it is itself.
/// - An empty text matches the empty pattern alone, not even `*`.
///
/// A text that fails behind one `*` is tried again from its next byte, behind the last `*` only: no
/// earlier one could do better. So the work is at most the product of the two lengths.
public final class Glob {
  private static final long MISMATCH = 0;

  private Glob() {}

  /// Whether the pattern is `*`, which commands take as all, the empty text with it.
  public static boolean isAll(long pattern, long patternBytes) {
    return patternBytes == 1 && Mem.getByte(pattern) == '*';
  }

  /// Whether the whole text matches.
  public static boolean matches(long pattern, long patternBytes, long text, long textBytes) {
    return matches(pattern, patternBytes, text, textBytes, false);
  }

  /// The same; `ignoreCase` makes ASCII letters of either case equal.
  public static boolean matches(
      long pattern, long patternBytes, long text, long textBytes, boolean ignoreCase) {
    if (textBytes == 0) {
      return patternBytes == 0;
    }
    long end = pattern + patternBytes;
    long textEnd = text + textBytes;
    long at = pattern;
    long behindStar = 0;
    long retry = 0;
    while (text < textEnd) {
      if (at < end && Mem.getByte(at) == '*') {
        at = skipStars(at, end);
        if (at == end) {
          return true;
        }
        behindStar = at;
        retry = text;
        continue;
      }
      long next = at < end ? matchOne(at, end, Mem.getByte(text), ignoreCase) : MISMATCH;
      if (next != MISMATCH) {
        at = next;
        text++;
      } else if (behindStar != 0) {
        at = behindStar;
        text = ++retry;
      } else {
        return false;
      }
    }
    return skipStars(at, end) == end;
  }

  private static long skipStars(long at, long end) {
    long next = at;
    while (next < end && Mem.getByte(next) == '*') {
      next++;
    }
    return next;
  }

  /// Where the pattern goes on after the element at `at` has taken the byte `c`, or [#MISMATCH].
  private static long matchOne(long at, long end, byte c, boolean ignoreCase) {
    byte first = Mem.getByte(at);
    if (first == '?') {
      return at + 1;
    }
    if (first == '[') {
      return matchSet(at + 1, end, c, ignoreCase);
    }
    long literal = first == '\\' && at + 1 < end ? at + 1 : at;
    return isEqual(Mem.getByte(literal), c, ignoreCase) ? literal + 1 : MISMATCH;
  }

  /// As [#matchOne], for the set whose `[` is before `start`.
  private static long matchSet(long start, long end, byte c, boolean ignoreCase) {
    boolean isNegated = start < end && Mem.getByte(start) == '^';
    long at = isNegated ? start + 1 : start;
    boolean isIn = false;
    while (at < end) {
      byte first = Mem.getByte(at);
      if (first == '\\' && at + 1 < end) {
        // An escaped byte is compared as it is even where case does not matter.
        isIn |= Mem.getByte(at + 1) == c;
        at += 2;
      } else if (first == ']') {
        return isIn != isNegated ? at + 1 : MISMATCH;
      } else if (at + 2 < end && Mem.getByte(at + 1) == '-') {
        isIn |= isInRange(first, Mem.getByte(at + 2), c, ignoreCase);
        at += 3;
      } else {
        isIn |= isEqual(first, c, ignoreCase);
        at++;
      }
    }
    return isIn != isNegated ? end : MISMATCH;
  }

  private static boolean isInRange(byte from, byte to, byte c, boolean ignoreCase) {
    int low = fold((byte) Math.min(from, to), ignoreCase);
    int high = fold((byte) Math.max(from, to), ignoreCase);
    int folded = fold(c, ignoreCase);
    return low <= folded && folded <= high;
  }

  private static boolean isEqual(byte a, byte b, boolean ignoreCase) {
    return fold(a, ignoreCase) == fold(b, ignoreCase);
  }

  private static int fold(byte c, boolean ignoreCase) {
    return ignoreCase && c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
}
