package io.pantala.core.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.db.BigValues;
import io.pantala.core.listpack.Elements;
import io.pantala.core.listpack.ListpackCheck;
import io.pantala.core.listpack.ListpackElement;
import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.redis.RdbReader;
import io.pantala.core.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Lists from a real redis-server by DUMP, and ours to it by RESTORE.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
final class ListOracleTest {
  private static final int LISTS = 40;
  private static final int PACKED = 2;
  private static final int PLAIN = 1;

  private final NativeBuffer text = new NativeBuffer();
  private final ListpackElement element = new ListpackElement();

  @Test
  void nodesAreRedis() throws IOException {
    try (RedisServer redis = RedisServer.start("--list-max-listpack-size", "-1");
        text) {
      TestSeed.run(
          random -> {
            for (int i = 0; i < LISTS; i++) {
              compare(random, redis);
            }
          });
    }
  }

  private void compare(SplittableRandom random, RedisServer redis) {
    try (ChunkReserve reserve = new ChunkReserve();
        ShardMemory memory = new ShardMemory(reserve)) {
      BigValues values = new BigValues(memory);
      ListBlocks lists = new ListBlocks(values, ListLimit.of(-1));
      ListValue value = (ListValue) values.of(ListBlocks.KIND);
      List<String> model = push(random, redis);
      long theirs = read(redis.dump("l"), lists);
      // Redis gives a large element a listpack of its own.
      ListInvariants.check(value, theirs, model, ListLimit.of(-5));
      long ours = lists.create();
      for (String expected : model) {
        lists.pushLast(ours, elementOf(expected));
      }
      for (long root : new long[] {ours, theirs}) {
        redis.restore("l", nodes(root));
        assertThat(redis.call("LRANGE", "l", "0", "-1")).isEqualTo(model);
        lists.free(root);
      }
      values.freeing().finish();
      assertThat(memory.used()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> push(SplittableRandom random, RedisServer redis) throws IOException {
    List<String> model = new ArrayList<>();
    redis.call("DEL", "l");
    int count = 1 + random.nextInt(300);
    for (int i = 0; i < count; i++) {
      String drawn = Elements.draw(random, 100);
      redis.call("RPUSH", "l", drawn);
      model.add(drawn);
    }
    return model;
  }

  private ListpackElement elementOf(String value) {
    text.clear();
    text.append(value.getBytes(ISO_8859_1));
    return element.set(text.address(), value.length());
  }

  private long read(RdbReader dump, ListBlocks lists) {
    assertThat(dump.type()).isEqualTo(RdbReader.QUICKLIST_2);
    long root = lists.create();
    for (long left = dump.length(); left > 0; left--) {
      long container = dump.length();
      byte[] content = dump.string();
      text.clear();
      text.append(content);
      if (container == PLAIN) {
        lists.pushLast(root, element.set(text.address(), content.length));
      } else {
        assertThat(ListpackCheck.count(text.address(), content.length)).isPositive();
        lists.appendListpack(root, text.address());
      }
    }
    assertThat(dump.isAtEnd()).isTrue();
    return root;
  }

  private static byte[] nodes(long root) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(RdbReader.QUICKLIST_2);
    putLength(out, (int) ListNodes.count(root));
    for (long node = ListNodes.first(root); node != 0; node = ListNodes.next(node)) {
      putLength(out, ListNodes.isPlain(node) ? PLAIN : PACKED);
      putLength(out, ListNodes.bytes(node));
      out.writeBytes(Mem.toArray(ListNodes.address(node), ListNodes.bytes(node)));
    }
    return out.toByteArray();
  }

  private static void putLength(ByteArrayOutputStream out, int length) {
    out.write(0x80);
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
  }
}
