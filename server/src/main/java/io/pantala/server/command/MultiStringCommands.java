package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.DENYOOM;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.MOVABLE_KEYS;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.core.dash.DashTable;
import io.pantala.core.db.Database;
import io.pantala.core.db.StringValue;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Reply;
import io.pantala.server.command.CommandBody.Merge;
import io.pantala.server.shard.ShardContext;

/// Strings: several keys at once, each as one atomic whole over the shards.
final class MultiStringCommands {
  private static final byte[] INVALID_NUMKEYS = Errors.text("ERR invalid numkeys value");

  private MultiStringCommands() {}

  static void register(CommandTable table) {
    table
        .row("MGET")
        .arity(-2)
        .flags(READONLY | FAST)
        .acl(AclCategory.STRING)
        .keys(KeySpec.range(1, -1, 1, KeySpec.RO | KeySpec.ACCESS))
        .tips("request_policy:multi_shard")
        .syntax("key [key ...]")
        .complexity("O(N) where N is the number of keys")
        .summary("Returns the string values of several keys as one atomic read.")
        .perKey(MultiStringCommands::mget, Merge.EACH);
    table
        .row("MSET")
        .arity(-3)
        .flags(WRITE | DENYOOM)
        .acl(AclCategory.STRING)
        .keys(KeySpec.range(1, -1, 2, KeySpec.OW | KeySpec.UPDATE))
        .badKeys(ErrorText.wrongArity("mset"))
        .tips("request_policy:multi_shard", "response_policy:all_succeeded")
        .syntax("key value [key value ...]")
        .since("1.0.1")
        .complexity("O(N) where N is the number of keys")
        .summary("Sets several keys at once.")
        .perKey(MultiStringCommands::mset, Merge.OK);
    table
        .row("MSETNX")
        .arity(-3)
        .flags(WRITE | DENYOOM)
        .acl(AclCategory.STRING)
        .keys(KeySpec.range(1, -1, 2, KeySpec.OW | KeySpec.INSERT))
        .badKeys(ErrorText.wrongArity("msetnx"))
        .tips("request_policy:multi_shard", "response_policy:agg_min")
        .syntax("key value [key value ...]")
        .since("1.0.1")
        .complexity("O(N) where N is the number of keys")
        .summary("Sets several keys at once if none of them exists.")
        .hops(ConditionalSetSteps.MSETNX);
    table
        .row("MSETEX")
        .arity(-4)
        .flags(WRITE | DENYOOM | MOVABLE_KEYS)
        .acl(AclCategory.STRING)
        .keys(KeySpec.counted(1, 2, KeySpec.OW | KeySpec.UPDATE))
        .badKeys(INVALID_NUMKEYS)
        .tips("request_policy:multi_shard", "response_policy:all_succeeded")
        .syntax(
            "numkeys (data=key value ...) [condition=NX|XX]"
                + " [expiration=EX seconds|PX milliseconds|EXAT unix-time-seconds"
                + "|PXAT unix-time-milliseconds|KEEPTTL]")
        .since("8.4.0")
        .complexity("O(N) where N is the number of keys")
        .summary("Sets several keys and when they end, if all or none of them exist.")
        .hops(ConditionalSetSteps.MSETEX);
  }

  private static long mget(ShardContext cx, Args args, int key, Reply reply) {
    long slot = StringCommands.read(cx, args, key);
    if (slot == 0 || !StringValue.isString(DashTable.record(slot))) {
      reply.nil();
    } else {
      StringCommands.replyValue(DashTable.record(slot), reply);
    }
    return 0;
  }

  private static long mset(ShardContext cx, Args args, int key, Reply reply) {
    long slot = StringCommands.find(cx, args, key);
    StringCommands.put(cx, args, key, key + 1, slot, Database.NO_DEADLINE);
    return 0;
  }
}
