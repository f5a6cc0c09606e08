package io.pantala.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.pantala.core.memory.Mem;
import io.pantala.server.client.Connection;
import io.pantala.server.shard.ShardThread;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// A Netty channel, where there is no epoll: what it received waits here until the client reads it.
/// Owner: the shard's thread.
final class ChannelTransport extends ChannelInboundHandlerAdapter implements Transport {
  private final ShardThread thread;
  private final DuplexChannel channel;
  private final Admission admission;
  private final ArrayDeque<ByteBuf> received = new ArrayDeque<>();
  private @Nullable Connection connection;
  private boolean ended;

  ChannelTransport(ShardThread thread, DuplexChannel channel, Admission admission) {
    this.thread = thread;
    this.channel = channel;
    this.admission = admission;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (path() == null) {
      TcpOptions.of(thread.shards()).apply(channel);
    }
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connection = admission.connection(thread, this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    received.add((ByteBuf) message);
  }

  /// The next read is asked for when the client has taken this one: a client that waits reads
  /// nothing.
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    Connection client = connection;
    if (client != null && !received.isEmpty()) {
      client.onReadable();
    }
  }

  /// The peer has ended its side and may still read.
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      onEnd();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    onEnd();
  }

  private void onEnd() {
    ended = true;
    Connection client = connection;
    if (client == null) {
      releaseReceived();
    } else {
      client.onReadable();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Connection client = connection;
    if (client != null && channel.isWritable()) {
      client.onWritable();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public int read(long address, int bytes) {
    ByteBuf next = received.peek();
    if (next == null) {
      return ended ? CLOSED : NOTHING;
    }
    int n = Math.min(bytes, next.readableBytes());
    if (next.hasMemoryAddress()) {
      Mem.copy(next.memoryAddress() + next.readerIndex(), address, n);
      next.skipBytes(n);
    } else {
      byte[] copy = new byte[n];
      next.readBytes(copy);
      Mem.copyIn(copy, 0, address, n);
    }
    if (!next.isReadable()) {
      received.remove().release();
      if (received.isEmpty()) {
        channel.read();
      }
    }
    return n;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  /// Takes no more than Netty's high-water mark allows: what the client is slow to read waits in
  /// the connection, where its limits are.
  @Override
  public int write(long address, int bytes) {
    if (!channel.isActive()) {
      return CLOSED;
    }
    int taken = (int) Math.min(bytes, channel.bytesBeforeUnwritable());
    if (taken == 0) {
      return 0;
    }
    ByteBuf copy = channel.alloc().directBuffer(taken);
    byte[] chunk = Mem.toArray(address, taken);
    copy.writeBytes(chunk);
    channel.writeAndFlush(copy, channel.voidPromise());
    return taken;
  }

  @Override
  public void close() {
    connection = null;
    releaseReceived();
    channel.close();
  }

  @Override
  public boolean isFromThisMachine() {
    return path() != null
        || SocketTransport.isLoopback((InetSocketAddress) channel.remoteAddress());
  }

  @Override
  public String peer() {
    return text(channel.remoteAddress());
  }

  @Override
  public String local() {
    return text(channel.localAddress());
  }

  private String text(SocketAddress address) {
    String path = path();
    return path == null ? SocketTransport.text((InetSocketAddress) address) : path + ":0";
  }

  private @Nullable String path() {
    return admission.endpoint().path();
  }

  private void releaseReceived() {
    for (ByteBuf left = received.poll(); left != null; left = received.poll()) {
      left.release();
    }
  }
}
