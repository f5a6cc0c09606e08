package io.pantala.txn;

import java.util.Arrays;
import java.util.SplittableRandom;

/// A transaction of a simulated client: MSET, MGET, RENAME and longer ones, whole-shard and global
/// ones, some of which throw.
final class SimulatedTransaction implements TransactionBody<Simulation.Cells> {
  private enum Kind {
    KEYS,
    SHARD_AND_KEYS,
    GLOBAL
  }

  private final SimulatedClient client;
  private final Simulation simulation;
  private final Transaction<Simulation.Cells> transaction;

  /// By key: 0 not used, 1 read, 2 written.
  private final int[] use;

  private int operation;
  private int hops;
  private boolean concludesEarly;
  private boolean writesAtOnce;
  private int onlyVisitedLater;
  private int failingHop;
  private int failingShard;
  private boolean hasFailed;

  SimulatedTransaction(SimulatedClient client) {
    this.client = client;
    simulation = client.simulation;
    transaction = new Transaction<>(client.coordinator);
    use = new int[simulation.keys];
  }

  void begin() {
    SplittableRandom random = client.random;
    Arrays.fill(use, 0);
    transaction.begin();
    claim(random);
    hops = random.nextInt(2) == 0 ? 1 : 2 + random.nextInt(3);
    concludesEarly = hops > 1 && random.nextInt(4) == 0;
    writesAtOnce = random.nextInt(4) == 0;
    onlyVisitedLater = random.nextInt(4) == 0 ? someClaimedShard() : -1;
    failingHop = random.nextInt(12) == 0 ? random.nextInt(hops) : -1;
    failingShard = random.nextInt(simulation.size());
    hasFailed = false;
    operation =
        simulation.history.invoke(
            "transaction of " + Arrays.toString(use) + " hops " + hops + " at " + client.home());
    if (random.nextInt(25) == 0) {
      client.vanish();
    }
    transaction.start(this);
  }

  private void claim(SplittableRandom random) {
    int dice = random.nextInt(12);
    Kind kind = dice == 0 ? Kind.GLOBAL : dice == 1 ? Kind.SHARD_AND_KEYS : Kind.KEYS;
    boolean isWrite = random.nextInt(3) > 0;
    if (kind == Kind.GLOBAL) {
      transaction.claimAll(isWrite);
      Arrays.fill(use, isWrite ? 2 : 1);
      return;
    }
    if (kind == Kind.SHARD_AND_KEYS) {
      int shard = random.nextInt(simulation.size());
      transaction.claimShard(shard, isWrite);
      for (int key = shard; key < use.length; key += simulation.size()) {
        use[key] = isWrite ? 2 : 1;
      }
    }
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(use.length);
      boolean writesKey = random.nextInt(6) == 0 ? !isWrite : isWrite;
      transaction.claim(simulation.shardOf(key), simulation.lockKey(key), writesKey);
      use[key] = Math.max(use[key], writesKey ? 2 : 1);
    }
  }

  private int someClaimedShard() {
    for (int key = 0; key < use.length; key++) {
      if (use[key] > 0) {
        return simulation.shardOf(key);
      }
    }
    return -1;
  }

  @Override
  public boolean firstHopIsLast() {
    return hops == 1;
  }

  @Override
  public boolean visits(int hop, int shard) {
    return hop == 0 || onlyVisitedLater < 0 || shard == onlyVisitedLater;
  }

  @Override
  public void onShard(ShardExecutor<Simulation.Cells> at, int hop) {
    simulation.check(visits(hop, at.index()), "a shard is visited that should not be");
    simulation.check(transaction.isActive(), "a hop after the end");
    for (int key = at.index(); key < use.length; key += simulation.size()) {
      if (use[key] > 0) {
        boolean isLast = hop == hops - 1 || writesAtOnce;
        at.shard().touch(operation, key, isLast && use[key] == 2);
      }
    }
    if (hop == failingHop && at.index() == failingShard) {
      throw new Simulation.Planted();
    }
  }

  @Override
  public HopDecision afterHop(Coordinator<Simulation.Cells> at, int hop) {
    simulation.check(simulation.isCurrent(at.home()), "afterHop on a shard's thread");
    simulation.check(hop < hops - 1, "afterHop after the last one");
    if (hop == failingHop && failingShard == 0) {
      throw new Simulation.Planted();
    }
    if (concludesEarly) {
      return HopDecision.CONCLUDE;
    }
    return hop == hops - 2 ? HopDecision.LAST_HOP : HopDecision.NEXT_HOP;
  }

  @Override
  public void failed(Coordinator<Simulation.Cells> at, Throwable cause) {
    simulation.expectPlanted(cause);
    simulation.check(!hasFailed, "failed twice");
    hasFailed = true;
  }

  @Override
  public void concluded(Coordinator<Simulation.Cells> at) {
    simulation.check(simulation.isCurrent(at.home()), "concluded on a shard's thread");
    simulation.history.finish(operation);
    client.goOn();
  }
}
