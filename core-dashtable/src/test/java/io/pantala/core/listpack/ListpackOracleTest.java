package io.pantala.core.listpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.redis.RdbReader;
import io.pantala.core.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The bytes of listpacks are those of a real redis-server, which reads ours as well.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
final class ListpackOracleTest {
  private static final int HASHES = 300;

  @Test
  void bytesAreRedis() throws IOException {
    try (RedisServer redis = RedisServer.start("--hash-max-listpack-value", "100000")) {
      TestSeed.run(random -> compare(random, redis));
    }
  }

  private static void compare(SplittableRandom random, RedisServer redis) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      for (int i = 0; i < HASHES; i++) {
        compare(random, redis, memory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(SplittableRandom random, RedisServer redis, ShardMemory memory)
      throws IOException {
    Map<String, String> model = new LinkedHashMap<>();
    redis.call("DEL", "h");
    int count = 1 + random.nextInt(20);
    for (int i = 0; i < count; i++) {
      String field = Elements.draw(random, 30);
      String value = Elements.draw(random, 30);
      redis.call("HSET", "h", field, value);
      model.put(field, value);
    }
    try (TestListpack ours = new TestListpack(memory)) {
      for (Map.Entry<String, String> entry : model.entrySet()) {
        ours.append(entry.getKey());
        ours.append(entry.getValue());
      }
      RdbReader dump = redis.dump("h");
      assertThat(dump.type()).isEqualTo(RdbReader.HASH_LISTPACK);
      assertThat(ours.bytes()).isEqualTo(dump.string());
      redis.restore("h", RdbReader.ofString(RdbReader.HASH_LISTPACK, ours.bytes()));
      for (Map.Entry<String, String> entry : model.entrySet()) {
        assertThat(redis.call("HGET", "h", entry.getKey())).isEqualTo(entry.getValue());
      }
    }
  }
}
