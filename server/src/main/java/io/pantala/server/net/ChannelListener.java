package io.pantala.server.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.shard.ShardThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.ExecutionException;

/// A listening NIO channel on one shard thread; accepted channels go to all threads in turn.
final class ChannelListener implements Listener {
  private final Channel channel;
  private final Endpoint endpoint;

  private ChannelListener(Channel channel, Endpoint endpoint) {
    this.channel = channel;
    this.endpoint = endpoint;
  }

  /// Whether it stands for every address of a family.
  static boolean isWildcard(Endpoint endpoint) {
    return endpoint.address() instanceof InetSocketAddress inet
        && inet.getAddress().isAnyLocalAddress();
  }

  /// Binds and listens; the threads must run.
  static ChannelListener open(Admission admission, ShardThread home) throws IOException {
    Endpoint endpoint = admission.endpoint();
    String path = endpoint.path();
    ServerConfig config = admission.threads().config();
    Channel channel = create(endpoint);
    channel
        .config()
        .setOption(ChannelOption.SO_BACKLOG, (int) config.value(Settings.TCP_BACKLOG).number());
    channel.pipeline().addLast(new Acceptor(admission, home));
    try {
      register(channel, home).get();
      if (path == null) {
        channel.bind(endpoint.address()).get();
      } else {
        UnixSocketFile.removeStale(path);
        channel.bind(UnixDomainSocketAddress.of(path)).get();
        UnixSocketFile.mode(path, (int) config.value(Settings.UNIX_SOCKET_PERM).number());
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    } catch (ExecutionException e) {
      channel.close();
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new ChannelListener(channel, endpoint);
  }

  private static ServerChannel create(Endpoint endpoint) {
    if (endpoint.path() != null) {
      return new NioServerDomainSocketChannel();
    }
    NioServerSocketChannel channel = new NioServerSocketChannel();
    channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    return channel;
  }

  private static ChannelPromise register(Channel channel, ShardThread thread) {
    ChannelPromise promise = channel.newPromise();
    channel.unsafe().register(thread.loop(), promise);
    return promise;
  }

  @Override
  public SocketAddress address() {
    return endpoint.path() == null ? channel.localAddress() : endpoint.address();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    String path = endpoint.path();
    if (path != null) {
      UnixSocketFile.remove(path);
    }
  }

  private static final class Acceptor extends ChannelInboundHandlerAdapter {
    private final Admission admission;
    private final ShardThread home;

    Acceptor(Admission admission, ShardThread home) {
      this.admission = admission;
      this.home = home;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      DuplexChannel client = (DuplexChannel) message;
      client.config().setAutoRead(false);
      ShardThread thread = admission.threads().nextThread();
      ChannelTransport transport = new ChannelTransport(thread, client, admission);
      byte[] refusal = admission.refusal(transport);
      if (refusal != null) {
        refuse(client, refusal);
        return;
      }
      client.pipeline().addLast(transport);
      register(client, thread).addListener(f -> client.read());
    }

    /// A channel must be on an event loop to write, and even to close.
    private void refuse(Channel client, byte[] reason) {
      register(client, home)
          .addListener(
              f ->
                  client
                      .writeAndFlush(Unpooled.wrappedBuffer(reason))
                      .addListener(ChannelFutureListener.CLOSE));
    }
  }
}
