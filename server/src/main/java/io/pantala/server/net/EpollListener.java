package io.pantala.server.net;

import io.netty.channel.ChannelException;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.pantala.server.client.Connection;
import io.pantala.server.config.Limits;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening socket on one shard thread's epoll; accepted sockets go to all threads in turn.
/// Owner: that thread, once it is registered.
final class EpollListener implements Listener, EpollIoHandle {
  private static final Logger log = LoggerFactory.getLogger(EpollListener.class);

  /// Room for an accepted peer's address as Netty's native code writes it.
  private static final int ADDRESS_BYTES = 26;

  /// Numbers of Linux: an IPv6 socket leaves the IPv4 addresses to others.
  private static final int IPPROTO_IPV6 = 41;

  private static final int IPV6_V6ONLY = 26;

  private final Socket socket;
  private final Admission admission;
  private final ShardThreads threads;
  private final byte[] acceptedAddress = new byte[ADDRESS_BYTES];

  private EpollListener(Socket socket, Admission admission) {
    this.socket = socket;
    this.admission = admission;
    this.threads = admission.threads();
  }

  /// Binds and listens; connections come once `home` runs.
  static EpollListener open(Admission admission, ShardThread home) throws IOException {
    Socket socket = bind(admission.endpoint(), admission.threads().config());
    EpollListener listener = new EpollListener(socket, admission);
    home.loop().execute(() -> register(home, listener, EpollIoOps.EPOLLIN));
    return listener;
  }

  private static Socket bind(Endpoint endpoint, ServerConfig config) throws IOException {
    String path = endpoint.path();
    Socket socket = create(endpoint);
    try {
      if (path != null) {
        UnixSocketFile.removeStale(path);
      } else {
        socket.setReuseAddress(true);
      }
      socket.bind(endpoint.address());
      if (path != null) {
        UnixSocketFile.mode(path, (int) config.value(Settings.UNIX_SOCKET_PERM).number());
      }
      socket.listen((int) config.value(Settings.TCP_BACKLOG).number());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket create(Endpoint endpoint) throws IOException {
    try {
      if (endpoint.path() != null) {
        return Socket.newSocketDomain();
      }
      Socket socket = LinuxSocket.newSocketStream(endpoint.isIpv6());
      if (endpoint.isIpv6()) {
        socket.setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
      }
      return socket;
    } catch (ChannelException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void register(ShardThread home, EpollListener listener, EpollIoOps interest) {
    home.loop()
        .register(listener)
        .addListener(
            f -> {
              if (f.isSuccess() && listener.socket.isOpen()) {
                ((IoRegistration) f.getNow()).submit(interest);
              } else if (!f.isSuccess()) {
                log.error("cannot listen", f.cause());
              }
            });
  }

  @Override
  public SocketAddress address() {
    return admission.endpoint().path() != null
        ? admission.endpoint().address()
        : Objects.requireNonNull(socket.localAddress());
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration where, IoEvent event) {
    try {
      for (int i = 0; i < Limits.ACCEPTS_PER_EVENT; i++) {
        int fd = socket.accept(acceptedAddress);
        if (fd < 0) {
          return;
        }
        accept(new Socket(fd));
      }
    } catch (IOException e) {
      log.warn("accept failed: {}", e.getMessage());
    }
  }

  private void accept(Socket client) {
    SocketTransport transport = new SocketTransport(client, admission.endpoint().path());
    byte[] refusal = admission.refusal(transport);
    if (refusal != null) {
      Admission.refuse(transport, refusal);
      return;
    }
    if (admission.endpoint().path() == null) {
      try {
        TcpOptions.of(threads).apply(client);
      } catch (IOException e) {
        // The peer is gone already: the first read will tell.
        log.debug("options of a socket: {}", e.getMessage());
      }
    }
    ShardThread thread = threads.nextThread();
    if (thread.isCurrent()) {
      serve(thread, transport);
    } else {
      thread.loop().execute(() -> serve(thread, transport));
    }
  }

  private void serve(ShardThread thread, SocketTransport transport) {
    Connection connection = admission.connection(thread, transport);
    thread
        .loop()
        .register(transport)
        .addListener(
            f -> {
              if (f.isSuccess()) {
                transport.serve(connection, (IoRegistration) f.getNow());
              } else {
                log.warn("cannot serve a connection", f.cause());
                connection.close();
              }
            });
  }

  @Override
  public void close() throws IOException {
    socket.close();
    String path = admission.endpoint().path();
    if (path != null) {
      UnixSocketFile.remove(path);
    }
  }
}
