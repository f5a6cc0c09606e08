package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class MailboxTest {
  private static final long DEADLINE_NANOS = 20_000_000_000L;

  private final InvokedShards<List<String>> shards = new InvokedShards<>(1, i -> new ArrayList<>());
  private final Mailbox<List<String>> mailbox = new Mailbox<>();

  private static final class Text extends ShardMessage<List<String>> {
    private final String text;

    Text(String text) {
      this.text = text;
    }

    @Override
    protected void onReceive(ShardExecutor<List<String>> at) {
      if (text.isEmpty()) {
        throw new IllegalStateException("no text");
      }
      at.shard().add(text);
    }
  }

  private boolean drain(int limit) {
    return mailbox.drain(shards.executor(0), limit);
  }

  @Test
  void wakesTheOwnerOnceUntilItHasDrained() {
    assertThat(mailbox.offer(new Text("a"))).isTrue();
    assertThat(mailbox.offer(new Text("b"))).isFalse();
    assertThat(drain(1)).as("one is left").isTrue();
    assertThat(mailbox.offer(new Text("c"))).as("the owner comes again by itself").isFalse();
    assertThat(drain(100)).isFalse();
    assertThat(shards.executor(0).shard()).containsExactly("a", "b", "c");
    assertThat(mailbox.isEmpty()).isTrue();
    assertThat(mailbox.offer(new Text("d"))).isTrue();
  }

  @Test
  void aMessageThatThrowsLosesNoOther() {
    assertThat(mailbox.offer(new Text(""))).isTrue();
    assertThat(mailbox.offer(new Text("b"))).isFalse();
    try {
      drain(100);
      throw new AssertionError("nothing thrown");
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("no text");
    }
    assertThat(drain(100)).isFalse();
    assertThat(shards.executor(0).shard()).containsExactly("b");
  }

  /// Threads send numbered messages to an owner that sleeps whenever the mailbox lets it.
  @Test
  void threadsLoseNoMessageAndNoWakeUp() throws InterruptedException {
    int senders = 3;
    int messages = 100_000;
    InvokedShards<int[]> counted = new InvokedShards<>(1, i -> new int[senders]);
    Mailbox<int[]> shared = new Mailbox<>();
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    Thread owner =
        Thread.ofPlatform().start(() -> receive(counted, shared, senders * messages, deadline));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      int sender = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < messages; n++) {
                      if (shared.offer(new Numbered(sender, n))) {
                        LockSupport.unpark(owner);
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    owner.join();
    assertThat(counted.executor(0).shard()).containsOnly(messages);
    assertThat(shared.isEmpty()).isTrue();
  }

  private static void receive(
      InvokedShards<int[]> counted, Mailbox<int[]> mailbox, int all, long deadline) {
    int[] received = counted.executor(0).shard();
    while (sum(received) < all && System.nanoTime() < deadline) {
      if (!mailbox.drain(counted.executor(0), 16) && sum(received) < all) {
        LockSupport.parkNanos(DEADLINE_NANOS);
      }
    }
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  private static final class Numbered extends ShardMessage<int[]> {
    private final int sender;
    private final int number;

    Numbered(int sender, int number) {
      this.sender = sender;
      this.number = number;
    }

    @Override
    protected void onReceive(ShardExecutor<int[]> at) {
      if (at.shard()[sender] != number) {
        throw new AssertionError("out of order");
      }
      at.shard()[sender]++;
    }
  }
}
