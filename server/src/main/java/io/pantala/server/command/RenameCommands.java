package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.DENYOOM;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.db.Database;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.shard.ShardContext;

/// Values that go to another key or to another database.
final class RenameCommands {
  private RenameCommands() {}

  static void register(CommandTable table) {
    table
        .row("RENAME")
        .arity(3)
        .flags(WRITE)
        .acl(AclCategory.KEYSPACE)
        .keys(
            KeySpec.one(1, KeySpec.RW | KeySpec.ACCESS | KeySpec.DELETE),
            KeySpec.one(2, KeySpec.OW | KeySpec.UPDATE))
        .syntax("key newkey:key")
        .complexity("O(1), or O(N) for a value of N bytes that goes to another shard")
        .summary("Gives a key another name, whatever had it before.")
        .hops(new RenameSteps(false));
    table
        .row("RENAMENX")
        .arity(3)
        .flags(WRITE | FAST)
        .acl(AclCategory.KEYSPACE)
        .keys(
            KeySpec.one(1, KeySpec.RW | KeySpec.ACCESS | KeySpec.DELETE),
            KeySpec.one(2, KeySpec.OW | KeySpec.INSERT))
        .syntax("key newkey:key")
        .changed("3.2.0", "The new name may be the old one; that is no error any more.")
        .complexity("O(1), or O(N) for a value of N bytes that goes to another shard")
        .summary("Gives a key another name if that is free.")
        .hops(new RenameSteps(true));
    table
        .row("COPY")
        .arity(-3)
        .flags(WRITE | DENYOOM)
        .acl(AclCategory.KEYSPACE)
        .keys(
            KeySpec.one(1, KeySpec.RO | KeySpec.ACCESS),
            KeySpec.one(2, KeySpec.OW | KeySpec.UPDATE))
        .syntax("source:key destination:key [DB destination-db:integer] [REPLACE]")
        .since("6.2.0")
        .complexity("O(N) for a value of N bytes")
        .summary("Copies the value of a key to another key, maybe of another database.")
        .hops(new CopySteps());
    table
        .row("MOVE")
        .arity(3)
        .flags(WRITE | FAST)
        .acl(AclCategory.KEYSPACE)
        .keys(KeySpec.one(1, KeySpec.RW | KeySpec.ACCESS | KeySpec.UPDATE))
        .syntax("key db:integer")
        .complexity("O(1)")
        .summary("Moves a key to another database if it is not there yet.")
        .onShard(RenameCommands::move);
  }

  private static void move(ShardContext cx, Args args, Reply reply) {
    int index = DatabaseIndex.parse(args, 2, cx.shard().databaseCount());
    if (index < 0) {
      reply.error(DatabaseIndex.error(index));
    } else if (index == cx.dbIndex()) {
      reply.error(CopySteps.SAME_OBJECT);
    } else {
      reply.integer(move(cx, args, cx.shard().database(index)) ? 1 : 0);
    }
  }

  private static boolean move(ShardContext cx, Args args, Database target) {
    long hash = cx.keyHash();
    long slot = cx.db().edit(hash, args.address(1), (int) args.length(1));
    if (slot == 0 || target.edit(hash, args.address(1), (int) args.length(1)) != 0) {
      return false;
    }
    cx.db().moveTo(target, hash, slot);
    return true;
  }
}
