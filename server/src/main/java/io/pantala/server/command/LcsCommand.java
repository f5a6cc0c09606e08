package io.pantala.server.command;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.ProtocolLimits;
import io.pantala.resp.Reply;
import io.pantala.server.shard.HopSteps;
import io.pantala.server.shard.ShardCall;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import io.pantala.txn.HopDecision;
import org.jspecify.annotations.Nullable;

/// LCS: the longest common subsequence of two strings, which may live on two shards.
///
/// The one hop copies the values into the shards' parts, each as `length (8) | bytes`; the client's
/// thread then compares them.
final class LcsCommand implements HopSteps {
  private static final byte[] NOT_STRINGS =
      Errors.text("ERR The specified keys must contain string values");
  private static final byte[] LEN_AND_IDX =
      Errors.text("ERR If you want both the length and indexes, please just use IDX.");
  private static final byte[] TOO_LARGE =
      Errors.text("ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
  private static final byte[] MATCHES = Errors.text("matches");
  private static final byte[] LENGTH = Errors.text("len");

  private static final long LEN = Keyword.of("LEN");
  private static final long IDX = Keyword.of("IDX");
  private static final byte[] MIN_MATCH_LEN = Errors.text("MINMATCHLEN");
  private static final byte[] WITH_MATCH_LEN = Errors.text("WITHMATCHLEN");

  /// A part's number when one of its keys holds no string.
  private static final long WRONG_TYPE = 1;

  private static final int FIRST_OPTION = 3;

  private LcsCommand() {}

  static void register(CommandTable table) {
    table
        .row("LCS")
        .arity(-3)
        .flags(CommandFlag.READONLY)
        .acl(AclCategory.STRING)
        .keys(KeySpec.range(1, 1, 1, KeySpec.RO | KeySpec.ACCESS))
        .syntax("key1:key key2:key [LEN] [IDX] [MINMATCHLEN len:integer] [WITHMATCHLEN]")
        .since("7.0.0")
        .complexity("O(N*M) where N and M are the lengths of the values")
        .summary("Finds the longest common subsequence of two strings.")
        .hops(new LcsCommand());
  }

  @Override
  public void onShard(ShardContext cx, ShardCall call, int hop) {
    ShardPart part = call.part(cx.shard().index());
    for (int i = 0; i < call.keys().count(); i++) {
      if (call.isHere(cx, i)) {
        cx.keyHash(call.keys().hash(i));
        copyValue(cx, StringCommands.read(cx, call.args(), call.keys().argument(i)), part);
      }
    }
  }

  /// An absent key counts as an empty string.
  private static void copyValue(ShardContext cx, long slot, ShardPart part) {
    long text = 0;
    long length = 0;
    if (slot != 0) {
      long record = DashTable.record(slot);
      if (!StringValue.isString(record)) {
        part.number(WRONG_TYPE);
        return;
      }
      text = StringValue.text(record, cx.scratch().address());
      length = StringValue.length(record);
    }
    NativeBuffer bytes = part.bytes();
    Mem.putLong(bytes.reserve(Long.BYTES + length), length);
    bytes.advance(Long.BYTES);
    if (length > 0) {
      bytes.append(text, length);
    }
  }

  @Override
  public HopDecision afterHop(ShardCall call, int hop) {
    return HopDecision.CONCLUDE;
  }

  @Override
  public boolean isSingleHop() {
    return true;
  }

  @Override
  public void answer(ShardCall call, Reply reply) {
    for (ShardPart part : call.parts()) {
      if (part.number() == WRONG_TYPE) {
        reply.error(NOT_STRINGS);
        return;
      }
    }
    Options options = Options.parse(call.args());
    byte[] error = options.error;
    if (error != null) {
      reply.error(error);
    } else {
      compare(options, valueBlock(call, 0), valueBlock(call, 1), reply);
    }
  }

  /// The address of the block with the value of key `i`.
  private static long valueBlock(ShardCall call, int i) {
    int shard = call.keys().shard(i);
    long first = call.part(shard).bytes().address();
    boolean isSecond = i == 1 && call.keys().shard(0) == shard;
    return isSecond ? first + Long.BYTES + Mem.getLong(first) : first;
  }

  private static void compare(Options options, long a, long b, Reply reply) {
    long aLength = Mem.getLong(a);
    long bLength = Mem.getLong(b);
    if (LcsTable.bytes(aLength, bLength) > ProtocolLimits.DEFAULT_BULK_BYTES) {
      reply.error(TOO_LARGE);
      return;
    }
    try (LcsTable table =
        new LcsTable(a + Long.BYTES, (int) aLength, b + Long.BYTES, (int) bLength)) {
      if (options.withIndexes) {
        replyMatches(table, options, reply);
      } else if (options.onlyLength) {
        reply.integer(table.length());
      } else {
        reply.bulk(table.subsequence());
      }
    }
  }

  private static void replyMatches(LcsTable table, Options options, Reply reply) {
    reply.map(2);
    reply.bulk(MATCHES);
    long mark = reply.lengthLater();
    long matches = 0;
    while (table.nextMatch()) {
      if (table.matchLength() >= options.minMatchLength) {
        replyMatch(table, options, reply);
        matches++;
      }
    }
    reply.arrayEnd(mark, matches);
    reply.bulk(LENGTH);
    reply.integer(table.length());
  }

  private static void replyMatch(LcsTable table, Options options, Reply reply) {
    reply.array(options.withMatchLength ? 3 : 2);
    replyRange(table.matchStartA(), table.matchLength(), reply);
    replyRange(table.matchStartB(), table.matchLength(), reply);
    if (options.withMatchLength) {
      reply.integer(table.matchLength());
    }
  }

  private static void replyRange(int start, int length, Reply reply) {
    reply.array(2);
    reply.integer(start);
    reply.integer(start + length - 1L);
  }

  /// The options of one call; the first error is kept and nothing is read after it.
  private static final class Options {
    private boolean onlyLength;
    private boolean withIndexes;
    private boolean withMatchLength;
    private long minMatchLength;
    private byte @Nullable [] error;

    static Options parse(Args args) {
      Options options = new Options();
      int at = FIRST_OPTION;
      while (at < args.count() && options.error == null) {
        at = options.parseAt(args, at);
      }
      if (options.error == null && options.onlyLength && options.withIndexes) {
        options.error = LEN_AND_IDX;
      }
      return options;
    }

    /// Reads the option at argument `i` and returns where the next one is.
    private int parseAt(Args args, int i) {
      long word = args.keyword(i);
      if (word == LEN) {
        onlyLength = true;
      } else if (word == IDX) {
        withIndexes = true;
      } else if (args.is(i, WITH_MATCH_LEN)) {
        withMatchLength = true;
      } else if (args.is(i, MIN_MATCH_LEN) && i + 1 < args.count()) {
        minMatchLength = args.integer(i + 1);
        error = args.isInteger(i + 1, minMatchLength) ? null : ErrorText.NOT_AN_INTEGER;
        return i + 2;
      } else {
        error = ErrorText.SYNTAX;
      }
      return i + 1;
    }
  }
}
