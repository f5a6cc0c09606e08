package io.pantala.server.command;

import io.pantala.core.text.IntText;
import io.pantala.resp.Args;
import io.pantala.resp.ErrorText;
import io.pantala.resp.Keyword;
import io.pantala.resp.Reply;
import io.pantala.server.client.ClientState;
import io.pantala.server.client.ClientType;
import io.pantala.server.client.Connection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Which clients a CLIENT KILL means: those that every option fits. Immutable, any thread.
///
/// A user needs no field: there is one, and every client is its.
///
/// @param id the client's id, 0 for any
/// @param type null for any
/// @param peer the client's address, null for any
/// @param local our own address, null for any
/// @param minAgeS least age in seconds, 0 for any
/// @param exceptId the id of a client that is left out, 0 for none
record ClientFilter(
    long id,
    @Nullable ClientType type,
    @Nullable String peer,
    @Nullable String local,
    long minAgeS,
    long exceptId) {

  private static final long ID = Keyword.of("ID");
  private static final long TYPE = Keyword.of("TYPE");
  private static final long USER = Keyword.of("USER");
  private static final long ADDR = Keyword.of("ADDR");
  private static final long LADDR = Keyword.of("LADDR");
  private static final long SKIPME = Keyword.of("SKIPME");
  private static final long MAXAGE = Keyword.of("MAXAGE");
  private static final long YES = Keyword.of("YES");
  private static final long NO = Keyword.of("NO");

  private static final byte[] BAD_ID = ErrorText.of("ERR client-id should be greater than 0");
  private static final byte[] NO_AGE = ErrorText.of("ERR maxage is not an integer or out of range");
  private static final byte[] BAD_AGE = ErrorText.of("ERR maxage should be greater than 0");

  private static final ClientFilter ALL = new ClientFilter(0, null, null, null, 0, 0);

  /// Those that come from an address.
  static ClientFilter from(String peer) {
    return ALL.withPeer(peer);
  }

  /// What the options from argument 2 on say; null when the client got an error instead.
  static @Nullable ClientFilter parse(Connection caller, Args args, Reply reply) {
    ClientFilter filter = ALL.except(caller.state().id());
    for (int i = 2; i < args.count(); i += 2) {
      if (i + 1 == args.count()) {
        reply.error(ErrorText.SYNTAX);
        return null;
      }
      ClientFilter next = filter.with(caller, args, i);
      if (next == null) {
        reply.error(error(args, i));
        return null;
      }
      filter = next;
    }
    return filter;
  }

  boolean matches(Connection client, long nowMs) {
    ClientState state = client.state();
    return (id == 0 || id == state.id())
        && (type == null || type == ClientType.of(client))
        && (peer == null || peer.equals(state.peer()))
        && (local == null || local.equals(state.local()))
        && TimeUnit.MILLISECONDS.toSeconds(nowMs - state.connectedAtMs()) >= minAgeS
        && exceptId != state.id();
  }

  /// This and the option at argument `i`; null when that is wrong.
  private @Nullable ClientFilter with(Connection caller, Args args, int i) {
    long option = args.keyword(i);
    if (option == ID) {
      long number = args.integer(i + 1);
      return number > 0 ? withId(number) : null;
    }
    if (option == TYPE) {
      ClientType named = ClientType.of(args, i + 1);
      return named == null ? null : withType(named);
    }
    if (option == USER) {
      return Credentials.isUser(args.string(i + 1)) ? this : null;
    }
    if (option == ADDR) {
      return withPeer(args.string(i + 1));
    }
    if (option == LADDR) {
      return withLocal(args.string(i + 1));
    }
    if (option == MAXAGE) {
      long seconds = args.integer(i + 1);
      return seconds > 0 ? withMinAge(seconds) : null;
    }
    long skip = args.keyword(i + 1);
    if (option != SKIPME || (skip != YES && skip != NO)) {
      return null;
    }
    return except(skip == YES ? caller.state().id() : 0);
  }

  /// Why [#with] did not take the option at argument `i`.
  private static byte[] error(Args args, int i) {
    long option = args.keyword(i);
    if (option == ID) {
      return BAD_ID;
    }
    if (option == TYPE) {
      return unknownType(args, i + 1);
    }
    if (option == USER) {
      return ErrorText.of("ERR No such user '" + args.string(i + 1) + "'");
    }
    if (option == MAXAGE) {
      return args.integer(i + 1) == IntText.NOT_A_NUMBER ? NO_AGE : BAD_AGE;
    }
    return ErrorText.SYNTAX;
  }

  static byte[] unknownType(Args args, int i) {
    return ErrorText.of("ERR Unknown client type '" + args.string(i) + "'");
  }

  private ClientFilter withId(long value) {
    return new ClientFilter(value, type, peer, local, minAgeS, exceptId);
  }

  private ClientFilter withType(ClientType value) {
    return new ClientFilter(id, value, peer, local, minAgeS, exceptId);
  }

  private ClientFilter withPeer(String value) {
    return new ClientFilter(id, type, value, local, minAgeS, exceptId);
  }

  private ClientFilter withLocal(String value) {
    return new ClientFilter(id, type, peer, value, minAgeS, exceptId);
  }

  private ClientFilter withMinAge(long value) {
    return new ClientFilter(id, type, peer, local, value, exceptId);
  }

  private ClientFilter except(long value) {
    return new ClientFilter(id, type, peer, local, minAgeS, value);
  }
}
