package io.pantala.server.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.shard.ShardThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// How this server serves its sockets: epoll directly where Linux has it, else NIO channels.
public final class Listeners implements AutoCloseable {
  private final boolean epoll;
  private final List<Listener> open = new ArrayList<>();

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
    int port = config.port();
    for (String host : config.bind()) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new IOException("cannot bind to " + host + ": no such address");
      }
      try {
        open.add(listen(address, threads));
      } catch (IOException e) {
        throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
      }
      port = open.getFirst().address().getPort();
    }
  }

  /// The port of the first listener.
  public int port() {
    return open.getFirst().address().getPort();
  }

  @Override
  public void close() throws IOException {
    for (Listener listener : open) {
      listener.close();
    }
  }

  private Listener listen(InetSocketAddress address, ShardThreads threads) throws IOException {
    return epoll
        ? EpollListener.open(address, threads, threads.threads().getFirst())
        : ChannelListener.open(address, threads, threads.threads().getFirst());
  }
}
