package io.pantala.server.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.http.HttpPages;
import io.pantala.server.shard.ShardThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How this server serves its sockets: epoll directly where Linux has it, else NIO channels. Owner:
/// the thread that starts the server.
public final class Listeners implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final boolean epoll;
  private final List<Listener> open = new ArrayList<>();
  private @Nullable HttpPages pages;
  private int port;
  private int adminPort;
  private int memcachedPort;

  public Listeners(ServerConfig.Io wanted) {
    this.epoll = wanted != ServerConfig.Io.NIO && Epoll.isAvailable();
    if (wanted == ServerConfig.Io.EPOLL && !epoll) {
      throw new IllegalArgumentException("epoll is not available on this system");
    }
  }

  public String name() {
    return epoll ? "epoll" : "nio";
  }

  public IoHandlerFactory ioHandlers() {
    return epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /// Listens on each address of the configuration; all or none.
  ///
  /// @throws IOException with the address in its text
  public void open(ServerConfig config, ShardThreads threads) throws IOException {
    HttpPages made = new HttpPages(threads);
    pages = made;
    port = open(Endpoints.main(config), threads, made);
    adminPort = open(Endpoints.admin(config), threads, made);
    memcachedPort = open(Endpoints.memcached(config), threads, made);
    open(Endpoints.unix(config), threads, made);
  }

  /// Opens the endpoints of one port and returns the port: where the system picks it, it does so
  /// for the first one.
  private int open(List<Endpoint> endpoints, ShardThreads threads, HttpPages made)
      throws IOException {
    int picked = 0;
    boolean isOpen = endpoints.isEmpty();
    for (Endpoint wanted : endpoints) {
      Endpoint endpoint = picked == 0 ? wanted : wanted.at(picked);
      if (isServedByAnother(endpoint, endpoints)) {
        continue;
      }
      try {
        Listener listener = listen(new Admission(endpoint, threads, made));
        open.add(listener);
        isOpen = true;
        if (listener.address() instanceof InetSocketAddress inet) {
          picked = inet.getPort();
        }
      } catch (IOException e) {
        if (!endpoint.isOptional() || isTaken(e)) {
          throw new IOException("cannot listen on " + endpoint + ": " + e.getMessage(), e);
        }
        log.info("not listening on {}: {}", endpoint, e.getMessage());
      }
    }
    if (!isOpen) {
      throw new IOException("cannot listen on " + endpoints + ": no such address");
    }
    return picked;
  }

  /// NIO's socket for every IPv6 address serves every IPv4 one too, and can't be beside another.
  private boolean isServedByAnother(Endpoint endpoint, List<Endpoint> all) {
    return !epoll
        && ChannelListener.isWildcard(endpoint)
        && endpoint.isIpv6()
        && all.stream().anyMatch(other -> ChannelListener.isWildcard(other) && !other.isIpv6());
  }

  private static boolean isTaken(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
  }

  private Listener listen(Admission admission) throws IOException {
    var home = admission.threads().threads().getFirst();
    return epoll ? EpollListener.open(admission, home) : ChannelListener.open(admission, home);
  }

  /// The main port.
  public int port() {
    return port;
  }

  /// The port of the memcached protocol; 0 without one.
  public int memcachedPort() {
    return memcachedPort;
  }

  /// The admin port; 0 without one.
  public int adminPort() {
    return adminPort;
  }

  @Override
  public void close() throws IOException {
    for (Listener listener : open) {
      listener.close();
    }
    HttpPages made = pages;
    if (made != null) {
      made.close();
    }
  }
}
