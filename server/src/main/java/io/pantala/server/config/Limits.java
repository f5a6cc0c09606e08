package io.pantala.server.config;

/// Every limit of the server that is not set by the user, with its unit in the name.
public final class Limits {
  /// Bytes that one read takes from a socket: 4 KB doubles the cost of pipelined SETs, more than 16
  /// KB brings nothing (spike, section 1).
  public static final int READ_BYTES = 16 << 10;

  /// Bytes by which a request that is not whole may grow the query buffer at once, however much it
  /// says will come.
  public static final int INPUT_STEP_BYTES = 4 << 20;

  /// Bytes of one request that is not whole yet; a client that sends more is closed.
  public static final long QUERY_BUFFER_MAX_BYTES = 1L << 30;

  /// Bytes of replies that a client has not read; when another command comes and they are more, the
  /// client is closed. One reply alone may be larger.
  public static final long OUTPUT_MAX_BYTES = 256L << 20;

  /// Bytes of replies that are sent before the round of requests ends.
  public static final long OUTPUT_EARLY_FLUSH_BYTES = 64 << 10;

  /// Bytes of requests to be shown to monitors that wait for the end of the loop's turn.
  public static final long MONITOR_BYTES = 64 << 10;

  /// Bytes of a round's replies that may wait for the end of the loop's turn.
  public static final int QUEUED_SEND_BYTES = 4 << 10;

  /// Bytes of a shared buffer that are kept from one use to the next.
  public static final long KEPT_BUFFER_BYTES = 1 << 20;

  /// Requests of one round that may go to shards in batches.
  public static final int BATCH_REQUESTS = 1024;

  /// Bytes of encoded replies at which a shard sends a batch back before its end.
  public static final long BATCH_REPLY_BYTES = 8 << 20;

  /// Bytes of a batch's request and reply buffers that are kept for its next use.
  public static final long KEPT_BATCH_BYTES = 256 << 10;

  /// Bytes of a call's buffers that are kept for its next use.
  public static final long KEPT_CALL_BYTES = 64 << 10;

  /// Messages that a shard takes from its mailbox before it looks at its sockets again.
  public static final int MESSAGES_PER_TURN = 1024;

  /// Connections that wait to be accepted.
  public static final int ACCEPT_BACKLOG = 511;

  /// Bytes of a unix socket's path, as Linux has it.
  public static final int UNIX_PATH_BYTES = 107;

  /// Connections that one event accepts before others are served.
  public static final int ACCEPTS_PER_EVENT = 256;

  /// Bytes of a connection's first line that are looked at to tell HTTP from RESP.
  public static final int FIRST_LINE_BYTES = 1024;

  /// Bytes of the request line of an HTTP request.
  public static final int HTTP_LINE_BYTES = 4 << 10;

  /// Bytes of its headers.
  public static final int HTTP_HEADERS_BYTES = 8 << 10;

  /// Least time between two lines of the log about the same kind of attack.
  public static final long WARNING_PERIOD_NANOS = 60_000_000_000L;

  /// How long a stopping thread waits at most for what travels between the threads.
  public static final long SETTLE_MAX_NANOS = 5_000_000_000L;

  private Limits() {}
}
