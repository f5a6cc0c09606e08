package io.pantala.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.epoll.Epoll;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PollerTest {
  /// More than the buffers of a loopback connection hold.
  private static final int MUCH = 32 << 20;

  @Test
  void epoll() throws IOException {
    assumeThat(Epoll.isAvailable()).as("epoll").isTrue();
    echo(new EpollPoller());
  }

  @Test
  void selector() throws IOException {
    echo(new NioPoller());
  }

  /// One that comes before the poll may be lost, so the callers repeat it.
  @Test
  void wakeupEndsAPoll() throws IOException, InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    try (Poller poller = Poller.open()) {
      Thread other = Thread.ofPlatform().start(() -> wakeUntil(ended, poller));
      poller.poll(60_000_000_000L);
      ended.set(true);
      other.join();
    }
  }

  private static void wakeUntil(AtomicBoolean ended, Poller poller) {
    while (!ended.get()) {
      poller.wakeup();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Sends much in the pieces that the system takes, and gets it back.
  private static void echo(Poller opened) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        NativeBuffer memory = new NativeBuffer()) {
      Thread echo = Thread.ofPlatform().start(() -> serve(server));
      Client client = new Client(memory.reserve(2L * MUCH));
      try (Poller poller = opened) {
        poller.connect((InetSocketAddress) server.getLocalSocketAddress(), client);
        while (client.received < MUCH) {
          poller.poll(1_000_000_000);
        }
      }
      assertThat(Mem.equal(client.memory, client.memory + MUCH, MUCH)).isTrue();
      assertThat(client.waits).isPositive();
      echo.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void serve(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException closedByClient) {
      assertThat(closedByClient).isNotNull();
    }
  }

  private static final class Client implements Poller.Events {
    private final long memory;
    private Poller.@Nullable Wire wire;
    private int sent;
    private int received;
    private int waits;

    Client(long memory) {
      this.memory = memory;
      for (int i = 0; i < MUCH; i += Integer.BYTES) {
        Mem.putInt(memory + i, i);
      }
    }

    @Override
    public void connected(Poller.Wire connected) throws IOException {
      wire = connected;
      writable();
    }

    @Override
    public void writable() throws IOException {
      if (wire != null) {
        sent += wire.send(memory + sent, MUCH - sent);
        waits += sent < MUCH ? 1 : 0;
        wire.wantWritable(sent < MUCH);
      }
    }

    @Override
    public void readable() throws IOException {
      if (wire != null) {
        received += Math.max(0, wire.receive(memory + MUCH + received, MUCH - received));
      }
    }
  }
}
