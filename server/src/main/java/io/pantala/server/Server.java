package io.pantala.server;

import io.pantala.server.command.Families;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.net.Listeners;
import io.pantala.server.shard.ShardThreads;
import io.pantala.server.shard.SystemRandom;
import java.io.IOException;
import java.util.function.LongSupplier;

/// The whole server in one process: builds, starts and stops everything. Owner: the thread that
/// made it.
public final class Server implements AutoCloseable {
  private final Listeners listeners;
  private final ShardThreads threads;

  private Server(Listeners listeners, ShardThreads threads) {
    this.listeners = listeners;
    this.threads = threads;
  }

  /// Starts a server that answers when this returns.
  ///
  /// @throws IOException when an address can't be listened on; nothing is left running then
  public static Server start(ServerConfig config) throws IOException {
    return start(config, SystemRandom.nextLong(), System::currentTimeMillis);
  }

  /// The same with a given seed of the key hash and a given clock, for tests.
  public static Server start(ServerConfig config, long hashSeed, LongSupplier timeMs)
      throws IOException {
    Listeners listeners = new Listeners(config.io());
    ShardThreads threads =
        new ShardThreads(config, Families.table(), listeners.ioHandlers(), hashSeed, timeMs);
    threads.start();
    try {
      listeners.open(config, threads);
    } catch (IOException e) {
      listeners.close();
      threads.close();
      throw e;
    }
    threads.life().port(listeners.port());
    threads.life().io(listeners.name());
    return new Server(listeners, threads);
  }

  public int port() {
    return listeners.port();
  }

  /// The admin port; 0 without one.
  public int adminPort() {
    return listeners.adminPort();
  }

  /// The port of the memcached protocol, 0 when there is none.
  public int memcachedPort() {
    return listeners.memcachedPort();
  }

  public ShardThreads threads() {
    return threads;
  }

  /// How sockets are served.
  public String io() {
    return listeners.name();
  }

  /// Waits until a client asks for the end by SHUTDOWN; the caller then closes the server.
  public void awaitStopRequest() throws InterruptedException {
    threads.life().awaitStopRequest();
  }

  @Override
  public void close() throws IOException {
    listeners.close();
    threads.close();
  }
}
