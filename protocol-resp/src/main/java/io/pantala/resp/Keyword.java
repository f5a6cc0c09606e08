package io.pantala.resp;

import java.nio.charset.StandardCharsets;

/// Words of up to 8 ASCII letters as one number, to compare arguments without a loop: the first
/// letter in the lowest byte, zero above the last one.
public final class Keyword {
  private Keyword() {}

  /// The number of `word`, which must be upper case and have 1..8 letters.
  public static long of(String word) {
    if (word.isEmpty() || word.length() > Long.BYTES) {
      throw new IllegalArgumentException("a keyword has 1 to 8 letters: " + word);
    }
    return of(word, 0);
  }

  /// The number of the 8 letters of `word` from `from` on (fewer at its end), as
  /// [Args#keyword(int,int)] has it.
  public static long of(String word, int from) {
    byte[] ascii = word.getBytes(StandardCharsets.US_ASCII);
    long packed = 0;
    for (int i = from; i < Math.min(ascii.length, from + Long.BYTES); i++) {
      packed |= (long) ascii[i] << (8 * (i - from));
    }
    assert packed == Args.upper(packed) : "not in upper case: " + word;
    return packed;
  }
}
