package io.pantala.memcache;

import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;

/// Finds the requests in the bytes of one memcached connection. Owned by the connection's thread.
///
/// The arguments are the words of the line, cut at single spaces, and the data block where one
/// follows; [#verb] tells what the request is, also when it can't be right. So the stream stays in
/// step as memcached does: a wrong line ends with its line, a data block of the wrong length with
/// that length. Data that are too large are passed over as they come, in requests without
/// arguments.
///
/// The caller keeps the unparsed bytes in one block that starts where the current request starts.
public final class MemcacheParser {
  /// The client speaks the binary protocol.
  public static final long BINARY = -1;

  /// A line is too long.
  public static final long LONG_LINE = -2;

  private static final int BINARY_MAGIC = 0x80;
  private static final int LEADING_SPACES_MAX = 100;
  private static final int WORD_MAX = 9;
  private static final short CRLF = '\r' | '\n' << 8;
  private static final byte[] UNBOUND = MemcacheText.text("get ");
  private static final byte[] UNBOUND_TOO = MemcacheText.text("gets ");
  private static final Verb.Table VERBS = new Verb.Table();

  private final long itemBytes;
  private Verb verb = Verb.UNKNOWN;

  /// How many bytes of the current request are known to hold no line end.
  private long scanned;

  /// Bytes of the current request, once its line has told; else 0.
  private long needed;

  /// Bytes of data that are still to be passed over.
  private long swallowed;

  private long wanted = 1;
  private boolean ahead;
  private boolean started;

  /// @param itemBytes the largest item as [MemcacheLimits#itemBytes] counts
  public MemcacheParser(long itemBytes) {
    this.itemBytes = itemBytes;
  }

  /// What the request is that [#parse] found last.
  public Verb verb() {
    return verb;
  }

  /// After [#parse] answered 0: how many bytes are known to be missing still, at least 1.
  public long wanted() {
    return wanted;
  }

  /// Drops the progress in a request that is not whole: its bytes will be given from its start
  /// again.
  public void forget() {
    scanned = 0;
    needed = 0;
    wanted = 1;
  }

  /// Whether the next request may be parsed before those ahead of it have run, and so perhaps
  /// twice. The next [#parse] is then careful: it answers 0 for what can be parsed only once.
  public boolean mayParseAhead() {
    ahead = swallowed == 0;
    return ahead;
  }

  /// Parses the request that starts at `address`, of which `length` bytes are there.
  ///
  /// @return above 0: one whole request of that many bytes is in `args` (none at all for bytes to
  ///   be passed over); 0: not whole yet; below 0: [#BINARY] or [#LONG_LINE], and the end of the
  ///   connection
  public long parse(long address, long length, Args args) {
    boolean isAhead = ahead;
    ahead = false;
    args.begin(address);
    if (swallowed > 0) {
      return swallow(length, args);
    }
    if (length < needed) {
      wanted = needed - length;
      return 0;
    }
    if (!started && length > 0) {
      if (Mem.getUByte(address) == BINARY_MAGIC) {
        return BINARY;
      }
      started = true;
    }
    long end = needed == 0 && isLineOpen(address, length) ? 0 : words(address, length, args);
    if (end == 0) {
      return suspendLine(address, length, args);
    }
    long whole = classify(address, end, length, args, isAhead);
    if (whole > 0) {
      args.end(whole);
      forget();
    }
    return whole;
  }

  private long swallow(long length, Args args) {
    long n = Math.min(swallowed, length);
    swallowed -= n;
    wanted = Math.max(1, swallowed);
    args.end(n);
    return n;
  }

  /// Whether a line that came in pieces still has no end: each byte is looked for once.
  private boolean isLineOpen(long address, long length) {
    if (scanned == 0) {
      return length == 0;
    }
    long at = scanned;
    while (at < length && Mem.getByte(address + at) != '\n') {
      at++;
    }
    return at == length;
  }

  private long suspendLine(long address, long length, Args args) {
    args.begin(address);
    scanned = length;
    wanted = 1;
    return length > MemcacheLimits.LINE_BYTES && !isUnbound(address) ? LONG_LINE : 0;
  }

