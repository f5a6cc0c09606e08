package io.pantala.server.net;

import java.io.IOException;
import java.net.SocketAddress;

/// Takes connections on one address and spreads them over the shard threads.
public interface Listener extends AutoCloseable {
  /// The address that it really listens on.
  SocketAddress address();

  @Override
  void close() throws IOException;
}
