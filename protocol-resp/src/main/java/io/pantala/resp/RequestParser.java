package io.pantala.resp;

import io.pantala.core.memory.Mem;
import io.pantala.core.text.IntText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the requests in the bytes of one connection. Owned by the connection's thread.
///
/// The caller keeps the unparsed bytes in one block that starts where the current request starts,
/// and calls [#parse] when there are more of them. Progress inside a request is kept, so each byte
/// is looked at once however the request is cut; the block may move between calls. After an error
/// the connection must be closed.
///
/// ```
///   *2\r\n  $3\r\n  GET\r\n  $3\r\n  ke            ← received so far
///   └count  └bulk   └arg     └bulk   └ position    remaining = 1, bulkBytes = 3, wanted() = 3
/// ```
public final class RequestParser {
  private static final long UNKNOWN = -1;

  /// A length that can be added to without overflow.
  private static final long NO_LIMIT = Long.MAX_VALUE >> 1;

  /// More digits than this go the slow way; fewer cannot overflow.
  private static final int FAST_DIGITS = 10;

  /// How much of the current request has been parsed, in bytes.
  private long position;

  /// Arguments still to come; 0 before the first line of a request has been read.
  private int remaining;

  /// Length of the argument that starts at [#position]; [#UNKNOWN] before its line has been read.
  private long bulkBytes = UNKNOWN;

  /// How many bytes from [#position] on are known to hold no end of line.
  private int scanned;

  private long wanted = 1;

  /// The number in the line that [#lengthLine] read last.
  private long number;

  /// The arguments found so far of a request that is not whole.
  private @Nullable Args pending;

  private long maxBulkBytes = ProtocolLimits.DEFAULT_BULK_BYTES;
  private boolean authenticated = true;

  /// Before a client has authenticated, only small requests are accepted from it.
  public void authenticated(boolean newValue) {
    authenticated = newValue;
  }

  /// Longest argument to accept; [Long#MAX_VALUE] on a link from a replication master.
  public void maxBulkBytes(long newValue) {
    maxBulkBytes = Math.min(newValue, NO_LIMIT);
  }

  /// After [#parse] answered 0: how many bytes are known to be missing still, at least 1. A client
  /// may announce far more than it will ever send.
  public long wanted() {
    return wanted;
  }

  /// Drops the progress in a request that is not whole: its bytes will be given from its start
  /// again, behind requests before it that had to wait.
  public void forget() {
    remaining = 0;
    position = 0;
    bulkBytes = UNKNOWN;
    scanned = 0;
    wanted = 1;
    pending = null;
  }

  /// Parses the request that starts at `address`, of which `length` bytes are there.
  ///
  /// An inline request's arguments are unquoted in place, which changes its bytes.
  ///
  /// @return above 0: one whole request of that many bytes is in `args` (none at all for an empty
  ///   line, to be passed over); 0: not whole yet, `args` holds nothing; below 0: see
  ///   [ProtocolError]
  public long parse(long address, long length, Args args) {
    if (remaining > 0) {
      return resume(address, length, args);
    }
    args.begin(address);
    if (length == 0) {
      wanted = 1;
      return 0;
    }
    if (Mem.getByte(address) != '*') {
      return inline(address, length, args);
    }
    long next = lengthLine(address, 0, length);
    if (next <= 0) {
      wanted = 1;
      return next;
    }
    long count = number;
    if (count <= 0) {
      args.end(next);
      return next;
    }
    if (count > ProtocolLimits.ARGUMENTS) {
      return ProtocolError.INVALID_COUNT;
    }
    if (count > ProtocolLimits.UNAUTHENTICATED_ARGUMENTS && !authenticated) {
      return ProtocolError.UNAUTHENTICATED_COUNT;
    }
    return arguments(address, next, length, (int) count, args);
  }

  private long arguments(long address, long at, long length, int count, Args args) {
    int left = count;
    do {
      long start = bulkLine(address, at, length);
      if (start <= 0) {
        return start < 0 ? start : suspend(at, left, UNKNOWN, 1, args);
      }
      long bulk = number;
      long end = start + bulk + 2;
      if (end > length) {
        return suspend(start, left, bulk, end - length, args);
      }
      args.add(start, bulk);
      at = end;
    } while (--left > 0);
    args.end(at);
    return at;
  }

