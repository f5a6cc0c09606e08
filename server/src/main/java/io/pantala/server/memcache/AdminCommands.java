package io.pantala.server.memcache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.memcache.MemcacheReply;
import io.pantala.memcache.MemcacheText;
import io.pantala.memcache.Numbers;
import io.pantala.memcache.Verb;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.Version;
import io.pantala.server.client.Connection;
import io.pantala.server.command.Credentials;
import io.pantala.server.memcache.ItemStats.Counter;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;

/// Commands without a key, and the answers to requests that can't be right.
final class AdminCommands {
  private static final byte[] VERSION = ("VERSION " + Version.MEMCACHED).getBytes(US_ASCII);

  private AdminCommands() {}

  static void register(MemcacheTable table) {
    table.all(Verb.FLUSH_ALL, AdminCommands::flush, AdminCommands::answerFlush);
    table.local(Verb.MN, (_, _, reply) -> reply.line(MemcacheText.NO_OPERATION));
    table.local(Verb.VERSION, (_, _, reply) -> reply.line(VERSION));
    table.local(Verb.VERBOSITY, AdminCommands::verbosity);
    table.local(Verb.QUIT, (client, _, _) -> client.closeAfterReplies());
    table.local(Verb.UNKNOWN, (_, _, reply) -> reply.line(MemcacheText.ERROR));
    table.local(Verb.BAD_LINE, (_, _, reply) -> reply.line(MemcacheText.BAD_LINE));
    table.local(Verb.BAD_EXPTIME, (_, _, reply) -> reply.line(MemcacheText.BAD_EXPTIME));
    table.local(Verb.BAD_UPDATE, refusal(MemcacheText.BAD_LINE));
    table.local(Verb.BAD_CHUNK, refusal(MemcacheText.BAD_CHUNK));
    table.local(Verb.BAD_META_SET, (_, args, reply) -> reply.line(MetaSet.lineError(args)));
  }

  private static MemcacheStep.Local refusal(byte[] error) {
    return (_, args, reply) -> ItemAccess.answer(args, error, reply);
  }

  /// flush_all [delay] [noreply]
  private static void flush(ShardContext cx, Args args, ShardPart part) {
    long delay = delay(args);
    if (delay == Numbers.NOT_A_NUMBER) {
      return;
    }
    if (delay > 0) {
      cx.shard().flushLater().at(ItemAccess.deadline(delay, cx.nowMs()));
    } else {
      cx.shard().flushLater().cancel();
      cx.shard().flush(0);
    }
  }

  private static void answerFlush(Connection client, Args args, ShardPart[] parts, Reply reply) {
    client.thread().shard().memcache().stats().count(Counter.CMD_FLUSH);
    if (ItemAccess.isNoreply(args, args.count() - 1)) {
      return;
    }
    if (delay(args) == Numbers.NOT_A_NUMBER) {
      reply.error(MemcacheText.BAD_EXPTIME);
    } else {
      reply.ok();
    }
  }

  /// Seconds, or [Numbers#NOT_A_NUMBER].
  private static long delay(Args args) {
    boolean noreply = ItemAccess.isNoreply(args, args.count() - 1);
    return args.count() == (noreply ? 2 : 1) ? 0 : Numbers.int32(args.address(1), args.length(1));
  }

  /// There is one level of the log, so only the argument is looked at, as the protocol asks.
  private static void verbosity(Connection client, Args args, MemcacheReply reply) {
    boolean wrong = Numbers.uint32(args.address(1), args.length(1)) == Numbers.NOT_A_NUMBER;
    if (wrong) {
      ItemAccess.answer(args, MemcacheText.BAD_LINE, reply);
    } else if (!ItemAccess.isNoreply(args, args.count() - 1)) {
      reply.ok();
    }
  }

  /// What a client that has not brought the password may do: `set any 0 0 n` with the data `user
  /// password`.
  static void authenticate(Connection client, Args args, Reply reply) {
    ItemStats stats = client.thread().shard().memcache().stats();
    stats.count(Counter.AUTH_CMDS);
    String[] words = args.string(args.count() - 1).split(" ", -1);
    if (words.length < 2) {
      reply.error(MemcacheText.BAD_CREDENTIALS);
    } else if (Credentials.match(client.thread().shards().live(), words[0], words[1])) {
      client.state().authenticated(true);
      client.protocol().authenticated(true);
      reply.simple(MemcacheText.STORED);
    } else {
      stats.count(Counter.AUTH_ERRORS);
      reply.error(MemcacheText.WRONG_PASSWORD);
    }
  }
}
