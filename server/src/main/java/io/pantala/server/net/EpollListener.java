package io.pantala.server.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.pantala.server.client.Connection;
import io.pantala.server.config.Limits;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening socket on one shard thread's epoll; accepted sockets go to all threads in turn.
/// Owner: that thread, once it is registered.
final class EpollListener implements Listener, EpollIoHandle {
  private static final Logger log = LoggerFactory.getLogger(EpollListener.class);

  /// Room for an accepted peer's address as Netty's native code writes it.
  private static final int ADDRESS_BYTES = 26;

  private final Socket socket;
  private final ShardThreads threads;
  private final byte[] acceptedAddress = new byte[ADDRESS_BYTES];

  private EpollListener(Socket socket, ShardThreads threads) {
    this.socket = socket;
    this.threads = threads;
  }

  /// Binds and listens; connections come once `home` runs.
  static EpollListener open(InetSocketAddress address, ShardThreads threads, ShardThread home)
      throws IOException {
    Socket socket = Socket.newSocketStream();
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      socket.listen(Limits.ACCEPT_BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    EpollListener listener = new EpollListener(socket, threads);
    home.loop().execute(() -> register(home, listener, EpollIoOps.EPOLLIN));
    return listener;
  }

  private static void register(ShardThread home, EpollListener listener, EpollIoOps interest) {
    home.loop()
        .register(listener)
        .addListener(
            f -> {
              if (f.isSuccess()) {
                ((IoRegistration) f.getNow()).submit(interest);
              } else {
                log.error("cannot listen", f.cause());
              }
            });
  }

  @Override
  public InetSocketAddress address() {
    return Objects.requireNonNull(socket.localAddress());
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

  private void accept(Socket client) throws IOException {
    SocketTransport transport = new SocketTransport(client);
    if (!threads.admit()) {
      Admission.refuse(transport);
      return;
    }
    try {
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      // The peer is gone already: the first read will tell.
      log.debug("TCP_NODELAY: {}", e.getMessage());
    }
    ShardThread thread = threads.nextThread();
    if (thread.isCurrent()) {
      serve(thread, transport);
    } else {
      thread.loop().execute(() -> serve(thread, transport));
    }
  }

  private static void serve(ShardThread thread, SocketTransport transport) {
    Connection connection = Admission.connection(thread, transport);
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
  }
}
