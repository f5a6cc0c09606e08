package io.pantala.server.net;

/// One client's byte stream, below its protocol. Owner: the shard thread that serves the client.
public interface Transport {
  /// What [#read] answers when nothing is there now.
  int NOTHING = 0;

  /// What [#read] answers when the peer has closed, or [#read] and [#write] when the stream broke.
  int CLOSED = -1;

  /// Reads what is there, up to `bytes`, to native memory.
  int read(long address, int bytes);

  /// Whether the peer has ended its side, so that no event tells of what is still unread: it must
  /// be read until [#CLOSED].
  boolean hasEnded();

  /// Sends what the system takes now and returns how much that was; the rest may be offered again
  /// when the client is told that the stream is writable.
  int write(long address, int bytes);

  void close();

  /// The number by which the system knows the stream, below 0 where that does not show.
  default int descriptor() {
    return -1;
  }

  /// Whether the other end is on this machine: its address is a loopback one, or it came through a
  /// unix socket.
  boolean isFromThisMachine();

  /// The other end as `address:port`; the path of a unix socket with port 0, as redis-server has
  /// it.
  String peer();

  /// This end as `address:port`.
  String local();
}
