package io.pantala.resp;

/// The error texts of Redis, as [Reply#error] takes them: the code and the text, one line.
public final class ErrorText {
  private ErrorText() {}

  /// The bytes with each line end in them made a space, in place.
  static byte[] oneLine(byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\r' || text[i] == '\n') {
        text[i] = ' ';
      }
    }
    return text;
  }
}
