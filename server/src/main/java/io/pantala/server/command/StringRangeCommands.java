package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.DENYOOM;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.record.StringEncoding;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.ProtocolLimits;
import io.pantala.resp.Reply;
import io.pantala.server.shard.ShardContext;

/// Strings: parts of a value, and its length.
final class StringRangeCommands {
  private static final byte[] EMPTY = {};

  private StringRangeCommands() {}

  static void register(CommandTable table) {
    table
        .row("STRLEN")
        .arity(2)
        .flags(READONLY | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RO))
        .syntax("key")
        .since("2.2.0")
        .complexity("O(1)")
        .summary("Returns the length of a key's string value in bytes.")
        .onShard(StringRangeCommands::strLen);
    table
        .row("GETRANGE")
        .arity(4)
        .flags(READONLY)
        .brief()
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RO | KeySpec.ACCESS))
        .syntax("key start end")
        .since("2.4.0")
        .complexity("O(N) where N is the length of the part")
        .summary("Returns a part of a key's string value.")
        .onShard(StringRangeCommands::getRange);
    table
        .row("SUBSTR")
        .arity(4)
        .flags(READONLY)
        .brief()
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RO | KeySpec.ACCESS))
        .syntax("key start end")
        .deprecated("2.0.0", "`GETRANGE`")
        .complexity("O(N) where N is the length of the part")
        .summary("Returns a part of a key's string value.")
        .onShard(StringRangeCommands::getRange);
    registerWriters(table);
  }

  private static void registerWriters(CommandTable table) {
    table
        .row("SETRANGE")
        .arity(4)
        .flags(WRITE | DENYOOM)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.UPDATE))
        .syntax("key offset value")
        .since("2.2.0")
        .complexity("O(N) where N is the length of the new part and of what the value grows by")
        .summary("Overwrites a part of a key's string value, which grows as needed.")
        .onShard(StringRangeCommands::setRange);
    table
        .row("APPEND")
        .arity(3)
        .flags(WRITE | DENYOOM | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.INSERT))
        .syntax("key value")
        .since("2.0.0")
        .complexity("O(1), amortized over appends of short values")
        .summary("Adds to the end of a key's string value; a missing key is created.")
        .onShard(StringRangeCommands::append);
    table
        .row("PREPEND")
        .arity(3)
        .flags(WRITE | DENYOOM | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.INSERT))
        .syntax("key value")
        .since("")
        .complexity("O(N) where N is the length of the value")
        .summary("Adds to the start of a key's string value; a missing key is created.")
        .onShard(StringRangeCommands::prepend);
  }

  private static void strLen(ShardContext cx, Args args, Reply reply) {
    long slot = StringCommands.read(cx, args, 1);
    if (slot == 0) {
      reply.integer(0);
    } else if (!StringValue.isString(DashTable.record(slot))) {
      reply.error(ErrorText.WRONG_TYPE);
    } else {
      reply.integer(StringValue.length(DashTable.record(slot)));
    }
  }

  private static void getRange(ShardContext cx, Args args, Reply reply) {
    long start = args.integer(2);
    long end = args.integer(3);
    if (!args.isInteger(2, start) || !args.isInteger(3, end)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
      return;
    }
    long slot = StringCommands.read(cx, args, 1);
    if (slot == 0) {
      reply.bulk(EMPTY);
    } else if (!StringValue.isString(DashTable.record(slot))) {
      reply.error(ErrorText.WRONG_TYPE);
    } else {
      replyRange(cx, DashTable.record(slot), start, end, reply);
    }
  }

  /// Both ends count, negative ones from the end of the value; what lies outside is cut off, except
  /// that an end before the start of the value counts as its first byte.
  private static void replyRange(ShardContext cx, long record, long start, long end, Reply reply) {
    long length = StringValue.length(record);
    if (start < 0 && end < 0 && start > end) {
      reply.bulk(EMPTY);
      return;
    }
    long first = start < 0 ? Math.max(start + length, 0) : start;
    long last = Math.min(end < 0 ? Math.max(end + length, 0) : end, length - 1);
    if (first > last) {
      reply.bulk(EMPTY);
    } else {
      long text = StringValue.text(record, cx.scratch().address());
      reply.bulk(text + first, last - first + 1);
    }
  }

  private static void setRange(ShardContext cx, Args args, Reply reply) {
    long offset = args.integer(2);
    if (!args.isInteger(2, offset)) {
      reply.error(ErrorText.NOT_AN_INTEGER);
      return;
    }
    if (offset < 0) {
      reply.error(ErrorText.OFFSET_OUT_OF_RANGE);
      return;
    }
    long slot = StringCommands.edit(cx, args, 1);
    if (slot != 0 && !StringValue.isString(DashTable.record(slot))) {
      reply.error(ErrorText.WRONG_TYPE);
      return;
    }
    long length = slot == 0 ? 0 : StringValue.length(DashTable.record(slot));
    long bytes = args.length(3);
    if (bytes == 0) {
      reply.integer(length);
    } else if (isTooLong(offset, bytes)) {
      reply.error(ErrorText.STRING_TOO_LONG);
    } else {
      reply.integer(overwrite(cx, args, slot, offset, length));
    }
  }

  /// Writes argument 3 at `offset` of a value of `length` bytes; returns the new length.
  private static long overwrite(ShardContext cx, Args args, long slot, long offset, long length) {
    long bytes = args.length(3);
    long grown = Math.max(length, offset + bytes);
    long at = resize(cx, args, slot, grown);
    if (offset > length) {
      Mem.fill(at + length, offset - length, 0);
    }
    Mem.copy(args.address(3), at + offset, bytes);
    return grown;
  }

  /// Makes the value raw and `bytes` long; its address.
  private static long resize(ShardContext cx, Args args, long slot, long bytes) {
    if (slot != 0) {
      return cx.db().resizeString(cx.keyHash(), slot, (int) bytes);
    }
    return cx.db()
        .putBytes(
            cx.keyHash(),
            0,
            args.address(1),
            (int) args.length(1),
            StringEncoding.RAW,
            (int) bytes,
            Database.NO_DEADLINE);
  }

  private static boolean isTooLong(long length, long added) {
    return length > ProtocolLimits.DEFAULT_BULK_BYTES - added;
  }

  private static void append(ShardContext cx, Args args, Reply reply) {
    long slot = StringCommands.edit(cx, args, 1);
    if (canExtend(cx, args, slot, reply)) {
      long length = StringValue.length(DashTable.record(slot));
      long added = args.length(2);
      long at = resize(cx, args, slot, length + added);
      Mem.copy(args.address(2), at + length, added);
      reply.integer(length + added);
    }
  }

  private static void prepend(ShardContext cx, Args args, Reply reply) {
    long slot = StringCommands.edit(cx, args, 1);
    if (canExtend(cx, args, slot, reply)) {
      long length = StringValue.length(DashTable.record(slot));
      long added = args.length(2);
      long at = resize(cx, args, slot, length + added);
      Mem.move(at, at + added, length);
      Mem.copy(args.address(2), at, added);
      reply.integer(length + added);
    }
  }

  /// Whether argument 2 can be added to the value at `slot`; if not, the reply is given: an error,
  /// or the length of a new key's value.
  private static boolean canExtend(ShardContext cx, Args args, long slot, Reply reply) {
    if (slot == 0) {
      StringCommands.put(cx, args, 1, 2, 0, Database.NO_DEADLINE);
      reply.integer(args.length(2));
      return false;
    }
    long record = DashTable.record(slot);
    if (!StringValue.isString(record)) {
      reply.error(ErrorText.WRONG_TYPE);
      return false;
    }
    if (isTooLong(StringValue.length(record), args.length(2))) {
      reply.error(ErrorText.STRING_TOO_LONG);
      return false;
    }
    return true;
  }
}
