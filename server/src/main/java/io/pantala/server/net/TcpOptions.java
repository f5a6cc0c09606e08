package io.pantala.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.Socket;
import io.pantala.server.config.Settings;
import io.pantala.server.shard.ShardThreads;
import java.io.IOException;
import jdk.net.ExtendedSocketOptions;

/// What the settings say about the TCP connection of a new client. Probes are sent as redis-server
/// sends them: the first after the silence that is set, then at thirds of it, and three without an
/// answer end the connection.
///
/// @param keepAliveSeconds 0 for no probes
record TcpOptions(boolean noDelay, int keepAliveSeconds) {
  private static final int PROBES = 3;

  /// Numbers of Linux: `IPPROTO_TCP` and its options.
  private static final int TCP = 6;

  private static final int KEEP_IDLE = 4;
  private static final int KEEP_INTERVAL = 5;
  private static final int KEEP_COUNT = 6;

  static TcpOptions of(ShardThreads threads) {
    return new TcpOptions(
        threads.config().value(Settings.TCP_NODELAY).isOn(), threads.live().tcpKeepAliveSeconds());
  }

  /// On an accepted Linux socket.
  void apply(Socket socket) throws IOException {
    if (noDelay) {
      socket.setTcpNoDelay(true);
    }
    if (keepAliveSeconds > 0) {
      socket.setKeepAlive(true);
      socket.setIntOpt(TCP, KEEP_IDLE, keepAliveSeconds);
      socket.setIntOpt(TCP, KEEP_INTERVAL, intervalSeconds());
      socket.setIntOpt(TCP, KEEP_COUNT, PROBES);
    }
  }

  void apply(Channel channel) {
    channel.config().setOption(ChannelOption.TCP_NODELAY, noDelay);
    if (keepAliveSeconds > 0) {
      channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
      channel
          .config()
          .setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), keepAliveSeconds);
      channel
          .config()
          .setOption(
              NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), intervalSeconds());
      channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
    }
  }

  private int intervalSeconds() {
    return Math.max(1, keepAliveSeconds / 3);
  }
}
