package io.pantala.bench.load;

/// Finds where replies end and what they are, without keeping them. A reply may arrive in any
/// number of pieces: all state between pieces is in the scanner. One scanner for each connection.
sealed interface ReplyScanner permits RespScanner, MemcacheScanner {
  /// Error texts are kept up to this many bytes.
  int ERROR_TEXT_BYTES = 200;

  /// Takes bytes up to the end of one reply, or all of them.
  ///
  /// @return where the next reply starts when [#complete], else `end`
  /// @throws BadReply when the bytes are no reply
  long scan(long at, long end);

  /// Whether the last [#scan] ended a reply; the other methods speak of that reply.
  boolean complete();

  /// RESP's type byte; for memcached the first letter of the last line.
  int type();

  boolean isError();

  /// Text of the error; empty when there is none.
  String errorText();

  /// Values that are not nil, in the reply itself or directly in its array.
  int values();
}
