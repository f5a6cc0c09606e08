package io.pantala.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// The fixed lines of memcached's replies, without their ends.
public final class MemcacheText {
  public static final byte[] STORED = text("STORED");
  public static final byte[] NOT_STORED = text("NOT_STORED");
  public static final byte[] EXISTS = text("EXISTS");
  public static final byte[] NOT_FOUND = text("NOT_FOUND");
  public static final byte[] DELETED = text("DELETED");
  public static final byte[] TOUCHED = text("TOUCHED");
  public static final byte[] END = text("END");
  public static final byte[] RESET = text("RESET");
  public static final byte[] EN = text("EN");
  public static final byte[] NO_OPERATION = text("MN");
  public static final byte[] NO_REPLY = text("noreply");

  public static final byte[] ERROR = text("ERROR");
  public static final byte[] BAD_LINE = client("bad command line format");
  public static final byte[] BAD_DELETE =
      client("bad command line format.  Usage: delete <key> [noreply]");
  public static final byte[] BAD_CHUNK = client("bad data chunk");
  public static final byte[] BAD_EXPTIME = client("invalid exptime argument");
  public static final byte[] BAD_DELTA = client("invalid numeric delta argument");
  public static final byte[] NOT_NUMERIC =
      client("cannot increment or decrement non-numeric value");
  public static final byte[] UNAUTHENTICATED = client("unauthenticated");
  public static final byte[] WRONG_PASSWORD = client("authentication failure");
  public static final byte[] BAD_CREDENTIALS = client("bad authentication token format");
  public static final byte[] NO_BINARY = client("the binary protocol is not supported");
  public static final byte[] NO_DETAIL = client("stats detail is not supported");
  public static final byte[] TOO_LARGE = text("SERVER_ERROR object too large for cache");
  public static final byte[] OUT_OF_MEMORY = text("SERVER_ERROR out of memory storing object");

  public static final byte[] MANY_FLAGS_OF_GET = client("options flags are too long");
  public static final byte[] MANY_FLAGS = client("options flags too long");
  public static final byte[] DUPLICATE_FLAG = client("duplicate flag");
  public static final byte[] INVALID_FLAG = client("invalid flag");
  public static final byte[] INVALID_OR_DUPLICATE_FLAG = client("invalid or duplicate flag");
  public static final byte[] BAD_TOKEN = client("bad token in command line format");
  public static final byte[] BAD_KEY = client("error decoding key");
  public static final byte[] LONG_OPAQUE = client("opaque token too long");
  public static final byte[] BAD_MODE_LENGTH = client("incorrect length for M token");
  public static final byte[] BAD_SET_MODE = client("invalid mode for ms M token");
  public static final byte[] BAD_COUNT_MODE = client("invalid mode for ma M token");
  public static final byte[] BAD_INITIAL = client("invalid numeric initial value");
  public static final byte[] BAD_META_DELTA = client("invalid numeric delta value");

  private MemcacheText() {}

  private static byte[] client(String text) {
    return text("CLIENT_ERROR " + text);
  }

  static byte[] text(String text) {
    return text.getBytes(US_ASCII);
  }
}
