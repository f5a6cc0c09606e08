package io.pantala.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NativeMemoryCheck.class)
@Timeout(30)
final class ChunkReserveTest {
  private static final long CHUNK = ChunkLayout.BYTES;

  @Test
  void keepsOneReadyAndRefillsAfterATake() {
    try (ChunkReserve reserve = new ChunkReserve()) {
      awaitReady(reserve);
      long a = reserve.take();
      awaitReady(reserve);
      long b = reserve.take();
      assertThat(a).isPositive().isNotEqualTo(b);
      assertThat(a % CHUNK).isZero();
      assertThat(b % CHUNK).isZero();
      Mem.fill(a, CHUNK, 1);
      Mem.fill(b, CHUNK, 2);
      OsMemory.unmap(a, CHUNK);
      OsMemory.unmap(b, CHUNK);
    }
  }

  @Test
  void keepsAtMostOneOfThoseGivenBack() {
    long before = OsMemory.mappedBytes();
    try (ChunkReserve reserve = new ChunkReserve()) {
      awaitReady(reserve);
      long a = OsMemory.map(CHUNK, CHUNK);
      reserve.give(a);
      assertThat(OsMemory.mappedBytes() - before).isEqualTo(CHUNK);
    }
  }

  @Test
  void mapsDirectlyWhileNoneIsReady() throws InterruptedException {
    CountDownLatch hold = new CountDownLatch(1);
    long tester = Thread.currentThread().threadId();
    try (ChunkReserve reserve =
        new ChunkReserve(
            (bytes, alignment) -> {
              if (Thread.currentThread().threadId() != tester) {
                awaitUninterruptibly(hold);
              }
              return OsMemory.map(bytes, alignment);
            })) {
      long chunk = reserve.take();
      assertThat(reserve.mapped()).isZero();
      assertThat(chunk).isPositive();
      reserve.give(chunk);
      assertThat(reserve.mapped()).isEqualTo(CHUNK);
      hold.countDown();
      assertThat(reserve.take()).isEqualTo(chunk);
      OsMemory.unmap(chunk, CHUNK);
    }
  }

  @Test
  @Timeout(20)
  void endsThoughTheMapperUsedUpItsWakeUp() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    ChunkReserve reserve =
        new ChunkReserve(
            (bytes, alignment) -> {
              entered.countDown();
              LockSupport.park();
              return 0;
            });
    entered.await();
    reserve.close();
    assertThat(reserve.mapped()).isZero();
  }

  @Test
  void anEmptySystemIsAskedAgainAtTheNextTakeOnly() {
    AtomicBoolean fails = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    try (ChunkReserve reserve =
        new ChunkReserve(
            (bytes, alignment) -> {
              asked.incrementAndGet();
              return fails.get() ? 0 : OsMemory.map(bytes, alignment);
            })) {
      assertThat(reserve.take()).isZero();
      assertThat(reserve.mapped()).isZero();
      assertThat(asked.get()).isLessThanOrEqualTo(2);
      fails.set(false);
      long chunk = reserve.take();
      assertThat(chunk).isPositive();
      reserve.give(chunk);
    }
  }

  @Test
  void whatIsGivenAfterCloseIsUnmapped() {
    ChunkReserve reserve = new ChunkReserve();
    long chunk = reserve.take();
    reserve.close();
    reserve.close();
    reserve.give(chunk);
    assertThat(reserve.mapped()).isZero();
  }

  @Test
  void noChunkIsTakenTwice() throws InterruptedException {
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (ChunkReserve reserve = new ChunkReserve()) {
      Thread[] threads = new Thread[3];
      for (int t = 0; t < threads.length; t++) {
        long mark = t + 1L;
        threads[t] = Thread.ofPlatform().start(() -> takeAndGive(reserve, mark, failures));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void takeAndGive(
      ChunkReserve reserve, long mark, ConcurrentLinkedQueue<Throwable> failures) {
    try {
      for (int i = 0; i < 300; i++) {
        long chunk = reserve.take();
        Mem.putLong(chunk, mark);
        Thread.onSpinWait();
        assertThat(Mem.getLong(chunk)).isEqualTo(mark);
        reserve.give(chunk);
      }
    } catch (Throwable t) {
      failures.add(t);
    }
  }

  private static void awaitReady(ChunkReserve reserve) {
    while (reserve.mapped() != CHUNK) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
