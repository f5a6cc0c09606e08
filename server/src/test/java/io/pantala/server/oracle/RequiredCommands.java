package io.pantala.server.oracle;

import io.pantala.server.command.CommandTable;
import java.util.List;

/// The commands of redis-server 7.0 that the differential test must cover: the groups string and
/// generic, but for those of later stages (SORT, DUMP, RESTORE, MIGRATE, WAIT, OBJECT FREQ), and
/// what a client needs around them.
final class RequiredCommands {
  /// Whether a missing one fails the test.
  static final boolean REQUIRE_ALL = true;

  private static final String STRING =
      "append decr decrby get getdel getex getrange getset incr incrby incrbyfloat lcs mget mset"
          + " msetnx psetex set setex setnx setrange strlen substr";
  private static final String GENERIC =
      "copy del exists expire expireat expiretime keys move object|encoding object|help"
          + " object|idletime object|refcount persist pexpire pexpireat pexpiretime pttl randomkey"
          + " rename renamenx scan touch ttl type unlink";
  private static final String OTHER =
      "ping echo select hello swapdb flushdb flushall dbsize time client|setname client|getname";

  private RequiredCommands() {}

  static List<String> all() {
    return List.of(String.join(" ", STRING, GENERIC, OTHER).split(" ", -1));
  }

  static List<String> missingIn(CommandTable commands) {
    return all().stream().filter(name -> commands.find(name) == null).toList();
  }
}
