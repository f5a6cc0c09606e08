package io.pantala.server.shard;

import io.pantala.server.client.Connection;
import io.pantala.server.config.LiveSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Closes the clients that have been silent for longer than `timeout`, and those that have taken
/// none of the bytes waiting for them for longer than `send_timeout`. Owner: the shard's thread.
///
/// Each second all clients are looked at, some of them at each beat, so no client has a timer of
/// its own and a server with many of them has no long pause.
final class SilentClients {
  private static final long PERIOD_MS = 1_000;
  private static final int CLIENTS_PER_BEAT = 1_024;

  private final Set<Connection> clients;
  private final LiveSettings live;

  /// Those that were there when the round began; looked at from the end.
  private final List<Connection> left = new ArrayList<>();

  private long roundBeganMs;

  SilentClients(Set<Connection> clients, LiveSettings live) {
    this.clients = clients;
    this.live = live;
  }

  void beat(long nowMs) {
    long timeoutMs = TimeUnit.SECONDS.toMillis(live.timeoutSeconds());
    long sendTimeoutMs = TimeUnit.SECONDS.toMillis(live.sendTimeoutSeconds());
    if (timeoutMs == 0 && sendTimeoutMs == 0) {
      left.clear();
      return;
    }
    if (left.isEmpty() && Math.abs(nowMs - roundBeganMs) >= PERIOD_MS) {
      roundBeganMs = nowMs;
      left.addAll(clients);
    }
    for (int n = Math.min(CLIENTS_PER_BEAT, left.size()); n > 0; n--) {
      left.removeLast().closeIfSilent(nowMs, timeoutMs, sendTimeoutMs);
    }
  }
}
