package io.pantala.server.testing;

import io.pantala.server.Server;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The real server in this process on a free port, with a clock that a test may stop and move.
public final class TestServer implements AutoCloseable {
  private static final long HASH_SEED = 0x5eed;

  private final AtomicLong stoppedAtMs = new AtomicLong(-1);
  private final Server server;
  private final List<TestClient> clients = new ArrayList<>();

  private TestServer(ServerConfig config) throws IOException {
    server = Server.start(config, HASH_SEED, this::nowMs);
  }

  public static TestServer start(int shards) throws IOException {
    return start(config(shards));
  }

  public static TestServer start(ServerConfig config) throws IOException {
    return new TestServer(config);
  }

  /// A configuration with the defaults and a free port.
  public static ServerConfig config(int shards) {
    return ServerConfig.defaults()
        .with(Settings.PORT, 0)
        .with(Settings.BIND, "127.0.0.1")
        .with(Settings.THREADS, shards);
  }

  public Server server() {
    return server;
  }

  /// A new connection, closed with the server.
  public TestClient client() throws IOException {
    TestClient client = new TestClient(server.port());
    clients.add(client);
    return client;
  }

  /// Stops the server's clock at a time.
  public void setClock(long ms) {
    stoppedAtMs.set(ms);
  }

  public void advanceClock(long ms) {
    stoppedAtMs.addAndGet(ms);
  }

  @Override
  public void close() throws IOException {
    for (TestClient client : clients) {
      client.close();
    }
    server.close();
  }

  private long nowMs() {
    long stopped = stoppedAtMs.get();
    return stopped < 0 ? System.currentTimeMillis() : stopped;
  }
}
