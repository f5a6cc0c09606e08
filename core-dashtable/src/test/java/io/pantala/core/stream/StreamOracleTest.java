package io.pantala.core.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.db.BigValues;
import io.pantala.core.listpack.Elements;
import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.redis.RdbReader;
import io.pantala.core.redis.RedisServer;
import io.pantala.core.stream.StreamReader.Id;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The same commands to a stream of a real redis-server: blocks, counts and IDs are the same.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
final class StreamOracleTest {
  private static final int ROUNDS = 40;
  private static final int STEPS = 100;

  private final NativeBuffer text = new NativeBuffer();
  private final StreamFields fields = new StreamFields();
  private final List<Id> ids = new ArrayList<>();
  private long ms;

  @Test
  void blocksAreRedis() throws IOException {
    try (RedisServer redis = RedisServer.start("--stream-node-max-entries", "20");
        text) {
      TestSeed.run(
          random -> {
            for (int i = 0; i < ROUNDS; i++) {
              compare(random, redis);
            }
          });
    }
  }

  private void compare(SplittableRandom random, RedisServer redis) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      BigValues values = new BigValues(memory);
      Streams streams = new Streams(values, new StreamLimits(4096, 20));
      long root = streams.create();
      redis.call("DEL", "s");
      ids.clear();
      for (int step = 0; step < STEPS; step++) {
        step(random, redis, streams, root);
      }
      check(redis.dump("s"), streams, root);
      streams.free(root);
      values.freeing().finish();
      assertThat(memory.used()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void step(SplittableRandom random, RedisServer redis, Streams streams, long root)
      throws IOException {
    int what = random.nextInt(20);
    if (what < 15 || ids.isEmpty()) {
      append(random, redis, streams, root);
    } else if (what < 18) {
      Id id = ids.get(random.nextInt(ids.size()));
      boolean deleted = streams.delete(root, id.ms(), id.seq());
      assertThat(redis.call("XDEL", "s", id.toString())).isEqualTo(deleted ? 1L : 0L);
    } else {
      boolean whole = random.nextBoolean();
      String mark = whole ? "~" : "=";
      long left = Math.max(0, Streams.length(root) - random.nextInt(30));
      Id from = ids.get(random.nextInt(ids.size()));
      if (what == 18) {
        long trimmed = streams.trim(root, StreamTrim.toLength(left, whole, whole ? 2_000 : 0));
        assertThat(redis.call("XTRIM", "s", "MAXLEN", mark, Long.toString(left)))
            .isEqualTo(trimmed);
      } else if (random.nextInt(4) == 0) {
        StreamTrim trim = StreamTrim.fromId(from.ms(), from.seq(), whole, whole ? 2_000 : 0);
        assertThat(redis.call("XTRIM", "s", "MINID", mark, from.toString()))
            .isEqualTo(streams.trim(root, trim));
      }
    }
  }

  private void append(SplittableRandom random, RedisServer redis, Streams streams, long root)
      throws IOException {
    ms += random.nextInt(400);
    Id id = new Id(ms, ids.size() + 1);
    List<String> drawn = new ArrayList<>();
    int count = random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 2;
    for (int i = 0; i < count; i++) {
      drawn.add("field" + i);
      drawn.add(Elements.draw(random, 1_000));
    }
    List<String> command = new ArrayList<>(List.of("XADD", "s", id.toString()));
    command.addAll(drawn);
    redis.call(command.toArray(new String[0]));
    StreamReader.set(fields, text, drawn);
    streams.append(root, id.ms(), id.seq(), fields);
    ids.add(id);
  }

  private static void check(RdbReader dump, Streams streams, long root) {
    assertThat(dump.type()).isEqualTo(RdbReader.STREAM_LISTPACKS_2);
    assertThat(Streams.blockCount(root)).isEqualTo(dump.length());
    for (long node = streams.firstNode(root); node != 0; node = streams.nextNode(root, node)) {
      ByteBuffer key = ByteBuffer.wrap(dump.string());
      assertThat(StreamReader.id(node)).isEqualTo(new Id(key.getLong(), key.getLong()));
      long listpack = Streams.listpack(node);
      byte[] theirs = dump.string();
      assertThat(new String(Mem.toArray(listpack, Listpack.bytes(listpack)), ISO_8859_1))
          .isEqualTo(new String(theirs, ISO_8859_1));
    }
    assertThat(Streams.length(root)).isEqualTo(dump.length());
    assertThat(StreamReader.id(Streams.lastId(root))).isEqualTo(id(dump));
    assertThat(StreamReader.id(Streams.firstId(root))).isEqualTo(id(dump));
    assertThat(StreamReader.id(Streams.maxDeletedId(root))).isEqualTo(id(dump));
    assertThat(Streams.entriesAdded(root)).isEqualTo(dump.length());
    assertThat(dump.length()).isZero();
    assertThat(dump.isAtEnd()).isTrue();
  }

  private static Id id(RdbReader dump) {
    return new Id(dump.length(), dump.length());
  }
}
