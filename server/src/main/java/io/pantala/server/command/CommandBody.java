package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.resp.Reply;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.HopSteps;
import io.pantala.server.shard.PerKeySteps;
import io.pantala.server.shard.PerShardSteps;
import io.pantala.server.shard.ShardContext;
import io.pantala.server.shard.ShardPart;
import org.jspecify.annotations.Nullable;

/// What a command does. The first parameter of a step shows whose thread it runs on: a
/// [ShardContext] is a shard's, a [Connection] the client's.
///
/// What depends on the kind is a method of the records, not a switch over them: such a switch makes
/// the JVM spin classes at every start.
public sealed interface CommandBody {
  CommandSpec.Kind kind();

  /// How it runs as a transaction; null for a body of one shard or none.
  default @Nullable HopSteps hopSteps() {
    return null;
  }

  /// One step on the one shard that holds the key, or that `route` picks for a command without one.
  record OnShard(ShardStep step, @Nullable Route route) implements CommandBody {
    @Override
    public CommandSpec.Kind kind() {
      return CommandSpec.Kind.ON_SHARD;
    }
  }

  /// The same step for each key, on the shard of each, as one atomic whole.
  record PerKey(KeyStep step, Merge merge) implements CommandBody {
    @Override
    public CommandSpec.Kind kind() {
      return CommandSpec.Kind.PER_KEY;
    }

    @Override
    public HopSteps hopSteps() {
      return new PerKeySteps(this);
    }
  }

  /// The same step on every shard, then a merge; the claim is on all data of the server.
  record PerShard(WholeShardStep step, ShardMerge merge, boolean exclusive) implements CommandBody {
    @Override
    public CommandSpec.Kind kind() {
      return CommandSpec.Kind.PER_SHARD;
    }

    @Override
    public HopSteps hopSteps() {
      return new PerShardSteps(this);
    }
  }

  /// Several steps, each on all shards that hold keys, atomic as a whole.
  record Hops(HopSteps steps) implements CommandBody {
    @Override
    public CommandSpec.Kind kind() {
      return CommandSpec.Kind.HOPS;
    }

    @Override
    public HopSteps hopSteps() {
      return steps;
    }
  }

  /// No data: a step on the client's thread.
  record Local(LocalStep step) implements CommandBody {
    @Override
    public CommandSpec.Kind kind() {
      return CommandSpec.Kind.LOCAL;
    }
  }

  /// A container of subcommands.
  record Container() implements CommandBody {
    @Override
    public CommandSpec.Kind kind() {
      return CommandSpec.Kind.CONTAINER;
    }
  }

  /// Runs on the shard's thread.
  interface ShardStep {
    void run(ShardContext cx, Args args, Reply reply);
  }

  /// Picks the shard of a command that has no key but goes to one shard.
  interface Route {
    /// @return a shard, or below 0 when the arguments are wrong: then any will do to say so
    int shard(Args args, int shards);
  }

  /// Runs on the shard's thread; `cx.keyHash()` is that of the key at argument `key`.
  interface KeyStep {
    /// @param reply where a command that merges by [Merge#EACH] answers for this key
    /// @return what [Merge#SUM] adds up
    long run(ShardContext cx, Args args, int key, Reply reply);
  }

  /// Runs on each shard's thread.
  interface WholeShardStep {
    void run(ShardContext cx, Args args, ShardPart part);
  }

  /// Runs on the client's thread after all shards.
  interface ShardMerge {
    void run(Connection client, Args args, ShardPart[] parts, Reply reply);
  }

  /// Runs on the client's thread.
  interface LocalStep {
    void run(Connection client, Args args, Reply reply);
  }

  /// How the results of a [PerKey] command become one reply.
  enum Merge {
    /// An array of the replies for each key, in the order of the keys.
    EACH,
    /// The replies of the keys that have one, in the order of the keys, then an empty array, which
    /// is memcached's END.
    HITS,
    /// The sum as an integer.
    SUM,
    /// OK.
    OK
  }
}
