package io.pantala.server.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.pantala.server.client.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A socket directly on the event loop's epoll handler, without a channel and its pipeline: one
/// read, one parse-and-run, one write (docs/decisions/001). Edge-triggered, so that a client that
/// waits for another shard needs no change of its interest. Owner: the shard's thread.
final class SocketTransport implements Transport, EpollIoHandle {
  /// Netty keeps an event object for EPOLLIN alone; each other combination is allocated at every
  /// event. The peer's end may come in one event with its last bytes, so it shows of its own.
  private static final EpollIoOps READABLE =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);

  /// While bytes wait that the socket did not take.
  private static final EpollIoOps READABLE_OR_WRITABLE = READABLE.with(EpollIoOps.EPOLLOUT);

  private final Socket socket;
  private final @Nullable String path;
  private @Nullable Connection connection;
  private @Nullable IoRegistration registration;
  private boolean awaitsWritable;
  private boolean ended;

  /// @param path of the unix socket that it came through; null for TCP
  SocketTransport(Socket socket, @Nullable String path) {
    this.socket = socket;
    this.path = path;
  }

  /// Starts to deliver events to `client`.
  void serve(Connection client, IoRegistration where) {
    connection = client;
    registration = where;
    where.submit(READABLE);
  }

  @Override
  public FileDescriptor fd() {
    return socket;
  }

  @Override
  public void handle(IoRegistration where, IoEvent event) {
    Connection client = connection;
    if (client == null) {
      return;
    }
    EpollIoOps ops = ((EpollIoEvent) event).ops();
    if (ops.contains(EpollIoOps.EPOLLOUT)) {
      client.onWritable();
    }
    if (ops.contains(EpollIoOps.EPOLLRDHUP) || ops.contains(EpollIoOps.EPOLLERR)) {
      ended = true;
    }
    if (ops.contains(EpollIoOps.EPOLLIN) || ended) {
      client.onReadable();
    }
  }

  @Override
  public int read(long address, int bytes) {
    try {
      return socket.recvAddress(address, 0, bytes);
    } catch (IOException e) {
      return CLOSED;
    }
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public int write(long address, int bytes) {
    try {
      int sent = socket.sendAddress(address, 0, bytes);
      awaitWritable(sent < bytes);
      return sent;
    } catch (IOException e) {
      return CLOSED;
    }
  }

  private void awaitWritable(boolean wanted) {
    IoRegistration where = registration;
    if (wanted != awaitsWritable && where != null) {
      awaitsWritable = wanted;
      where.submit(wanted ? READABLE_OR_WRITABLE : READABLE);
    }
  }

  @Override
  public void close() {
    IoRegistration where = registration;
    connection = null;
    registration = null;
    if (where != null) {
      where.cancel();
    }
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }

  @Override
  public boolean isFromThisMachine() {
    return path != null || isLoopback(socket.remoteAddress());
  }

  @Override
  public int descriptor() {
    return socket.intValue();
  }

  @Override
  public String peer() {
    return path == null ? text(socket.remoteAddress()) : path + ":0";
  }

  @Override
  public String local() {
    return path == null ? text(socket.localAddress()) : path + ":0";
  }

  static boolean isLoopback(@Nullable InetSocketAddress address) {
    return address != null && address.getAddress().isLoopbackAddress();
  }

  static String text(@Nullable InetSocketAddress address) {
    return address == null
        ? "?:0"
        : address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
