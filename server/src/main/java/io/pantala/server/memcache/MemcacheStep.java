package io.pantala.server.memcache;

import io.pantala.memcache.MemcacheReply;
import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.command.CommandBody;
import io.pantala.server.shard.ShardContext;

/// A step of a memcached command: it answers in that protocol's words. Rows of [MemcacheTable] are
/// only run for clients that speak it, so their reply is always of that kind.
interface MemcacheStep {
  void run(ShardContext cx, Args args, MemcacheReply reply);

  default CommandBody.ShardStep onShard() {
    return (cx, args, reply) -> run(cx, args, of(reply));
  }

  static MemcacheReply of(Reply reply) {
    return (MemcacheReply) reply;
  }

  /// On the client's thread.
  interface Local {
    void run(Connection client, Args args, MemcacheReply reply);

    default CommandBody.LocalStep local() {
      return (client, args, reply) -> run(client, args, of(reply));
    }
  }
}
