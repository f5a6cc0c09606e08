package io.pantala.bench.load;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Waits for the sockets of one thread. Made, used and closed by that thread; only [#wakeup] may be
/// called by others.
interface Poller extends AutoCloseable {
  /// Wait without a limit.
  long FOREVER = 0;

  /// A TCP connection that does not block.
  interface Wire {
    /// Sends what the system takes; returns the number of bytes, maybe 0.
    int send(long address, int bytes) throws IOException;

    /// Receives what is there; 0 when nothing is, -1 at the end of the stream.
    int receive(long address, int bytes) throws IOException;

    /// Whether [Events#writable] shall be called.
    void wantWritable(boolean wanted) throws IOException;
  }

  /// What happens to a wire. A thrown exception ends the thread's run.
  interface Events {
    void connected(Wire wire) throws IOException;

    void readable() throws IOException;

    void writable() throws IOException;
  }

  /// Starts to connect; `events` hears of it during [#poll].
  void connect(InetSocketAddress address, Events events) throws IOException;

  /// Waits for events, at most `nanos` (positive, or [#FOREVER]), and reports them.
  void poll(long nanos) throws IOException;

  /// Ends a [#poll] of the owner. Any thread.
  void wakeup();

  @Override
  void close() throws IOException;

  /// epoll where the system has it.
  static Poller open() throws IOException {
    return Epoll.isAvailable() ? new EpollPoller() : new NioPoller();
  }
}
