package io.pantala.server.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.client.ClientState;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Entrance;
import io.pantala.server.client.MemcacheProtocol;
import io.pantala.server.client.Protocol;
import io.pantala.server.client.ProtocolDetection;
import io.pantala.server.client.RespProtocol;
import io.pantala.server.client.Wire;
import io.pantala.server.http.HttpPages;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import org.jspecify.annotations.Nullable;

/// What happens to a stream that has just been accepted at an endpoint: it becomes a client or is
/// sent away. Immutable, any thread.
final class Admission {
  private static final byte[] TOO_MANY =
      "-ERR max number of clients reached\r\n".getBytes(US_ASCII);

  private static final byte[] PROTECTED =
      ("-DENIED Pantala is running in protected mode: no password is set, and nobody said on which"
              + " addresses it shall listen, so it serves clients of this machine only. To serve"
              + " others, do one of these: set a password (--requirepass), name the addresses"
              + " (--bind), or switch protected mode off (--protected_mode=no). Password and mode"
              + " can also be set while it runs, by CONFIG SET from a client of this machine.\r\n")
          .getBytes(US_ASCII);

  private static final byte[] MEMCACHE_TOO_MANY =
      "ERROR Too many open connections\r\n".getBytes(US_ASCII);

  private static final byte[] MEMCACHE_PROTECTED =
      "SERVER_ERROR protected mode: only clients of this machine are served\r\n".getBytes(US_ASCII);

  private final Endpoint endpoint;
  private final ShardThreads threads;
  private final HttpPages pages;

  Admission(Endpoint endpoint, ShardThreads threads, HttpPages pages) {
    this.endpoint = endpoint;
    this.threads = threads;
    this.pages = pages;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  ShardThreads threads() {
    return threads;
  }

  /// Counts one more client, or tells what it is sent away with.
  byte @Nullable [] refusal(Transport transport) {
    if (endpoint.isProtected(threads.live()) && !transport.isFromThisMachine()) {
      return isMemcache() ? MEMCACHE_PROTECTED : PROTECTED;
    }
    if (threads.admit(endpoint.entrance())) {
      return null;
    }
    return isMemcache() ? MEMCACHE_TOO_MANY : TOO_MANY;
  }

  private boolean isMemcache() {
    return endpoint.entrance().wire() == Wire.MEMCACHE;
  }

  /// Makes the client. On the thread that will serve it.
  Connection connection(ShardThread thread, Transport transport) {
    assert thread.isCurrent();
    Entrance entrance = endpoint.entrance();
    thread.refreshClock();
    ClientState state =
        new ClientState(
            threads.nextClientId(),
            thread.shard().clock().nowMs(),
            transport.peer(),
            transport.local(),
            entrance,
            !threads.live().hasPassword());
    Connection connection =
        endpoint.speaksHttp()
            ? detecting(thread, transport, state)
            : new Connection(thread, transport, protocol(state), state);
    thread.register(connection);
    return connection;
  }

  private Protocol protocol(ClientState state) {
    Protocol protocol =
        isMemcache()
            ? new MemcacheProtocol(threads.memcacheTable(), threads.config().maxItemBytes())
            : new RespProtocol(threads.commands());
    protocol.authenticated(state.authenticated());
    return protocol;
  }

  private Connection detecting(ShardThread thread, Transport transport, ClientState state) {
    ProtocolDetection detection = new ProtocolDetection(thread, pages);
    detection.authenticated(state.authenticated());
    Connection connection = new Connection(thread, transport, detection, state);
    detection.of(connection);
    return connection;
  }

  static void refuse(Transport transport, byte[] reason) {
    try (NativeBuffer text = new NativeBuffer()) {
      text.append(reason);
      transport.write(text.address(), reason.length);
    }
    transport.close();
  }
}
