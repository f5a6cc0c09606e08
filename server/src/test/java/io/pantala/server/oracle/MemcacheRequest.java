package io.pantala.server.oracle;

/// One or a few memcached requests as bytes; `@key@` stands for the unique that the server last
/// told of that key.
///
/// @param counts the key of an incr, decr or ma, after which the two servers are brought together
///   (memcached pads a number that became shorter with spaces); empty for others
/// @param lies its data may take in what follows it
record MemcacheRequest(String bytes, String counts, boolean lies) {
  private static final int SHOWN = 160;

  static MemcacheRequest of(String bytes) {
    return new MemcacheRequest(bytes, "", false);
  }

  String shown() {
    String text = bytes.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." + text.length() : text;
  }
}
