package io.pantala.core.record;

import java.nio.charset.StandardCharsets;

/// The types of values, their numbers, and the names of types and encodings as TYPE and OBJECT
/// ENCODING answer them. Strings are [StringEncoding#TYPE], their encodings are there; those of
/// collections are [CollectionEncoding].
///
/// A *kind* is a type and an encoding in one number, byte 0 of a record.
public final class ValueType {
  public static final int LIST = 1;
  public static final int SET = 2;
  public static final int ZSET = 3;
  public static final int HASH = 4;
  public static final int STREAM = 6;

  /// Kinds are below this.
  public static final int KINDS = 256;

  /// What TYPE answers for a key that is not there.
  public static final byte[] NONE = ascii("none");

  private static final byte[][] TYPES = new byte[16][];
  private static final byte[][] ENCODINGS = new byte[KINDS][];

  static {
    TYPES[StringEncoding.TYPE] = ascii("string");
    TYPES[LIST] = ascii("list");
    TYPES[SET] = ascii("set");
    TYPES[ZSET] = ascii("zset");
    TYPES[HASH] = ascii("hash");
    TYPES[STREAM] = ascii("stream");
    name(StringEncoding.TYPE, StringEncoding.INT, "int");
    name(StringEncoding.TYPE, StringEncoding.EMBSTR, "embstr");
    name(StringEncoding.TYPE, StringEncoding.RAW, "raw");
    // Redis 7.0 has no list of one listpack and no set of listpacks: the names stay those.
    name(LIST, CollectionEncoding.LISTPACK, "quicklist");
    name(LIST, CollectionEncoding.BLOCKS, "quicklist");
    name(SET, CollectionEncoding.INTSET, "intset");
    name(SET, CollectionEncoding.LISTPACK, "hashtable");
    name(SET, CollectionEncoding.TABLE, "hashtable");
    name(ZSET, CollectionEncoding.LISTPACK, "listpack");
    name(ZSET, CollectionEncoding.TREE, "skiplist");
    name(HASH, CollectionEncoding.LISTPACK, "listpack");
    name(HASH, CollectionEncoding.TABLE, "hashtable");
    name(STREAM, CollectionEncoding.TREE, "stream");
  }

  private ValueType() {}

  public static int kind(int type, int encoding) {
    return type | encoding << 4;
  }

  /// "string" and so on; the array must not be written to.
  public static byte[] name(long record) {
    return TYPES[RecordLayout.type(record)];
  }

  /// "embstr" and so on; the array must not be written to.
  public static byte[] encodingName(long record) {
    return ENCODINGS[RecordLayout.kind(record)];
  }

  private static void name(int type, int encoding, String name) {
    ENCODINGS[kind(type, encoding)] = ascii(name);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
