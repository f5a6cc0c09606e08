package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.record.ValueType;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.command.CommandBody.Merge;
import io.pantala.server.shard.ShardContext;

/// Keys whatever they hold: are they there, of what type, and delete them.
final class KeyCommands {
  private KeyCommands() {}

  static void register(CommandTable table) {
    manyKeys(table, "DEL", WRITE, KeySpec.RM | KeySpec.DELETE)
        .summary("Deletes keys.")
        .perKey(KeyCommands::delete, Merge.SUM);
    manyKeys(table, "UNLINK", WRITE | FAST, KeySpec.RM | KeySpec.DELETE)
        .since("4.0.0")
        .summary("Deletes keys; large values may be freed later.")
        .perKey(KeyCommands::delete, Merge.SUM);
    manyKeys(table, "EXISTS", READONLY | FAST, KeySpec.RO)
        .summary("Counts how many of the keys are there; a key given twice counts twice.")
        .changed("3.0.3", "Takes several keys.")
        .perKey(KeyCommands::exists, Merge.SUM);
    manyKeys(table, "TOUCH", READONLY | FAST, KeySpec.RO)
        .since("3.2.1")
        .summary("Marks keys as used now and counts those that are there.")
        .perKey(KeyCommands::touch, Merge.SUM);
    table
        .row("TYPE")
        .arity(2)
        .flags(READONLY | FAST)
        .acl(AclCategory.KEYSPACE)
        .keys(KeySpec.one(1, KeySpec.RO))
        .syntax("key")
        .complexity("O(1)")
        .summary("Names the type of the value at a key.")
        .onShard(KeyCommands::type);
  }

  private static CommandRow manyKeys(CommandTable table, String name, int flags, int keyFlags) {
    return table
        .row(name)
        .arity(-2)
        .flags(flags)
        .acl(AclCategory.KEYSPACE)
        .keys(KeySpec.range(1, -1, 1, keyFlags))
        .syntax("key [key ...]")
        .tips("request_policy:multi_shard", "response_policy:agg_sum")
        .complexity("O(N) where N is the number of keys");
  }

  private static long delete(ShardContext cx, Args args, int key, Reply reply) {
    long slot = cx.db().find(cx.keyHash(), args.address(key), (int) args.length(key));
    if (slot == 0) {
      return 0;
    }
    cx.db().delete(cx.keyHash(), slot);
    return 1;
  }

  private static long exists(ShardContext cx, Args args, int key, Reply reply) {
    return count(cx.db().inspect(cx.keyHash(), args.address(key), (int) args.length(key)));
  }

  private static long touch(ShardContext cx, Args args, int key, Reply reply) {
    return count(cx.db().touch(cx.keyHash(), args.address(key), (int) args.length(key)));
  }

  private static long count(long slot) {
    return slot == 0 ? 0 : 1;
  }

  private static void type(ShardContext cx, Args args, Reply reply) {
    long slot = cx.db().inspect(cx.keyHash(), args.address(1), (int) args.length(1));
    reply.simple(slot == 0 ? ValueType.NONE : ValueType.name(DashTable.record(slot)));
  }
}
