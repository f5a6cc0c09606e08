package io.pantala.server.memcache;

import static io.pantala.server.command.CommandFlag.DENYOOM;
import static io.pantala.server.command.CommandFlag.FAST;
import static io.pantala.server.command.CommandFlag.NO_AUTH;
import static io.pantala.server.command.CommandFlag.READONLY;
import static io.pantala.server.command.CommandFlag.WRITE;

import io.pantala.memcache.Verb;
import io.pantala.server.command.CommandBody;
import io.pantala.server.command.CommandRow;
import io.pantala.server.command.CommandSpec;
import io.pantala.server.command.CommandTable;
import io.pantala.server.command.KeySpec;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The rows of the memcached protocol, one for each [Verb]. They are no commands of Redis's
/// clients, but run by the same bodies. Immutable once built; any thread.
public final class MemcacheTable {
  private static final String AUTH = "auth";

  /// What the names of the rows begin with in statistics.
  private static final String PREFIX = "memcached:";

  private final CommandTable rows;
  private final Map<Verb, CommandSpec> byVerb = new EnumMap<>(Verb.class);
  private final CommandSpec authenticate;

  /// @param commands Redis's, with which the rows are numbered
  public MemcacheTable(CommandTable commands) {
    rows = commands.beside(PREFIX);
    StorageCommands.register(this);
    RetrievalCommands.register(this);
    KeyCommands.register(this);
    AdminCommands.register(this);
    StatsReport.register(this);
    keyed(Verb.MG, WRITE | DENYOOM, KeySpec.RW, 1).onShard(step(MetaGet::run));
    keyed(Verb.ME, READONLY, KeySpec.RO, 1).onShard(step(MetaGet::debug));
    writes(Verb.MS, MetaSet::run);
    deletes(Verb.TOO_LARGE_META_SET, MetaSet::tooLarge);
    deletes(Verb.BAD_META_CHUNK, MetaSet::badChunk);
    deletes(Verb.MD, MetaChange::delete);
    writes(Verb.MA, MetaChange::count);
    rows.row(AUTH).flags(NO_AUTH).local(AdminCommands::authenticate);
    for (Verb verb : Verb.values()) {
      byVerb.put(verb, Objects.requireNonNull(rows.find(PREFIX + name(verb)), verb::name));
    }
    authenticate = Objects.requireNonNull(rows.find(PREFIX + AUTH));
  }

  /// The row of a request.
  public CommandSpec row(Verb verb) {
    return Objects.requireNonNull(byVerb.get(verb));
  }

  /// The row for the password.
  public CommandSpec authenticate() {
    return authenticate;
  }

  /// A command that may write its key and may need memory.
  void writes(Verb verb, MemcacheStep step) {
    keyed(verb, WRITE | DENYOOM, KeySpec.RW | KeySpec.UPDATE, 1).onShard(step(step));
  }

  /// A command that may delete its key and needs no memory.
  void deletes(Verb verb, MemcacheStep step) {
    keyed(verb, WRITE, KeySpec.RW | KeySpec.DELETE, 1).onShard(step(step));
  }

  /// A command that reads the key at argument `key`.
  void reads(Verb verb, int key, MemcacheStep step) {
    keyed(verb, READONLY | FAST, KeySpec.RO | KeySpec.ACCESS, key).onShard(step(step));
  }

  /// A command that changes when the key ends.
  void touches(Verb verb, int key, MemcacheStep step) {
    keyed(verb, WRITE | FAST, KeySpec.RW | KeySpec.UPDATE, key).onShard(step(step));
  }

  void readsMany(Verb verb, int firstKey, CommandBody.KeyStep step) {
    many(verb, READONLY | FAST, KeySpec.RO | KeySpec.ACCESS, firstKey, step);
  }

  void touchesMany(Verb verb, int firstKey, CommandBody.KeyStep step) {
    many(verb, WRITE | FAST, KeySpec.RW | KeySpec.UPDATE, firstKey, step);
  }

  private void many(Verb verb, int flags, int use, int firstKey, CommandBody.KeyStep step) {
    row(verb, flags).keys(KeySpec.range(firstKey, -1, 1, use)).perKey(step, CommandBody.Merge.HITS);
  }

  void local(Verb verb, MemcacheStep.Local step) {
    row(verb, FAST).local(step.local());
  }

  /// A command on all data of the server.
  void all(Verb verb, CommandBody.WholeShardStep step, CommandBody.ShardMerge merge) {
    row(verb, WRITE).perShardExclusive(step, merge);
  }

  /// A command that asks every shard.
  void asks(Verb verb, CommandBody.WholeShardStep step, CommandBody.ShardMerge merge) {
    row(verb, READONLY).perShard(step, merge);
  }

  private CommandRow keyed(Verb verb, int flags, int use, int key) {
    return row(verb, flags).keys(KeySpec.one(key, use));
  }

  private CommandRow row(Verb verb, int flags) {
    return rows.row(name(verb)).flags(flags).brief();
  }

  private static CommandBody.ShardStep step(MemcacheStep step) {
    return step.onShard();
  }

  private static String name(Verb verb) {
    return verb.name().toLowerCase(Locale.ROOT);
  }
}
