package io.pantala.bench.load;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sockets directly on Netty's epoll handler: no channel, no pipeline, no buffer object. Level
/// triggered, so one receive for each event is enough.
final class EpollPoller implements Poller {
  private final ManualIoEventLoop loop =
      new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
  private final List<EpollWire> wires = new ArrayList<>();
  private @Nullable IOException failure;

  @Override
  public void connect(InetSocketAddress address, Events events) throws IOException {
    boolean v4 = address.getAddress() instanceof Inet4Address;
    LinuxSocket socket =
        LinuxSocket.newSocketStream(v4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
    EpollWire wire = new EpollWire(socket, events);
    wires.add(wire);
    socket.setTcpNoDelay(true);
    wire.connect(address);
  }

  @Override
  public void poll(long nanos) throws IOException {
    loop.run(nanos);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void wakeup() {
    loop.wakeup();
  }

  @Override
  public void close() throws IOException {
    for (EpollWire wire : wires) {
      wire.close();
    }
    var _ = loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
    while (!loop.isTerminated()) {
      loop.runNow();
    }
  }

  private final class EpollWire implements Wire, EpollIoHandle {
    private final LinuxSocket socket;
    private final Events events;
    private @Nullable IoRegistration registration;
    private boolean connected;

    EpollWire(LinuxSocket socket, Events events) {
      this.socket = socket;
      this.events = events;
    }

    void connect(InetSocketAddress address) throws IOException {
      registration = loop.register(this).syncUninterruptibly().getNow();
      if (socket.connect(address)) {
        onConnected();
      } else {
        watch(EpollIoOps.EPOLLOUT);
      }
    }

    @Override
    public int send(long address, int bytes) throws IOException {
      return socket.sendAddress(address, 0, bytes);
    }

    @Override
    public int receive(long address, int bytes) throws IOException {
      return socket.recvAddress(address, 0, bytes);
    }

    @Override
    public void wantWritable(boolean wanted) {
      watch(wanted ? EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT) : EpollIoOps.EPOLLIN);
    }

    @Override
    public void handle(IoRegistration ignored, IoEvent event) {
      if (failure != null) {
        return;
      }
      try {
        onEvent(((EpollIoEvent) event).ops());
      } catch (IOException e) {
        failure = e;
      }
    }

    private void onEvent(EpollIoOps ready) throws IOException {
      if (!connected) {
        if (socket.finishConnect()) {
          onConnected();
        }
        return;
      }
      if (ready.contains(EpollIoOps.EPOLLOUT)) {
        events.writable();
      }
      if (!ready.equals(EpollIoOps.EPOLLOUT)) { // readable, or an error that reading will show
        events.readable();
      }
    }

    private void onConnected() throws IOException {
      connected = true;
      watch(EpollIoOps.EPOLLIN);
      events.connected(this);
    }

    private void watch(EpollIoOps ops) {
      Objects.requireNonNull(registration).submit(ops);
    }

    @Override
    public FileDescriptor fd() {
      return socket;
    }

    @Override
    public void close() throws IOException {
      IoRegistration r = registration;
      if (r != null && r.isValid()) {
        r.cancel();
      }
      socket.close();
    }
  }
}
