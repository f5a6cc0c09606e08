package io.pantala.server.command;

import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import org.jspecify.annotations.Nullable;

/// Whole databases: their size, emptying and exchanging them.
final class DatabaseCommands {
  private static final long ASYNC = Keyword.of("ASYNC");
  private static final long SYNC = Keyword.of("SYNC");

  private static final byte[] BAD_FIRST_INDEX = Errors.text("ERR invalid first DB index");
  private static final byte[] BAD_SECOND_INDEX = Errors.text("ERR invalid second DB index");

  private DatabaseCommands() {}

  static void register(CommandTable table) {
    table
        .row("DBSIZE")
        .arity(1)
        .flags(READONLY | FAST)
        .acl(AclCategory.KEYSPACE)
        .tips("request_policy:all_shards", "response_policy:agg_sum")
        .complexity("O(1)")
        .summary("Counts the keys of the database.")
        .perShard((cx, args, part) -> part.number(cx.db().size()), DatabaseCommands::sum);
    flush(table, "FLUSHALL")
        .summary("Deletes all keys of all databases.")
        .perShardExclusive(DatabaseCommands::flushAll, DatabaseCommands::answerFlush);
    flush(table, "FLUSHDB")
        .summary("Deletes all keys of the database.")
        .perShardExclusive(DatabaseCommands::flushDb, DatabaseCommands::answerFlush);
    table
        .row("SWAPDB")
        .arity(3)
        .flags(WRITE | FAST)
        .acl(AclCategory.KEYSPACE | AclCategory.DANGEROUS)
        .syntax("index1:integer index2:integer")
        .since("4.0.0")
        .complexity("O(1)")
        .summary("Exchanges the content of two databases.")
        .perShardExclusive(DatabaseCommands::swap, DatabaseCommands::answerSwap);
  }

  private static CommandRow flush(CommandTable table, String name) {
    return table
        .row(name)
        .arity(-1)
        .flags(WRITE)
        .acl(AclCategory.KEYSPACE | AclCategory.DANGEROUS)
        .tips("request_policy:all_shards", "response_policy:all_succeeded")
        .syntax("[async=ASYNC@4.0.0|SYNC@6.2.0]")
        .changed("4.0.0", "Added ASYNC.")
        .changed("6.2.0", "Added SYNC.")
        .complexity("O(1); the memory is freed little by little");
  }

  private static void sum(Connection client, Args args, ShardPart[] parts, Reply reply) {
    long sum = 0;
    for (ShardPart part : parts) {
      sum += part.number();
    }
    reply.integer(sum);
  }

  private static void flushAll(ShardContext cx, Args args, ShardPart part) {
    if (isFlush(args)) {
      for (int i = 0; i < cx.shard().databaseCount(); i++) {
        cx.shard().flush(i);
      }
    }
  }

  private static void flushDb(ShardContext cx, Args args, ShardPart part) {
    if (isFlush(args)) {
      cx.shard().flush(cx.dbIndex());
    }
  }

  private static void answerFlush(Connection client, Args args, ShardPart[] parts, Reply reply) {
    if (isFlush(args)) {
      reply.ok();
    } else {
      reply.error(ErrorText.SYNTAX);
    }
  }

  /// Whether the arguments are right. ASYNC and SYNC mean the same: the keys are gone when the
  /// command answers, their memory follows.
  private static boolean isFlush(Args args) {
    if (args.count() == 1) {
      return true;
    }
    long word = args.keyword(1);
    return args.count() == 2 && (word == ASYNC || word == SYNC);
  }

  private static void swap(ShardContext cx, Args args, ShardPart part) {
    int databases = cx.shard().databaseCount();
    if (swapError(args, databases) == null) {
      cx.shard()
          .swap(DatabaseIndex.parse(args, 1, databases), DatabaseIndex.parse(args, 2, databases));
    }
  }

  private static void answerSwap(Connection client, Args args, ShardPart[] parts, Reply reply) {
    byte[] error = swapError(args, client.thread().shard().databaseCount());
    if (error == null) {
      reply.ok();
    } else {
      reply.error(error);
    }
  }

  private static byte @Nullable [] swapError(Args args, int databases) {
    int first = DatabaseIndex.parse(args, 1, databases);
    int second = DatabaseIndex.parse(args, 2, databases);
    if (!DatabaseIndex.isInt(first)) {
      return BAD_FIRST_INDEX;
    }
    if (!DatabaseIndex.isInt(second)) {
      return BAD_SECOND_INDEX;
    }
    return first < 0 || second < 0 ? ErrorText.DATABASE_INDEX : null;
  }
}