  /// Goes on with the request that [#suspend] put aside.
  private long resume(long address, long length, Args args) {
    Args kept = Objects.requireNonNull(pending);
    long at = position;
    long bulk = bulkBytes;
    int left = remaining;
    if (bulk != UNKNOWN) {
      if (length - at < bulk + 2) {
        wanted = bulk + 2 - (length - at);
        args.begin(address);
        return 0;
      }
      kept.add(at, bulk);
      at += bulk + 2;
      left--;
    }
    args.swap(kept);
    args.rebase(address);
    remaining = 0;
    position = 0;
    bulkBytes = UNKNOWN;
    if (kept.isLarge()) {
      pending = null;
    }
    if (left == 0) {
      args.end(at);
      return at;
    }
    return arguments(address, at, length, left, args);
  }

  private long suspend(long at, int left, long bulk, long missing, Args args) {
    position = at;
    remaining = left;
    bulkBytes = bulk;
    wanted = missing;
    if (pending == null) {
      pending = new Args();
    }
    pending.swap(args);
    args.begin(0);
    return 0;
  }

  /// Reads the line with the length of an argument into [#number].
  ///
  /// @return where the argument starts; 0: not whole; below 0: an error
  private long bulkLine(long address, long at, long length) {
    if (at == length) {
      return 0;
    }
    int type = Mem.getUByte(address + at);
    long next = type == '$' ? lengthLine(address, at, length) : slowLengthLine(address, at, length);
    if (next == 0) {
      return 0;
    }
    if (next != ProtocolError.TOO_BIG_COUNT && type != '$') {
      return ProtocolError.expectedBulk(type);
    }
    if (next < 0) {
      return bulkLineError(next);
    }
    if (number < 0 || number > maxBulkBytes) {
      return ProtocolError.INVALID_BULK_LENGTH;
    }
    if (number > ProtocolLimits.UNAUTHENTICATED_BULK_BYTES && !authenticated) {
      return ProtocolError.UNAUTHENTICATED_BULK_LENGTH;
    }
    return next;
  }

  /// Reads a line of one type byte and a number, which goes to [#number].
  ///
  /// @return where the next line starts; 0: not whole; TOO_BIG_COUNT or INVALID_COUNT
  private long lengthLine(long address, long at, long length) {
    long value = 0;
    long last = Math.min(length - 1, at + 1 + FAST_DIGITS);
    for (long i = at + 1; i < last; i++) {
      int digit = Mem.getUByte(address + i) - '0';
      if (digit < 0 || digit > 9) {
        if (digit == '\r' - '0' && value > 0) {
          number = value;
          scanned = 0;
          return i + 2;
        }
        break;
      }
      if (digit == 0 && value == 0) {
        break;
      }
      value = value * 10 + digit;
    }
    return slowLengthLine(address, at, length);
  }

  /// As [#lengthLine], for every line: it may be cut, hold a sign, be no number at all. The byte
  /// after the '\r' is not looked at, but must be there; a zero byte hides what follows it.
  private long slowLengthLine(long address, long at, long length) {
    long i = at + scanned;
    long last = Math.min(length, at + ProtocolLimits.LINE_BYTES + 1);
    while (i < last && Mem.getByte(address + i) != '\r' && Mem.getByte(address + i) != 0) {
      i++;
    }
    if (i >= last || Mem.getByte(address + i) == 0) {
      scanned = (int) (i - at);
      return length - at > ProtocolLimits.LINE_BYTES ? ProtocolError.TOO_BIG_COUNT : 0;
    }
    if (i + 1 >= length) {
      scanned = (int) (i - at);
      return 0;
    }
    scanned = 0;
    long text = address + at + 1;
    number = IntText.parse(text, i - at - 1);
    return IntText.isNumber(number, text, i - at - 1) ? i + 2 : ProtocolError.INVALID_COUNT;
  }

  private static long bulkLineError(long error) {
    return error == ProtocolError.TOO_BIG_COUNT
        ? ProtocolError.TOO_BIG_BULK_LENGTH
        : ProtocolError.INVALID_BULK_LENGTH;
  }

  private long inline(long address, long length, Args args) {
    long i = scanned;
    long last = Math.min(length, ProtocolLimits.LINE_BYTES + 1L);
    while (i < last && Mem.getByte(address + i) != '\n' && Mem.getByte(address + i) != 0) {
      i++;
    }
    if (i >= last || Mem.getByte(address + i) == 0) {
      scanned = (int) i;
      wanted = 1;
      return length > ProtocolLimits.LINE_BYTES ? ProtocolError.TOO_BIG_INLINE : 0;
    }
    scanned = 0;
    boolean carriageReturn = i > 0 && Mem.getByte(address + i - 1) == '\r';
    if (!InlineRequest.split(address, carriageReturn ? i - 1 : i, args)) {
      return ProtocolError.UNBALANCED_QUOTES;
    }
    args.end(i + 1);
    return i + 1;
  }
}
