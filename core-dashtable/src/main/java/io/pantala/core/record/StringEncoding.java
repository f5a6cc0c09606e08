package io.pantala.core.record;

/// How a record of type [#TYPE] holds its string; the names are what OBJECT ENCODING answers.
///
/// - [#INT]: 8 bytes, the signed integer whose decimal text is the value.
/// - [#EMBSTR]: the bytes, at most [#EMBSTR_MAX], as they were set.
/// - [#RAW]: the bytes, longer than that or changed in place since.
public final class StringEncoding {
  /// Record type of strings.
  public static final int TYPE = 0;

  public static final int INT = 0;
  public static final int EMBSTR = 1;
  public static final int RAW = 2;

  /// Bytes of the integer form.
  public static final int INT_BYTES = 8;

  public static final int EMBSTR_MAX = 44;

  private StringEncoding() {}

  /// The encoding of a value of `bytes` bytes that is no integer, as it is set.
  public static int ofLength(long bytes) {
    return bytes <= EMBSTR_MAX ? EMBSTR : RAW;
  }
}
