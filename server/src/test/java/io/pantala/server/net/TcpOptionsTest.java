package io.pantala.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The options of a client's socket, read back from the kernel.
final class TcpOptionsTest {
  private static final int TCP = 6;
  private static final int KEEP_IDLE = 4;
  private static final int KEEP_INTERVAL = 5;
  private static final int KEEP_COUNT = 6;

  @BeforeEach
  void needsLinux() {
    Assumptions.assumeTrue(Epoll.isAvailable(), "skipped: no epoll");
  }

  @Test
  void setsWhatTheSettingsSay() throws IOException {
    Socket socket = Socket.newSocketStream();
    new TcpOptions(true, 300).apply(socket);
    assertThat(socket.isTcpNoDelay()).isTrue();
    assertThat(socket.isKeepAlive()).isTrue();
    assertThat(socket.getIntOpt(TCP, KEEP_IDLE)).isEqualTo(300);
    assertThat(socket.getIntOpt(TCP, KEEP_INTERVAL)).isEqualTo(100);
    assertThat(socket.getIntOpt(TCP, KEEP_COUNT)).isEqualTo(3);
    socket.close();
  }

  @Test
  void leavesOffWhatIsOff() throws IOException {
    Socket socket = Socket.newSocketStream();
    new TcpOptions(false, 0).apply(socket);
    assertThat(socket.isTcpNoDelay()).isFalse();
    assertThat(socket.isKeepAlive()).isFalse();
    new TcpOptions(true, 1).apply(socket);
    assertThat(socket.getIntOpt(TCP, KEEP_INTERVAL)).isEqualTo(1);
    socket.close();
  }
}
