package io.pantala.txn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Shards, coordinators and clients on one thread, with the classes of production. Each event is
/// drawn from the seed: a client begins its next operation, a message gets from its sender into the
/// mailbox (as if the thread were stopped before each of its posts: their order is kept only from
/// one thread to one other), or a shard receives its next message.
final class Simulation implements ShardSet<Simulation.Cells> {
  /// What a simulated command throws on purpose.
  static final class Planted extends RuntimeException {
    Planted() {
      super("planted", null, false, false);
    }
  }

  /// The data of a shard.
  final class Cells {
    private final int index;

    Cells(int index) {
      this.index = index;
    }

    void touch(int operation, int key, boolean isWrite) {
      check(shardOf(key) == index && isCurrent(index), "data of another thread");
      if (isWrite) {
        history.write(operation, key);
      } else {
        history.read(operation, key);
      }
    }
  }

  private static final int MAX_EVENTS = 100_000;

  final History history;
  final int keys;
  final int batchPercent;
  final boolean inlinesBlindly;
  private final SplittableRandom random;
  private final int lockKeyShift;
  private final List<Mailbox<Cells>> mailboxes = new ArrayList<>();
  private final List<ShardExecutor<Cells>> executors = new ArrayList<>();
  private final List<Coordinator<Cells>> coordinators = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final List<ArrayDeque<ShardMessage<Cells>>> onTheirWay = new ArrayList<>();
  private final boolean[] isAwake;
  private final int[] weights;
  private final int[] wayWeights;
  private int current = -1;

  Simulation(long seed, SchedulingRules rules, boolean inlinesBlindly, boolean isTraced) {
    random = new SplittableRandom(seed);
    this.inlinesBlindly = inlinesBlindly;
    int shards = 1 + random.nextInt(4);
    keys = shards + random.nextInt(3);
    lockKeyShift = random.nextInt(4) == 0 ? 1 : 0;
    boolean isCrowded = random.nextInt(3) == 0;
    batchPercent = isCrowded ? 5 : 20 + random.nextInt(60);
    history = new History(keys, isTraced);
    isAwake = new boolean[shards];
    weights = new int[shards];
    TransactionIds ids = new TransactionIds();
    for (int i = 0; i < shards; i++) {
      int index = i;
      weights[i] = random.nextInt(3) == 0 ? 1 : 8;
      mailboxes.add(new Mailbox<>());
      executors.add(new ShardExecutor<>(i, new Cells(i), this, () -> isCurrent(index), rules));
      coordinators.add(new Coordinator<>(this, i, ids, rules));
    }
    wayWeights = new int[shards * shards];
    for (int i = 0; i < shards * shards; i++) {
      onTheirWay.add(new ArrayDeque<>());
      wayWeights[i] = random.nextInt(3) == 0 ? 1 : 8;
    }
    int count = (isCrowded ? 5 : 2) + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      Coordinator<Cells> home = coordinators.get(random.nextInt(shards));
      clients.add(new SimulatedClient(this, home, random.split()));
    }
  }

  /// Runs to the end.
  ///
  /// @throws AssertionError when a rule is broken
  void run() {
    int events = 0;
    while (step()) {
      check(++events < MAX_EVENTS, "does not end");
    }
    for (SimulatedClient client : clients) {
      check(!client.isBusy(), "an operation never ended");
    }
    for (int i = 0; i < size(); i++) {
      check(executors.get(i).isAtRest() && mailboxes.get(i).isEmpty(), "something was left behind");
    }
    check(!history.hasCycle(), "not strictly serializable");
  }

  long reservations() {
    return coordinators.stream().mapToLong(Coordinator::reservations).sum();
  }

  long retries() {
    return coordinators.stream().mapToLong(Coordinator::retries).sum();
  }

  @Override
  public int size() {
    return executors.size();
  }

  @Override
  public void post(int shard, ShardMessage<Cells> message) {
    check(current >= 0, "posted by nobody");
    onTheirWay.get(current * size() + shard).add(message);
  }

  @Override
  public ShardExecutor<Cells> executor(int shard) {
    check(isCurrent(shard), "the executor of another thread");
    return executors.get(shard);
  }

  boolean isCurrent(int shard) {
    return shard == current;
  }

  int shardOf(int key) {
    return key % size();
  }

  int keyOf(int shard, SplittableRandom source) {
    int count = (keys - shard + size() - 1) / size();
    return shard + size() * source.nextInt(count);
  }

  long lockKey(int key) {
    return key >> lockKeyShift;
  }

  void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  void expectPlanted(Throwable cause) {
    if (!(cause instanceof Planted)) {
      throw new AssertionError(cause);
    }
  }

  private boolean step() {
    int total = 0;
    for (int i = 0; i < size(); i++) {
      total += weightOf(i);
    }
    for (int i = 0; i < wayWeights.length; i++) {
      total += weightOfWay(i);
    }
    for (int i = 0; i < clients.size(); i++) {
      total += clients.get(i).mayBegin() ? 1 : 0;
    }
    if (total == 0) {
      return false;
    }
    pick(random.nextInt(total));
    current = -1;
    return true;
  }

  private int weightOf(int shard) {
    return isAwake[shard] ? weights[shard] : 0;
  }

  private int weightOfWay(int way) {
    return onTheirWay.get(way).isEmpty() ? 0 : wayWeights[way];
  }

  private void pick(int drawn) {
    int left = drawn;
    for (int i = 0; i < size(); i++) {
      left -= weightOf(i);
      if (left < 0) {
        current = i;
        isAwake[i] = mailboxes.get(i).drain(executors.get(i), 1);
        return;
      }
    }
    for (int i = 0; i < wayWeights.length; i++) {
      left -= weightOfWay(i);
      if (left < 0) {
        int to = i % size();
        isAwake[to] |= mailboxes.get(to).offer(onTheirWay.get(i).remove());
        return;
      }
    }
    pickClient(left);
  }

  private void pickClient(int drawn) {
    int left = drawn;
    for (SimulatedClient client : clients) {
      left -= client.mayBegin() ? 1 : 0;
      if (left < 0) {
        current = client.home();
        client.begin();
        return;
      }
    }
  }
}
