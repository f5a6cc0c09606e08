package io.pantala.bench.load;

/// The type of reply that a request must get; another type fails the run.
enum ExpectedReply {
  /// `+OK`, or any other simple string.
  STATUS("a simple string", "+"),
  /// A bulk string or nil.
  VALUE("a bulk string or nil", "$_="),
  ARRAY("an array", "*"),
  /// memcached's `STORED`.
  STORED("STORED", "S"),
  /// memcached's `VALUE` blocks up to `END`.
  VALUES("VALUE … END", "E"),
  /// Whatever an arbitrary command replies, but not an error.
  ANY("any reply but an error", "");

  private final String text;
  private final String types;

  ExpectedReply(String text, String types) {
    this.text = text;
    this.types = types;
  }

  /// `type` is a scanner's [ReplyScanner#type].
  boolean accepts(int type) {
    return this == ANY || types.indexOf(type) >= 0;
  }

  String text() {
    return text;
  }
}
