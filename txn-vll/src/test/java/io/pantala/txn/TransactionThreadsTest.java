package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The same with real threads: accounts on three shards, money moves between them, and every audit
/// over all accounts finds the same sum.
final class TransactionThreadsTest {
  private static final int SHARDS = 3;
  private static final int ACCOUNTS = 4;
  private static final int CLIENTS = 12;
  private static final int OPERATIONS = 4_000;

  private final AtomicReference<String> wrong = new AtomicReference<>("");

  /// A client that begins its next operation when one is done.
  private final class Client extends ShardMessage<long[]> implements TransactionBody<long[]> {
    private final SplittableRandom random;
    private final Transaction<long[]> transaction;
    private final CountDownLatch done;
    private final long[] sums = new long[SHARDS];
    private int left = OPERATIONS;
    private boolean isAudit;
    private int hops;
    private int fromShard;
    private int toShard;
    private int from;
    private int to;

    Client(ThreadedShards<long[]> shards, Coordinator<long[]> home, int seed, CountDownLatch done) {
      random = new SplittableRandom(seed);
      transaction = new Transaction<>(home);
      this.done = done;
      shards.post(home.home(), this);
    }

    @Override
    protected void onReceive(ShardExecutor<long[]> at) {
      begin();
    }

    private void begin() {
      isAudit = random.nextInt(20) == 0;
      hops = 1 + random.nextInt(3);
      transaction.begin();
      if (isAudit) {
        transaction.claimAll(false);
      } else {
        fromShard = random.nextInt(SHARDS);
        toShard = random.nextInt(SHARDS);
        from = random.nextInt(ACCOUNTS);
        to = random.nextInt(ACCOUNTS);
        transaction.claim(fromShard, from, true);
        transaction.claim(toShard, to, true);
      }
      transaction.start(this);
    }

    @Override
    public boolean firstHopIsLast() {
      return hops == 1;
    }

    @Override
    public void onShard(ShardExecutor<long[]> at, int hop) {
      if (isAudit) {
        long sum = 0;
        for (long amount : at.shard()) {
          sum += amount;
        }
        sums[at.index()] = sum;
      } else if (hop == 0 && at.index() == fromShard) {
        at.shard()[from]--;
      }
      if (!isAudit && hop == hops - 1 && at.index() == toShard) {
        at.shard()[to]++;
      }
    }

    @Override
    public HopDecision afterHop(Coordinator<long[]> at, int hop) {
      return hop == hops - 2 ? HopDecision.LAST_HOP : HopDecision.NEXT_HOP;
    }

    @Override
    public void failed(Coordinator<long[]> at, Throwable cause) {
      wrong.set(cause.toString());
    }

    @Override
    public void concluded(Coordinator<long[]> at) {
      if (isAudit && sums[0] + sums[1] + sums[2] != 0) {
        wrong.set("an audit saw money in the middle of a move");
      }
      if (--left > 0) {
        begin();
      } else {
        done.countDown();
      }
    }
  }

  @Test
  void everyAuditFindsTheSameSum() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(CLIENTS);
    ThreadedShards<long[]> shards = new ThreadedShards<>(SHARDS, i -> new long[ACCOUNTS]);
    TransactionIds ids = new TransactionIds();
    List<Coordinator<long[]>> coordinators = new ArrayList<>();
    for (int i = 0; i < SHARDS; i++) {
      coordinators.add(new Coordinator<>(shards, i, ids));
    }
    try {
      for (int i = 0; i < CLIENTS; i++) {
        Client _ = new Client(shards, coordinators.get(i % SHARDS), i, done);
      }
      shards.start();
      assertThat(done.await(30, TimeUnit.SECONDS)).as("all operations end").isTrue();
    } finally {
      shards.stop();
    }
    assertThat(wrong.get()).isEmpty();
    assertThat(shards.hasFailed()).isFalse();
    assertThat(shards.areAtRest()).isTrue();
    long retries = coordinators.stream().mapToLong(Coordinator::retries).sum();
    long reservations = coordinators.stream().mapToLong(Coordinator::reservations).sum();
    System.out.println(
        CLIENTS * OPERATIONS
            + " operations, retries "
            + retries
            + ", reservations "
            + reservations);
  }
}
