package io.pantala.bench.load;

/// How keys are drawn from the range, with memtier_benchmark's letters.
enum KeyPattern {
  /// Uniformly at random.
  RANDOM('R'),
  /// Upwards from the minimum, around at the end; every connection walks the whole range.
  SEQUENTIAL('S'),
  /// Upwards as well, but each connection has a part of the range for itself.
  PARALLEL('P'),
  /// Normally distributed around the middle of the range; a sixth of it is the standard deviation.
  GAUSSIAN('G');

  private final char letter;

  KeyPattern(char letter) {
    this.letter = letter;
  }

  static KeyPattern of(char letter) {
    for (KeyPattern pattern : values()) {
      if (pattern.letter == letter) {
        return pattern;
      }
    }
    throw new BadOption("--key-pattern", "'" + letter + "' is none of R, S, P, G");
  }
}
