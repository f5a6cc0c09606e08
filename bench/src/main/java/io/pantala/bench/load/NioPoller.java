package io.pantala.bench.load;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The fallback for systems without epoll: the JDK's selector. It makes a small view object for
/// each send and receive.
final class NioPoller implements Poller {
  private final Selector selector = Selector.open();
  private final List<SocketChannel> channels = new ArrayList<>();

  NioPoller() throws IOException {}

  @Override
  public void connect(InetSocketAddress address, Events events) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channels.add(channel);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean done = channel.connect(address);
    NioWire wire = new NioWire(channel, events);
    wire.key = channel.register(selector, SelectionKey.OP_CONNECT, wire);
    if (done) {
      wire.onConnected();
    }
  }

  @Override
  public void poll(long nanos) throws IOException {
    if (nanos == FOREVER) {
      selector.select();
    } else if (nanos < TimeUnit.MILLISECONDS.toNanos(1)) {
      selector.selectNow(); // finer than the selector can wait: the caller turns
    } else {
      selector.select(TimeUnit.NANOSECONDS.toMillis(nanos));
    }
    for (SelectionKey key : selector.selectedKeys()) {
      ((NioWire) key.attachment()).onEvent(key);
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }

  private static final class NioWire implements Wire {
    private final SocketChannel channel;
    private final Events events;
    private SelectionKey key;

    @SuppressWarnings("NullAway.Init") // the key needs the wire, so it is set right after
    NioWire(SocketChannel channel, Events events) {
      this.channel = channel;
      this.events = events;
    }

    @Override
    public int send(long address, int bytes) throws IOException {
      return channel.write(view(address, bytes));
    }

    @Override
    public int receive(long address, int bytes) throws IOException {
      return channel.read(view(address, bytes));
    }

    private static ByteBuffer view(long address, int bytes) {
      return MemorySegment.ofAddress(address).reinterpret(bytes).asByteBuffer();
    }

    @Override
    public void wantWritable(boolean wanted) {
      key.interestOps(wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    void onEvent(SelectionKey ready) throws IOException {
      if (ready.isConnectable()) {
        channel.finishConnect();
        onConnected();
        return;
      }
      if (ready.isWritable()) {
        events.writable();
      }
      if (ready.isReadable()) {
        events.readable();
      }
    }

    void onConnected() throws IOException {
      key.interestOps(SelectionKey.OP_READ);
      events.connected(this);
    }
  }
}
