package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransactionTest {
  private final InvokedShards<List<String>> shards = new InvokedShards<>(4, i -> new ArrayList<>());

  /// Writes its name and the hop into the data of each shard it visits.
  private static class Named implements TransactionBody<List<String>> {
    final String name;
    final int hops;
    int failingHop = -1;
    int failingShard;
    final List<String> told = new ArrayList<>();

    Named(String name, int hops) {
      this.name = name;
      this.hops = hops;
    }

    @Override
    public boolean firstHopIsLast() {
      return hops == 1;
    }

    @Override
    public void onShard(ShardExecutor<List<String>> at, int hop) {
      at.shard().add(name + hop);
      if (hop == failingHop && at.index() == failingShard) {
        throw new IllegalArgumentException(name);
      }
    }

    @Override
    public HopDecision afterHop(Coordinator<List<String>> at, int hop) {
      told.add("after " + hop);
      return hop == hops - 2 ? HopDecision.LAST_HOP : HopDecision.NEXT_HOP;
    }

    @Override
    public void failed(Coordinator<List<String>> at, Throwable cause) {
      told.add("failed " + cause.getMessage());
    }

    @Override
    public void concluded(Coordinator<List<String>> at) {
      told.add("concluded");
    }
  }

  private static final class NamedStep extends ShardStep<List<String>> {
    private final String name;

    NamedStep(String name) {
      this.name = name;
    }

    @Override
    protected void run(ShardExecutor<List<String>> at) {
      at.shard().add(name);
    }

    @Override
    protected void failed(ShardExecutor<List<String>> at, Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  private Transaction<List<String>> transaction(int home, int... shardsClaimed) {
    Transaction<List<String>> transaction = new Transaction<>(shards.coordinator(home));
    transaction.begin();
    for (int shard : shardsClaimed) {
      transaction.claim(shard, 7, true);
    }
    return transaction;
  }

  private List<String> data(int shard) {
    return shards.executor(shard).shard();
  }

  @Test
  void onTheOwnShardItIsDoneAtOnce() {
    Named body = new Named("a", 3);
    transaction(1, 1).start(body);
    assertThat(data(1)).containsExactly("a0", "a1", "a2");
    assertThat(body.told).containsExactly("after 0", "after 1", "concluded");
    assertThat(shards.areAtRest()).isTrue();
    assertThat(shards.ids.last()).as("it needs no id").isZero();
  }

  @Test
  void visitsAllShardsHopByHop() {
    Named body = new Named("a", 2);
    Transaction<List<String>> transaction = transaction(0, 0, 1, 2);
    transaction.start(body);
    assertThat(transaction.isActive()).isTrue();
    assertThat(shards.executor(0).isIdle()).isFalse();
    assertThat(shards.executor(0).isFree(7, false)).isFalse();
    assertThat(shards.executor(0).isFree(8, true)).isTrue();
    shards.receiveAll();
    for (int shard = 0; shard < 3; shard++) {
      assertThat(data(shard)).containsExactly("a0", "a1");
    }
    assertThat(body.told).containsExactly("after 0", "concluded");
    assertThat(transaction.isActive()).isFalse();
    assertThat(shards.areAtRest()).isTrue();
  }

  @Test
  void aFailureIsToldAndLeavesNothingBehind() {
    for (int failingHop = 0; failingHop < 3; failingHop++) {
      Named body = new Named("a", 3);
      body.failingHop = failingHop;
      body.failingShard = 2;
      transaction(0, 0, 2).start(body);
      shards.receiveAll();
      assertThat(body.told).endsWith("failed a", "concluded");
      assertThat(body.told).hasSize(failingHop + 2);
      assertThat(shards.areAtRest()).isTrue();
    }
  }

  @Test
  void aFailureOfTheCoordinatorsStepIsToldToo() {
    Named body =
        new Named("a", 3) {
          @Override
          public HopDecision afterHop(Coordinator<List<String>> at, int hop) {
            throw new IllegalStateException("no");
          }
        };
    transaction(0, 0, 2).start(body);
    shards.receiveAll();
    assertThat(body.told).containsExactly("failed no", "concluded");
    assertThat(shards.areAtRest()).isTrue();
  }

  @Test
  void conflictingOnesRunInTheOrderOfTheirIds() {
    transaction(0, 1, 2).start(new Named("a", 2));
    transaction(0, 1, 2).start(new Named("b", 2));
    transaction(0, 1, 2).start(new Named("c", 1));
    shards.receiveAll();
    assertThat(data(1)).containsExactly("a0", "a1", "b0", "b1", "c0");
    assertThat(data(2)).containsExactly("a0", "a1", "b0", "b1", "c0");
    assertThat(shards.areAtRest()).isTrue();
  }

  @Test
  void whatDoesNotConflictOvertakes() {
    Transaction<List<String>> first = transaction(0, 1, 2);
    first.start(new Named("a", 1));
    shards.receive(1);
    Transaction<List<String>> second = transaction(1);
    second.claim(1, 8, true);
    second.start(new Named("b", 1));
    assertThat(data(1)).containsExactly("b0");
    shards.receiveAll();
    assertThat(data(1)).containsExactly("b0", "a0");
  }

  @Test
  void aWaiterBehindAnOtherClaimIsWokenBeforeTheHeadLeaves() {
    transaction(0, 1, 2).start(new Named("a", 1));
    shards.receive(1);
    Transaction<List<String>> second = transaction(1);
    second.claim(1, 8, true);
    second.start(new Named("b", 2));
    assertThat(data(1)).as("the head holds another key").containsExactly("b0", "b1");

    Transaction<List<String>> third = transaction(2);
    third.claim(1, 9, true);
    third.claim(2, 9, true);
    third.start(new Named("c", 1));
    shards.receive(1);
    NamedStep step = new NamedStep("s");
    step.claim(9, false);
    shards.executor(1).enqueue(step);
    assertThat(step.isWaiting()).isTrue();
    shards.receive(2);
    shards.receive(1);
    assertThat(data(1)).containsExactly("b0", "b1", "c0", "s");
    shards.receiveAll();
    assertThat(data(1)).containsExactly("b0", "b1", "c0", "s", "a0");
    assertThat(shards.areAtRest()).isTrue();
  }

  /// t waits on its own shard behind x, and is refused on the other. Before it hears of that, x
  /// leaves: a notice is under way when t is scheduled anew, now behind y.
  @Test
  void aNoticeForAnEarlierIdIsIgnored() {
    transaction(2, 0, 2).start(new Named("x", 1));
    shards.receive(0);
    transaction(0, 0, 1).start(new Named("t", 1));
    transaction(1, 1, 3).start(new Named("w", 1));
    transaction(2, 0, 2).start(new Named("y", 1));
    shards.receive(2);
    shards.receive(3);
    shards.receive(1);
    shards.receive(0);
    assertThat(data(0)).containsExactly("x0");
    for (int i = 0; i < 2; i++) {
      shards.receive(1);
      shards.receive(0);
    }
    assertThat(data(1)).as("t does not yet hold shard 0").containsExactly("w0");
    shards.receiveAll();
    assertThat(data(0)).containsExactly("x0", "y0", "t0");
    assertThat(data(1)).containsExactly("w0", "t0");
    assertThat(shards.areAtRest()).isTrue();
  }

  @Test
  void aStepThatNothingBlocksRunsLater() {
    NamedStep step = new NamedStep("s");
    step.claimShard(true);
    shards.executor(0).enqueue(step);
    assertThat(data(0)).isEmpty();
    shards.receiveAll();
    assertThat(data(0)).containsExactly("s");
    assertThat(shards.areAtRest()).isTrue();
  }

  @Test
  void manyWaitersAreWokenInTurns() {
    Transaction<List<String>> all = transaction(0);
    all.claimAll(true);
    all.start(new Named("a", 1));
    shards.receive(1);
    int count = 4 * ShardExecutor.MAX_WOKEN;
    for (int i = 0; i < count; i++) {
      NamedStep step = new NamedStep("s" + i);
      step.claim(i, true);
      shards.executor(1).enqueue(step);
    }
    assertThat(shards.executor(1).queueLength()).isEqualTo(count + 1);
    shards.receiveAll();
    assertThat(data(1)).hasSize(count + 1).endsWith("s" + (count - 1));
    assertThat(shards.areAtRest()).isTrue();
  }

  /// A pipeline of transactions, each started by the end of the one before, on the own shard.
  @Test
  void aChainOfTransactionsDoesNotGrowTheStack() {
    Transaction<List<String>> transaction = transaction(0, 0);
    int length = 50_000;
    Named body =
        new Named("a", 1) {
          @Override
          public void concluded(Coordinator<List<String>> at) {
            if (data(0).size() < length) {
              transaction.begin();
              transaction.claim(0, 7, true);
              transaction.start(this);
            }
          }
        };
    transaction.start(body);
    shards.receiveAll();
    assertThat(data(0)).hasSize(length);
  }

  @Test
  void allocatesNothingOnceWarm() {
    InvokedShards<long[]> counters = new InvokedShards<>(2, i -> new long[1]);
    Transaction<long[]> transaction = new Transaction<>(counters.coordinator(0));
    Count body = new Count();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 20_000;
    long allocated = Long.MAX_VALUE;
    for (int i = 0; i < 5 && allocated > rounds; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int n = 0; n < rounds; n++) {
        transaction.begin();
        transaction.claim(0, n, true);
        transaction.claim(1, n, true);
        transaction.start(body);
        counters.receive(1);
        counters.receive(0);
        counters.receive(1);
        counters.receive(0);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(transaction.isActive()).isFalse();
    assertThat(counters.executor(1).shard()[0]).isGreaterThanOrEqualTo(rounds);
    assertThat(allocated).as("bytes of %d transactions", rounds).isLessThan(rounds);
  }

  private static final class Count implements TransactionBody<long[]> {
    @Override
    public boolean firstHopIsLast() {
      return true;
    }

    @Override
    public void onShard(ShardExecutor<long[]> at, int hop) {
      at.shard()[0]++;
    }

    @Override
    public HopDecision afterHop(Coordinator<long[]> at, int hop) {
      return HopDecision.CONCLUDE;
    }

    @Override
    public void failed(Coordinator<long[]> at, Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void concluded(Coordinator<long[]> at) {}
  }
}
