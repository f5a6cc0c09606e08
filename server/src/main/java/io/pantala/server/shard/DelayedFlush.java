package io.pantala.server.shard;

import io.pantala.txn.ShardExecutor;
import io.pantala.txn.ShardStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// memcached's `flush_all` with a delay, on one shard: when its time has come database 0 is emptied
/// as by one without, in a step that waits for the claims of running transactions. Each shard does
/// it on its own, at its next beat. Owner: the shard's thread.
public final class DelayedFlush extends ShardStep<Shard> {
  private static final Logger log = LoggerFactory.getLogger(DelayedFlush.class);

  private static final long NEVER = Long.MAX_VALUE;

  private long atMs = NEVER;

  /// Plans the flush for a time in ms since 1970, in place of one planned before.
  public void at(long ms) {
    atMs = ms;
  }

  public void cancel() {
    atMs = NEVER;
  }

  /// Starts the flush when its time has come.
  void beat(ShardExecutor<Shard> executor) {
    if (atMs <= executor.shard().clock().nowMs() && !isWaiting()) {
      clearClaims();
      claimShard(true);
      executor.enqueue(this);
    }
  }

  @Override
  protected void run(ShardExecutor<Shard> at) {
    if (atMs <= at.shard().clock().nowMs()) {
      atMs = NEVER;
      at.shard().flush(0);
    }
  }

  @Override
  protected void failed(ShardExecutor<Shard> at, Throwable cause) {
    log.error("a delayed flush failed on shard {}", at.shard().index(), cause);
  }
}
