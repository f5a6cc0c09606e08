package io.pantala.server.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.pantala.server.config.Limits;
import io.pantala.server.shard.ShardThread;
import io.pantala.server.shard.ShardThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;

/// A listening NIO channel on one shard thread; accepted channels go to all threads in turn.
final class ChannelListener implements Listener {
  private final Channel channel;

  private ChannelListener(Channel channel) {
    this.channel = channel;
  }

  /// Binds and listens; the threads must run.
  static ChannelListener open(InetSocketAddress address, ShardThreads threads, ShardThread home)
      throws IOException {
    NioServerSocketChannel channel = new NioServerSocketChannel();
    channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    channel.config().setBacklog(Limits.ACCEPT_BACKLOG);
    channel.pipeline().addLast(new Acceptor(threads, home));
    try {
      register(channel, home).get();
      channel.bind(address).get();
    } catch (ExecutionException e) {
      channel.close();
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new ChannelListener(channel);
  }

  private static ChannelPromise register(Channel channel, ShardThread thread) {
    ChannelPromise promise = channel.newPromise();
    channel.unsafe().register(thread.loop(), promise);
    return promise;
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public void close() {
    channel.close();
  }

  private static final class Acceptor extends ChannelInboundHandlerAdapter {
    private final ShardThreads threads;
    private final ShardThread home;

    Acceptor(ShardThreads threads, ShardThread home) {
      this.threads = threads;
      this.home = home;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      SocketChannel client = (SocketChannel) message;
      if (!threads.admit()) {
        refuse(client);
        return;
      }
      ShardThread thread = threads.nextThread();
      client.pipeline().addLast(new ChannelTransport(thread, client));
      client.config().setAutoRead(false);
      register(client, thread).addListener(f -> client.read());
    }

    /// A channel must be on an event loop to write, and even to close.
    private void refuse(SocketChannel client) {
      client.config().setAutoRead(false);
      register(client, home)
          .addListener(
              f ->
                  client
                      .writeAndFlush(Unpooled.wrappedBuffer(Admission.TOO_MANY))
                      .addListener(ChannelFutureListener.CLOSE));
    }
  }
}
