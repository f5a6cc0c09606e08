package io.pantala.server.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pantala.core.memory.NativeBuffer;
import io.pantala.server.client.ClientState;
import io.pantala.server.client.Connection;
import io.pantala.server.client.Protocol;
import io.pantala.server.client.RespProtocol;
import io.pantala.server.shard.ShardThread;

/// What happens to a stream that has just been accepted: it becomes a client or is sent away.
final class Admission {
  static final byte[] TOO_MANY = "-ERR max number of clients reached\r\n".getBytes(US_ASCII);

  private Admission() {}

  /// Makes the client. On the thread that will serve it.
  static Connection connection(ShardThread thread, Transport transport) {
    assert thread.isCurrent();
    ClientState state =
        new ClientState(
            thread.shards().nextClientId(),
            thread.shard().clock().nowMs(),
            transport.peer(),
            transport.local(),
            !thread.shards().live().hasPassword());
    Protocol protocol = new RespProtocol(thread.shards().commands());
    protocol.authenticated(state.authenticated());
    Connection connection = new Connection(thread, transport, protocol, state);
    thread.register(connection);
    return connection;
  }

  static void refuse(Transport transport) {
    try (NativeBuffer text = new NativeBuffer()) {
      text.append(TOO_MANY);
      transport.write(text.address(), TOO_MANY.length);
    }
    transport.close();
  }
}
