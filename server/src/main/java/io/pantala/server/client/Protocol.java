package io.pantala.server.client;

import io.pantala.resp.Args;
import io.pantala.server.command.CommandSpec;
import org.jspecify.annotations.Nullable;

/// How the bytes of one connection become requests, which commands these may name, and what the
/// client is told when they can't run. One for each connection, owned by its thread.
///
/// The caller keeps the unparsed bytes in one block that starts where the current request starts.
public interface Protocol {
  /// Parses the request that starts at `address`, of which `length` bytes are there.
  ///
  /// @return above 0: one whole request of that many bytes is in `args` (none at all for bytes to
  ///   be passed over, or that the protocol has answered itself); 0: not whole yet; below 0: an
  ///   error that [#broken] has the text of
  long parse(long address, long length, Args args);

  /// Whether the request that starts with these bytes may be parsed before those ahead of it have
  /// run, and so perhaps twice: its parsing must not change its bytes.
  boolean mayParseAhead(long address);

  /// After [#parse] answered 0: how many bytes are known to be missing still, at least 1.
  long wanted();

  /// Drops the progress in a request that is not whole: its bytes will be given again from its
  /// start.
  void forget();

  /// Tells that the client has brought the password, or must bring it again.
  void authenticated(boolean yes);

  /// The command that the first argument names, in any case that the protocol allows, or null.
  @Nullable CommandSpec find(Args args);

  /// What is sent before the connection closes because of bytes that are no request.
  byte[] broken(long error);

  byte[] unknownCommand(Args args);

  /// Whether a name that is no command shows that another protocol's request is being passed off as
  /// one of this: the client is then closed without an answer.
  default boolean isForeign(Args args) {
    return false;
  }

  byte[] wrongArity(CommandSpec spec);

  byte[] notAuthenticated();
}
