package io.pantala.server.shard;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// This run of the server: who it is, since when, and the wish to end it. Any thread.
public final class ServerLife {
  private static final int RUN_ID_BYTES = 20;

  private final String runId = HexFormat.of().formatHex(SystemRandom.bytes(RUN_ID_BYTES));
  private final long startedNanos = System.nanoTime();
  private final long startedAtS = Instant.now().getEpochSecond();
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private volatile int port;
  private volatile String io = "";

  /// 40 hexadecimal digits that no other run has.
  public String runId() {
    return runId;
  }

  public long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos);
  }

  /// When it started, in seconds since 1970.
  public long startedAtS() {
    return startedAtS;
  }

  /// How sockets are served: `epoll` or `nio`; empty before they are.
  public String io() {
    return io;
  }

  public void io(String name) {
    io = name;
  }

  /// The TCP port that it listens on; 0 before it does.
  public int port() {
    return port;
  }

  public void port(int number) {
    port = number;
  }

  /// Asks whoever started the server to end it: a shard thread can't, as the end waits for it.
  public void requestStop() {
    stopRequested.countDown();
  }

  /// Waits until the server is asked to end. For the thread that started it.
  public void awaitStopRequest() throws InterruptedException {
    stopRequested.await();
  }

  public boolean isStopRequested() {
    return stopRequested.getCount() == 0;
  }
}
