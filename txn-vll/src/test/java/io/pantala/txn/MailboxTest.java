package io.pantala.txn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class MailboxTest {
  private static final long DEADLINE_NANOS = 20_000_000_000L;
  private static final int MESSAGES = 40_000;

  private final AtomicInteger received = new AtomicInteger();
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final Mailbox<List<String>> counted = new Mailbox<>();

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

  /// A thread sends two messages to an owner that sleeps whenever the mailbox lets it. The second
  /// comes some moments after the first: at any point between the owner's last look and its sleep.
  @Test
  void noWakeUpIsLost() throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    Thread owner = Thread.ofPlatform().start(() -> receiveUntil(deadline));
    for (int n = 0; n < MESSAGES && System.nanoTime() < deadline; n += 2) {
      send(n);
      for (int moments = n & 1023; moments > 0 && received.get() >= 0; moments--) {}
      send(n + 1);
      awaitReceipt(n + 1, deadline);
    }
    owner.join();
    assertThat(received.get()).isEqualTo(MESSAGES);
    assertThat(counted.isEmpty()).isTrue();
  }

  private void send(int number) {
    if (counted.offer(new Numbered(number))) {
      isWoken.set(true);
    }
  }

  private void awaitReceipt(int number, long deadline) {
    for (int spins = 1; received.get() <= number; spins++) {
      if (spins % 1000 == 0) {
        LockSupport.parkNanos(1_000);
        if (System.nanoTime() > deadline) {
          return;
        }
      }
    }
  }

  /// The owner "sleeps" by waiting for the flag: its wake-up is quick and so meets the next
  /// message.
  private void receiveUntil(long deadline) {
    while (received.get() < MESSAGES && System.nanoTime() < deadline) {
      if (!counted.drain(shards.executor(0), 16)) {
        for (int spins = 1; !isWoken.get() && received.get() < MESSAGES; spins++) {
          if (spins % 10_000 == 0) {
            LockSupport.parkNanos(1_000);
            if (System.nanoTime() > deadline) {
              return;
            }
          }
        }
        isWoken.set(false);
      }
    }
  }

  private final class Numbered extends ShardMessage<List<String>> {
    private final int number;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    protected void onReceive(ShardExecutor<List<String>> at) {
      received.compareAndSet(number, number + 1);
    }
  }
}
