package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.DENYOOM;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.core.record.RecordLayout;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.command.CommandBody.Merge;
import io.pantala.server.shard.ShardContext;

/// Strings: reading and setting whole values.
final class StringCommands {
  private StringCommands() {}

  static void register(CommandTable table) {
    table
        .row("GET")
        .arity(2)
        .flags(READONLY | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RO | KeySpec.ACCESS))
        .complexity("O(1)")
        .summary("Returns the string value of a key.")
        .onShard(StringCommands::get);
    table
        .row("SET")
        .arity(-3)
        .flags(WRITE | DENYOOM)
        .acl(AclCategory.STRING)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.ACCESS | KeySpec.UPDATE | KeySpec.VARIABLE_FLAGS))
        .complexity("O(1)")
        .summary("Sets the string value of a key, whatever it held before.")
        .onShard(StringCommands::set);
    table
        .row("MGET")
        .arity(-2)
        .flags(READONLY | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.range(1, -1, 1, KeySpec.RO | KeySpec.ACCESS))
        .complexity("O(N) where N is the number of keys")
        .summary("Returns the string values of several keys as one atomic read.")
        .perKey(StringCommands::mget, Merge.EACH);
    table
        .row("MSET")
        .arity(-3)
        .flags(WRITE | DENYOOM)
        .acl(AclCategory.STRING)
        .keys(KeySpec.range(1, -1, 2, KeySpec.OW | KeySpec.UPDATE))
        .complexity("O(N) where N is the number of keys")
        .summary("Sets several keys at once.")
        .perKey(StringCommands::mset, Merge.OK);
  }

  private static void get(ShardContext cx, Args args, Reply reply) {
    long slot = cx.db().read(cx.keyHash(), args.address(1), (int) args.length(1));
    if (slot == 0) {
      reply.nil();
      return;
    }
    replyValue(DashTable.record(slot), reply);
  }

  private static void replyValue(long record, Reply reply) {
    if (!StringValue.isString(record)) {
      reply.error(ErrorText.WRONG_TYPE);
    } else if (StringValue.isInteger(record)) {
      reply.bulkInteger(StringValue.integer(record));
    } else {
      reply.bulk(RecordLayout.valueAddress(record), RecordLayout.valueLength(record));
    }
  }

  private static void set(ShardContext cx, Args args, Reply reply) {
    put(cx, args, 1);
    reply.ok();
  }

  private static void put(ShardContext cx, Args args, int key) {
    Database db = cx.db();
    long keyAddress = args.address(key);
    int keyLength = (int) args.length(key);
    long slot = db.find(cx.keyHash(), keyAddress, keyLength);
    db.putString(
        cx.keyHash(),
        slot,
        keyAddress,
        keyLength,
        args.address(key + 1),
        (int) args.length(key + 1),
        Database.NO_DEADLINE);
  }

  private static long mget(ShardContext cx, Args args, int key, Reply reply) {
    long slot = cx.db().read(cx.keyHash(), args.address(key), (int) args.length(key));
    if (slot == 0 || !StringValue.isString(DashTable.record(slot))) {
      reply.nil();
    } else {
      replyValue(DashTable.record(slot), reply);
    }
    return 0;
  }

  private static long mset(ShardContext cx, Args args, int key, Reply reply) {
    put(cx, args, key);
    return 0;
  }
}
