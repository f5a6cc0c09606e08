package io.pantala.server.client;

import io.pantala.resp.Args;
import io.pantala.server.command.CommandSpec;
import org.jspecify.annotations.Nullable;

/// A parsed request and what is known of it before it runs. Reused; owner: the client's thread.
final class Request {
  final Args args = new Args();

  /// The row that its first argument names, if any.
  @Nullable CommandSpec spec;

  /// Hash of the sole key, where the row has one and the request has it.
  long keyHash;

  /// Bytes of the request in the buffer that it was parsed from.
  long bytes;
}
