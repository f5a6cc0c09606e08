package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.READONLY;

import io.pantala.core.dash.RecordVisitor;
import io.pantala.core.db.Database;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.ValueType;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.config.LiveSettings;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;

/// Which keys there are: all, some at a time, or any one.
///
/// A SCAN goes through shard after shard, one a call. Its cursor is `table cursor * shards +
/// shard`, so that 0 is the start of the first shard, and the end.
final class ScanCommands {
  private ScanCommands() {}

  static void register(CommandTable table) {
    table
        .row("KEYS")
        .arity(2)
        .flags(READONLY)
        .acl(AclCategory.KEYSPACE | AclCategory.DANGEROUS)
        .tips("request_policy:all_shards", "nondeterministic_output_order")
        .syntax("pattern")
        .complexity("O(N) where N is the number of keys in the database")
        .summary("Lists all keys that match a pattern.")
        .perShard(ScanCommands::keysOfShard, ScanCommands::allKeys);
    table
        .row("SCAN")
        .arity(-2)
        .flags(READONLY)
        .acl(AclCategory.KEYSPACE)
        .tips("nondeterministic_output", "request_policy:special")
        .syntax("cursor [MATCH pattern] [COUNT count] [TYPE type@6.0.0]")
        .since("2.8.0")
        .changed("6.0.0", "Added the option TYPE.")
        .complexity("O(1) for a call, O(N) for all keys, where N is the number of keys")
        .summary("Goes through the keys of the database, some a call.")
        .onShard(ScanCommands::shardOfCursor, ScanCommands::scan);
    table
        .row("RANDOMKEY")
        .arity(1)
        .flags(READONLY)
        .acl(AclCategory.KEYSPACE)
        .tips("request_policy:all_shards", "nondeterministic_output")
        .complexity("O(1)")
        .summary("Draws one of the keys, all equally likely.")
        .perShard(ScanCommands::randomOfShard, ScanCommands::randomKey);
  }

  private static void keysOfShard(ShardContext cx, Args args, ShardPart part) {
    Database db = cx.db();
    long limit = keysLimit(cx.live());
    RecordVisitor visitor =
        record -> {
          long key = RecordLayout.keyAddress(record);
          int keyLength = RecordLayout.keyLength(record);
          if (part.number() < limit
              && ScanOptions.isMatch(args, 1, key, keyLength)
              && !db.isPast(record)) {
            part.reply().bulk(key, keyLength);
            part.number(part.number() + 1);
          }
        };
    long cursor = 0;
    do {
      cursor = db.table().scan(cursor, visitor);
    } while (cursor != 0 && part.number() < limit);
  }

  private static void allKeys(Connection client, Args args, ShardPart[] parts, Reply reply) {
    long keys = 0;
    for (ShardPart part : parts) {
      keys += part.number();
    }
    long left = Math.min(keys, keysLimit(client.thread().shards().live()));
    reply.array(left);
    for (ShardPart part : parts) {
      long taken = Math.min(left, part.number());
      boolean isWhole = taken == part.number();
      long bytes = isWhole ? part.bytes().position() : bulksBytes(part.bytes().address(), taken);
      reply.raw(part.bytes().address(), bytes);
      left -= taken;
    }
  }

  private static long keysLimit(LiveSettings live) {
    long limit = live.keysOutputLimit();
    return limit == 0 ? Long.MAX_VALUE : limit;
  }

  /// How many bytes the first of some encoded bulk strings take.
  private static long bulksBytes(long address, long strings) {
    long at = address;
    for (long i = 0; i < strings; i++) {
      long length = 0;
      for (at++; Mem.getByte(at) != '\r'; at++) {
        length = 10 * length + Mem.getByte(at) - '0';
      }
      at += length + 4;
    }
    return at - address;
  }

  private static int shardOfCursor(Args args, int shards) {
    long cursor = ScanOptions.cursor(args, 1);
    return cursor == ScanOptions.NO_CURSOR ? -1 : (int) (cursor % shards);
  }

  private static void scan(ShardContext cx, Args args, Reply reply) {
    long cursor = ScanOptions.cursor(args, 1);
    if (cursor == ScanOptions.NO_CURSOR) {
      reply.error(ErrorText.INVALID_CURSOR);
      return;
    }
    ScanOptions options = ScanOptions.parse(args, 2, true, reply);
    if (options == null) {
      return;
    }
    try (NativeBuffer found = new NativeBuffer()) {
      long next = scan(cx, cursor / cx.shard().count(), options, found);
      reply.array(2);
      reply.bulkInteger(next);
      answerKeys(found, reply);
    }
  }

  /// Collects the addresses of records and returns the cursor of the next call.
  private static long scan(
      ShardContext cx, long tableCursor, ScanOptions options, NativeBuffer found) {
    KeyCollector collector = new KeyCollector(cx.db(), options, found);
    long stepsLeft = options.steps();
    long cursor = tableCursor;
    do {
      cursor = cx.db().table().scan(cursor, collector);
      stepsLeft--;
    } while (cursor != 0 && stepsLeft > 0 && collector.seen < options.count());
    int shards = cx.shard().count();
    int shard = cx.shard().index();
    return cursor != 0 ? cursor * shards + shard : (shard + 1) % shards;
  }

  private static void answerKeys(NativeBuffer found, Reply reply) {
    reply.array(found.position() / Long.BYTES);
    for (long at = 0; at < found.position(); at += Long.BYTES) {
      long record = Mem.getLong(found.address() + at);
      reply.bulk(RecordLayout.keyAddress(record), RecordLayout.keyLength(record));
    }
  }

  /// Keeps the addresses of the records that a SCAN wants.
  private static final class KeyCollector implements RecordVisitor {
    private final Database db;
    private final ScanOptions options;
    private final NativeBuffer found;
    private long seen;

    KeyCollector(Database db, ScanOptions options, NativeBuffer found) {
      this.db = db;
      this.options = options;
      this.found = found;
    }

    @Override
    public void visit(long record) {
      seen++;
      if (options.matches(RecordLayout.keyAddress(record), RecordLayout.keyLength(record))
          && options.isOfType(ValueType.name(record))
          && !db.isPast(record)) {
        Mem.putLong(found.reserve(Long.BYTES), record);
        found.advance(Long.BYTES);
      }
    }
  }

  private static void randomOfShard(ShardContext cx, Args args, ShardPart part) {
    long record = cx.db().randomRecord(cx.shard().random());
    if (record != 0) {
      part.reply().bulk(RecordLayout.keyAddress(record), RecordLayout.keyLength(record));
      part.number(cx.db().size());
    }
  }

  /// Takes the key that one shard drew; a shard's chance is its share of the keys.
  private static void randomKey(Connection client, Args args, ShardPart[] parts, Reply reply) {
    long keys = 0;
    for (ShardPart part : parts) {
      keys += part.number();
    }
    if (keys == 0) {
      reply.nil();
      return;
    }
    long at = client.thread().shard().random().nextLong(keys);
    int shard = 0;
    while (at >= parts[shard].number()) {
      at -= parts[shard++].number();
    }
    reply.raw(parts[shard].bytes().address(), parts[shard].bytes().position());
  }
}
