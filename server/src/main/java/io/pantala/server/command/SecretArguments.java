package io.pantala.server.command;

import io.pantala.resp.Args;

/// Which arguments of a command are secrets, as passwords are.
public interface SecretArguments {
  /// No argument of any call.
  SecretArguments NONE = (args, i) -> false;

  /// What stands for a secret in the slow log and in MONITOR.
  String REDACTED = "(redacted)";

  boolean isSecret(Args args, int i);
}
