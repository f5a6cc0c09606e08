package io.pantala.server.command;

import java.util.ArrayList;
import java.util.List;

/// What a row says of its command, as bits; the names are those of COMMAND INFO.
public final class CommandFlag {
  public static final int WRITE = 1;
  public static final int READONLY = 1 << 1;
  public static final int DENYOOM = 1 << 2;
  public static final int ADMIN = 1 << 3;
  public static final int PUBSUB = 1 << 4;
  public static final int NOSCRIPT = 1 << 5;
  public static final int BLOCKING = 1 << 6;
  public static final int LOADING = 1 << 7;
  public static final int STALE = 1 << 8;
  public static final int SKIP_MONITOR = 1 << 9;
  public static final int SKIP_SLOWLOG = 1 << 10;
  public static final int ASKING = 1 << 11;
  public static final int FAST = 1 << 12;
  public static final int NO_AUTH = 1 << 13;
  public static final int MAY_REPLICATE = 1 << 14;
  public static final int NO_ASYNC_LOADING = 1 << 15;
  public static final int NO_MULTI = 1 << 16;
  public static final int MOVABLE_KEYS = 1 << 17;
  public static final int ALLOW_BUSY = 1 << 18;

  /// In the order in which redis-server lists them.
  private static final String[] NAMES = {
    "write",
    "readonly",
    "denyoom",
    "admin",
    "pubsub",
    "noscript",
    "blocking",
    "loading",
    "stale",
    "skip_monitor",
    "skip_slowlog",
    "asking",
    "fast",
    "no_auth",
    "may_replicate",
    "no_async_loading",
    "no_multi",
    "movablekeys",
    "allow_busy"
  };

  private CommandFlag() {}

  /// The names of the bits set in `flags`.
  public static List<String> names(int flags) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NAMES.length; i++) {
      if ((flags & 1 << i) != 0) {
        names.add(NAMES[i]);
      }
    }
    return names;
  }
}
