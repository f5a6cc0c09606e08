package io.pantala.resp;

import org.jspecify.annotations.Nullable;

/// The only way in which a command answers. An aggregate is announced with its number of elements
/// and then filled by as many further replies.
///
/// Owned by the connection's thread, or by the shard that runs the command.
public interface Reply {
  /// +OK
  void ok();

  /// A short status text without line ends.
  void simple(byte[] text);

  /// An error: its code and text without the leading '-' and the line end, and with no line end
  /// inside; see [ErrorText].
  void error(byte[] text);

  void integer(long value);

  /// A string, the bytes at a native address.
  void bulk(long address, long length);

  void bulk(byte[] value);

  /// An integer's text as a string.
  void bulkInteger(long value);

  /// No value, where a string was expected.
  void nil();

  /// No value, where an array was expected.
  void nilArray();

  void array(long elements);

  void emptyArray();

  /// A map of `pairs` keys, each followed by its value; a flat array before RESP3.
  void map(long pairs);

  /// A set; an array before RESP3.
  void set(long elements);

  /// A message that answers no request; an array before RESP3.
  void push(long elements);

  void doubleValue(double value);

  /// An integer 1 or 0 before RESP3.
  void bool(boolean value);

  /// Text in a named format (3 bytes: `txt`, `mkd`); a string before RESP3.
  void verbatim(byte[] format, byte[] text);

  /// An integer of any size, as its text; a string before RESP3.
  void bigNumber(byte[] digits);

  /// Bytes that are one or more encoded replies already.
  void raw(long address, long length);

  /// The error that was written last since the last call of this, or null; for statistics.
  byte @Nullable [] takeError();

  /// Where the next reply will start; for [#takeBack].
  long mark();

  /// Drops all that was written since [#mark] returned this: a command that failed midway.
  void takeBack(long mark);

  /// Starts an aggregate whose number of elements is not known yet; its elements follow, then one
  /// of the `...End` methods with the mark that this returned. They may nest.
  long lengthLater();

  void arrayEnd(long mark, long elements);

  void setEnd(long mark, long elements);

  void mapEnd(long mark, long pairs);
}
