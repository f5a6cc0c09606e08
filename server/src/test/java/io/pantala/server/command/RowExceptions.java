package io.pantala.server.command;

import java.util.Map;

/// The only places where a row may differ from the reference, each with its reason. Reviewed: every
/// new line needs a reason that a user would accept. A line that is no longer needed fails the
/// tests.
final class RowExceptions {
  /// Rows whose COMMAND INFO differs from redis-server 7.0's.
  static final Map<String, String> INFO = Map.of();

  /// Rows whose COMMAND DOCS differs from redis-server 7.0's in what is not our own words.
  static final Map<String, String> DOCS = Map.of();

  /// Rows whose argument tree differs from redis-server 7.0's COMMAND DOCS.
  static final Map<String, String> ARGUMENTS =
      Map.of(
          "client|kill", "there, names hold `:` and `/`, and each filter is optional in a choice",
          "client|list", "there, the ids are a block of one argument",
          "config|get", "there, the parameters are a block of one argument");

  /// Rows that take arguments and have no syntax line.
  static final Map<String, String> NO_SYNTAX =
      Map.of(
          "quit", "its arguments are ignored",
          "command|getkeys", "redis-server 7.0 does not describe the command that it takes",
          "command|getkeysandflags", "as command|getkeys");

  /// Rows that the reference table does not have.
  static final Map<String, String> UNKNOWN =
      Map.of(
          "debug|populate", "redis-server's DEBUG is one command; ours is a container",
          "debug|sleep", "as debug|populate",
          "debug|object", "as debug|populate",
          "debug|htstats", "as debug|populate",
          "debug|stringmatch-len", "as debug|populate",
          "debug|set-active-expire", "as debug|populate",
          "debug|protocol", "as debug|populate",
          "debug|error", "as debug|populate",
          "debug|log", "as debug|populate",
          "debug|help", "as debug|populate");

  /// Rows that differ from the reference table, which is of a later Redis where it has changed.
  static final Map<String, String> REFERENCE =
      Map.of(
          "client|pause", "since 2.9.50 in 7.0, 3.0.0 in the table",
          "command|getkeys", "arity -4 in 7.0, -3 later",
          "command|getkeysandflags", "arity -4 in 7.0, -3 later");

  private RowExceptions() {}
}
