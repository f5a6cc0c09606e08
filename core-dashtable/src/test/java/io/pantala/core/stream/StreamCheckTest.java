package io.pantala.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.db.BigValues;
import io.pantala.core.listpack.Elements;
import io.pantala.core.listpack.Listpack;
import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.memory.TestSeed;
import io.pantala.core.stream.StreamReader.Id;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Blocks that lie: what the check accepts can be gone through in both directions, deleted from and
/// trimmed.
@ExtendWith(NativeMemoryCheck.class)
final class StreamCheckTest {
  private static final int BLOCKS = 200;
  private static final int MUTANTS = 150;

  private record Block(Id id, byte[] bytes) {}

  @Test
  void mutantsAreRefusedOrSound() {
    TestSeed.run(StreamCheckTest::mutate);
  }

  private static void mutate(SplittableRandom random) {
    int accepted = 0;
    for (int i = 0; i < BLOCKS; i++) {
      try (ChunkReserve reserve = new ChunkReserve();
          ShardMemory memory = new ShardMemory(reserve);
          NativeBuffer text = new NativeBuffer()) {
        BigValues values = new BigValues(memory);
        Streams streams = new Streams(values, new StreamLimits(0, 0));
        Block sound = draw(random, streams, text);
        assertThat(isAccepted(memory, streams, sound)).isTrue();
        for (int j = 0; j < MUTANTS; j++) {
          byte[] mutant = sound.bytes.clone();
          for (int k = random.nextInt(3); k >= 0; k--) {
            mutant[6 + random.nextInt(mutant.length - 6)] = (byte) random.nextInt(256);
          }
          accepted += isAccepted(memory, streams, new Block(sound.id, mutant)) ? 1 : 0;
        }
        values.freeing().finish();
        assertThat(memory.used()).isZero();
      }
    }
    assertThat(accepted).isBetween(1, BLOCKS * MUTANTS * 3 / 4);
  }

  private static Block draw(SplittableRandom random, Streams streams, NativeBuffer text) {
    long root = streams.create();
    StreamFields fields = new StreamFields();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      StreamReader.set(
          fields, text, List.of("f", Elements.draw(random, 1_000), "f" + random.nextInt(2), "v"));
      streams.append(root, 100 - i, random.nextInt(5), fields);
    }
    long listpack = Streams.listpack(streams.firstNode(root));
    Block block =
        new Block(
            StreamReader.id(streams.firstNode(root)),
            Mem.toArray(listpack, Listpack.bytes(listpack)));
    streams.free(root);
    return block;
  }

  private static boolean isAccepted(ShardMemory memory, Streams streams, Block block) {
    byte[] bytes = block.bytes;
    Id id = block.id;
    long listpack = memory.allocate(bytes.length, MemoryUse.VALUE);
    Mem.copyIn(bytes, 0, listpack, bytes.length);
    boolean accepted = new StreamCheck().isBlock(id.ms(), id.seq(), listpack, bytes.length);
    if (accepted) {
      long root = streams.create();
      streams.appendListpack(root, id.ms(), id.seq(), listpack);
      StreamCursor cursor = streams.newCursor();
      cursor.beginAll(root, false);
      assertThat(StreamReader.rest(cursor)).hasSizeLessThanOrEqualTo((int) Streams.length(root));
      cursor.beginAll(root, true);
      assertThat(StreamReader.rest(cursor)).hasSizeLessThanOrEqualTo((int) Streams.length(root));
      streams.delete(root, 97, 1);
      streams.trim(root, StreamTrim.fromId(98, 0, false, 0));
      streams.trim(root, StreamTrim.toLength(1, false, 0));
      streams.free(root);
    }
    memory.free(listpack, bytes.length, MemoryUse.VALUE);
    return accepted;
  }
}
