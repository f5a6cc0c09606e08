package io.pantala.server.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the shards do by themselves: it is waited for, not timed.
@ExtendWith(NativeMemoryCheck.class)
final class UpkeepTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long DEADLINE_S = 20;
  private static final int BATCH = 1000;
  private static final String VALUE = "v".repeat(400);

  @Test
  void memoryFollowsDeletions() throws Exception {
    // About 150 MB; 14 MB stay in use, and each shard keeps a few chunks of 4 MB that are not full.
    int keys = 300_000;
    try (TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      for (int from = 0; from < keys; from += BATCH) {
        set(client, from);
      }
      long full = sum(server, shard -> shard.memory().mapped());
      for (int from = 0; from < keys; from += BATCH) {
        deleteNineOfTen(client, from);
      }
      await(() -> sum(server, shard -> shard.memory().mapped()) < full * 2 / 5);
      assertThat(client.run("DBSIZE")).isEqualTo((long) keys / 10);
      for (int from = 0; from < keys; from += 10 * BATCH) {
        for (int i = from; i < from + 10 * BATCH; i += 10) {
          client.send("GET", "key" + i);
        }
        for (int i = from; i < from + 10 * BATCH; i += 10) {
          assertThat(client.read()).isEqualTo(VALUE + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void memoryFollowsAFlush(int shards) throws Exception {
    try (TestServer server = TestServer.start(shards)) {
      TestClient client = server.client();
      for (int from = 0; from < 100_000; from += BATCH) {
        set(client, from);
      }
      client.send("FLUSHALL");
      client.send("DBSIZE");
      client.read();
      assertThat(client.read()).isEqualTo(0L);
      await(() -> sum(server, shard -> shard.memory().used()) == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void expiredKeysGoThoughNobodyAsks(int shards) throws Exception {
    try (TestServer server = TestServer.start(shards)) {
      server.setClock(NOW);
      TestClient client = server.client();
      for (int i = 0; i < 20_000; i++) {
        client.send("SET", "key" + i, "x");
        client.send("PEXPIRE", "key" + i, "" + (1000 + i % 1000));
        client.read();
        client.read();
      }
      client.run("SET", "kept", "x");
      client.run("EXPIRE", "kept", "1000");
      client.run("SET", "late", "x");
      client.run("EXPIRE", "late", "3");
      client.run("SWAPDB", "0", "5");
      server.advanceClock(1500);
      await(() -> sum(server, UpkeepTest::records) == 20_000 - 501 * 20 + 2);
      server.advanceClock(500);
      await(() -> sum(server, UpkeepTest::records) == 2);
      server.advanceClock(1000);
      await(() -> sum(server, UpkeepTest::records) == 1);
      assertThat(sum(server, shard -> shard.stats().expired)).isEqualTo(20_001);
    }
  }

  private static long records(Shard shard) {
    long records = 0;
    for (int i = 0; i < shard.databaseCount(); i++) {
      var db = shard.peek(i);
      records += db == null ? 0 : db.size();
    }
    return records;
  }

  private static void set(TestClient client, int from) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = from; i < from + BATCH; i++) {
      out.writeBytes(TestClient.encode("SET", "key" + i, VALUE + i));
    }
    sendAll(client, out, BATCH);
  }

  private static void deleteNineOfTen(TestClient client, int from) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = from; i < from + BATCH; i++) {
      if (i % 10 != 0) {
        out.writeBytes(TestClient.encode("DEL", "key" + i));
      }
    }
    sendAll(client, out, BATCH / 10 * 9);
  }

  private static void sendAll(TestClient client, ByteArrayOutputStream out, int replies)
      throws IOException {
    client.write(out.toByteArray());
    for (int i = 0; i < replies; i++) {
      client.read();
    }
  }

  /// The sum over the shards of what each thread finds on its own.
  private static long sum(TestServer server, ToLongFunction<Shard> figure) {
    long sum = 0;
    for (ShardThread thread : server.server().threads().threads()) {
      sum +=
          thread
              .loop()
              .submit(() -> figure.applyAsLong(thread.shard()))
              .syncUninterruptibly()
              .getNow();
    }
    return sum;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