  private static boolean isUnbound(long address) {
    int spaces = 0;
    while (spaces <= LEADING_SPACES_MAX && Mem.getByte(address + spaces) == ' ') {
      spaces++;
    }
    return spaces <= LEADING_SPACES_MAX
        && (startsWith(address + spaces, UNBOUND) || startsWith(address + spaces, UNBOUND_TOO));
  }

  private static boolean startsWith(long address, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (Mem.getByte(address + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /// Cuts the line into words; returns where the next line starts, 0 when it has no end. A NUL ends
  /// the words.
  private static long words(long address, long length, Args args) {
    long start = 0;
    long at = 0;
    for (; at < length; at++) {
      int b = Mem.getByte(address + at);
      if (b > ' ' || b < 0) {
        continue;
      }
      if (b == ' ') {
        addWord(args, start, at);
        start = at + 1;
      } else if (b == '\n' || b == 0) {
        break;
      }
    }
    if (at == length) {
      return 0;
    }
    boolean hasReturn = at > 1 && Mem.getByte(address + at - 1) == '\r';
    addWord(args, start, hasReturn && Mem.getByte(address + at) == '\n' ? at - 1 : at);
    if (args.count() == 0) {
      args.add(0, 0);
    }
    while (at < length && Mem.getByte(address + at) != '\n') {
      at++;
    }
    return at == length ? 0 : at + 1;
  }

  private static void addWord(Args args, long start, long end) {
    if (end > start) {
      args.add(start, end - start);
    }
  }

  private static Verb verbOf(Args args) {
    long length = args.length(0);
    if (length > WORD_MAX) {
      return Verb.UNKNOWN;
    }
    long at = args.address(0);
    long head = 0;
    for (int i = 0; i < Math.min(Long.BYTES, length); i++) {
      head |= (long) Mem.getUByte(at + i) << (8 * i);
    }
    int tail = length > Long.BYTES ? Mem.getUByte(at + Long.BYTES) : 0;
    return VERBS.find(head, tail);
  }

  /// Finds out what the request is and where it ends; 0 when it is not whole.
  private long classify(long address, long end, long length, Args args, boolean isAhead) {
    Verb found = verbOf(args);
    verb = found.accepts(args.count()) ? found : Verb.UNKNOWN;
    switch (verb) {
      case GET -> keys(args, 1, Verb.GET_MANY);
      case GETS -> keys(args, 1, Verb.GETS_MANY);
      case GAT -> timedKeys(args, Verb.GAT_MANY);
      case GATS -> timedKeys(args, Verb.GATS_MANY);
      case TOUCH, DELETE, INCR, DECR -> {
        if (args.length(1) > MemcacheLimits.KEY_BYTES) {
          verb = Verb.BAD_UPDATE;
        }
      }
      case SET, ADD, REPLACE, APPEND, PREPEND, CAS -> {
        return update(address, end, length, args, isAhead);
      }
      case MS -> {
        return metaSet(address, end, length, args, isAhead);
      }
      case MG, MD, MA, ME -> {
        return meta(end, args, isAhead);
      }
      default -> {}
    }
    return end;
  }

  private void keys(Args args, int first, Verb many) {
    for (int i = first; i < args.count(); i++) {
      if (args.length(i) > MemcacheLimits.KEY_BYTES) {
        verb = Verb.BAD_LINE;
        return;
      }
    }
    if (args.count() != first + 1) {
      verb = many;
    }
  }

  private void timedKeys(Args args, Verb many) {
    if (number(args, 1) == Numbers.NOT_A_NUMBER) {
      verb = Verb.BAD_EXPTIME;
    } else {
      keys(args, 2, many);
    }
  }

  private static long number(Args args, int word) {
    return Numbers.int32(args.address(word), args.length(word));
  }

  /// set key flags exptime bytes [unique] [noreply]
  private long update(long address, long end, long length, Args args, boolean isAhead) {
    long clientFlags = Numbers.uint32(args.address(2), args.length(2));
    long bytes = number(args, 4);
    if (args.length(1) > MemcacheLimits.KEY_BYTES
        || clientFlags == Numbers.NOT_A_NUMBER
        || number(args, 3) == Numbers.NOT_A_NUMBER
        || bytes < 0
        || bytes > Integer.MAX_VALUE - 2
        || (verb == Verb.CAS && !Numbers.isUint64(args.address(5), args.length(5)))) {
      verb = Verb.BAD_UPDATE;
      return end;
    }
    if (MemcacheLimits.itemBytes(args.length(1), bytes, clientFlags != 0) > itemBytes) {
      verb = verb == Verb.SET ? Verb.TOO_LARGE_SET : Verb.TOO_LARGE;
      return passOver(end, bytes, isAhead);
    }
    return data(address, end, length, (int) bytes, Verb.BAD_CHUNK, args);
  }

  /// ms key bytes flags*
  private long metaSet(long address, long end, long length, Args args, boolean isAhead) {
    long bytes = args.count() > 2 ? number(args, 2) : Numbers.NOT_A_NUMBER;
    if (args.length(1) > MemcacheLimits.KEY_BYTES
        || args.count() > MemcacheLimits.META_WORDS
        || bytes < 0
        || bytes > Integer.MAX_VALUE - 2) {
      verb = Verb.BAD_META_SET;
      return end;
    }
    boolean binary = hasFlag(args, 3, 'b');
    if (binary && isAhead) {
      return 0;
    }
    if (isTooLarge(args, bytes)) {
      verb = Verb.TOO_LARGE_META_SET;
      if (binary && !isAhead) {
        decodeKey(args);
      }
      return passOver(end, bytes, isAhead);
    }
    int words = args.count();
    long whole = data(address, end, length, (int) bytes, Verb.BAD_META_CHUNK, args);
    if (whole > 0 && binary) {
      assert args.count() >= words;
      decodeKey(args);
    }
    return whole;
  }

  private boolean isTooLarge(Args args, long bytes) {
    if (bytes + MemcacheLimits.ITEM_OVERHEAD_MAX <= itemBytes) {
      return false;
    }
    boolean hasClientFlags = false;
    for (int i = 3; i < args.count(); i++) {
      hasClientFlags |=
          Mem.getByte(args.address(i)) == 'F'
              && Numbers.uint32(args.address(i) + 1, args.length(i) - 1) > 0;
    }
    return MemcacheLimits.itemBytes(args.length(1), bytes, hasClientFlags) > itemBytes;
  }

  private long meta(long end, Args args, boolean isAhead) {
    if (args.count() < 2 || args.length(1) > MemcacheLimits.KEY_BYTES) {
      verb = Verb.BAD_LINE;
      return end;
    }
    boolean binary =
        verb == Verb.ME
            ? args.count() > 2 && args.length(2) == 1 && hasFlag(args, 2, 'b')
            : hasFlag(args, 2, 'b');
    if (binary && args.count() <= MemcacheLimits.META_WORDS) {
      if (isAhead) {
        return 0;
      }
      decodeKey(args);
    }
    return end;
  }

  private static boolean hasFlag(Args args, int first, char flag) {
    for (int i = first; i < args.count(); i++) {
      if (Mem.getByte(args.address(i)) == flag) {
        return true;
      }
    }
    return false;
  }

  /// Decodes a base64 key where it stands; what is no base64 becomes an empty key.
  private static void decodeKey(Args args) {
    args.shorten(1, Base64Text.decode(args.address(1), (int) args.length(1)));
  }

  private long passOver(long end, long bytes, boolean isAhead) {
    if (isAhead) {
      return 0;
    }
    swallowed = bytes + 2;
    return end;
  }

  /// The data block behind the line as the last argument; 0 when it is not whole.
  private long data(long address, long end, long length, int bytes, Verb broken, Args args) {
    long whole = end + bytes + 2;
    if (length < whole) {
      needed = whole;
      wanted = whole - length;
      return 0;
    }
    if (Mem.getShort(address + end + bytes) == CRLF) {
      args.add(end, bytes);
    } else {
      verb = broken;
    }
    return whole;
  }
}
