package io.pantala.server.config;

import java.util.List;

/// What the server was started with. Immutable, any thread.
///
/// @param port TCP port; 0 takes a free one
/// @param bind addresses to listen on
/// @param threads shard threads, and so shards
/// @param databases number of databases
/// @param maxMemory bytes that the data may use, 0 for no limit
/// @param maxClients connections at one time
/// @param hz beats a second of the shards' upkeep
/// @param password what AUTH must bring, empty for none
/// @param io how sockets are served
/// @param outputLimit bytes of replies that a client may leave unread before it is closed
public record ServerConfig(
    int port,
    List<String> bind,
    int threads,
    int databases,
    long maxMemory,
    int maxClients,
    int hz,
    String password,
    Io io,
    long outputLimit) {

  /// With the default output limit.
  public ServerConfig(
      int port,
      List<String> bind,
      int threads,
      int databases,
      long maxMemory,
      int maxClients,
      int hz,
      String password,
      Io io) {
    this(
        port,
        bind,
        threads,
        databases,
        maxMemory,
        maxClients,
        hz,
        password,
        io,
        Limits.OUTPUT_MAX_BYTES);
  }

  /// The ways to serve sockets.
  public enum Io {
    /// The best that is there: epoll, else NIO.
    AUTO,
    EPOLL,
    NIO
  }

  public boolean hasPassword() {
    return !password.isEmpty();
  }
}
