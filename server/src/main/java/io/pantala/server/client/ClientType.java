package io.pantala.server.client;

import io.pantala.resp.Args;
import io.pantala.resp.Keyword;
import org.jspecify.annotations.Nullable;

/// The types by which CLIENT LIST and KILL tell clients apart.
public enum ClientType {
  /// Whoever sends commands, those that watch by MONITOR among them.
  NORMAL,
  MASTER,
  REPLICA,
  PUBSUB;

  private static final long NORMAL_WORD = Keyword.of("NORMAL");
  private static final long MASTER_WORD = Keyword.of("MASTER");
  private static final long REPLICA_WORD = Keyword.of("REPLICA");
  private static final long SLAVE_WORD = Keyword.of("SLAVE");
  private static final long PUBSUB_WORD = Keyword.of("PUBSUB");

  /// The type of a client: no others are served here.
  public static ClientType of(Connection client) {
    return NORMAL;
  }

  /// The type that argument `i` names, or null.
  public static @Nullable ClientType of(Args args, int i) {
    long word = args.keyword(i);
    if (word == NORMAL_WORD) {
      return NORMAL;
    }
    if (word == MASTER_WORD) {
      return MASTER;
    }
    if (word == REPLICA_WORD || word == SLAVE_WORD) {
      return REPLICA;
    }
    return word == PUBSUB_WORD ? PUBSUB : null;
  }
}
