package io.pantala.memcache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.resp.Args;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random and damaged requests: the same is made of them however they are cut, whether they are
/// parsed ahead or not, and whatever lies around them.
final class MemcacheParserFuzzTest {
  private static final int ROUNDS = 8_000;
  private static final int ITEM_BYTES = 200;
  private static final int GUARD_BYTES = 64;

  private static final String[] WORDS = {
    "get", "gets", "gat", "set", "add", "cas", "append", "incr", "delete", "touch", "mg", "ms",
        "md",
    "ma", "me", "mn", "flush_all", "verbosity", "stats", "quit", "a", "Zm9v", "b", "k", "0", "1",
    "5", "12", "-1", "300", "noreply", "T0", "F1", "q", "\0", "x".repeat(251), "=", "99999999999"
  };

  /// A request as it was found.
  private record Found(Verb verb, List<String> arguments) {}

  @Test
  void anyBytesInAnyPieces() {
    long seed = Long.getLong("seed", 20261126);
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(seed + round);
      byte[] input = input(random);
      List<Found> whole = parse(input, random, input.length, false, 0x5a);
      List<Found> cut = parse(input, random, 1 + random.nextInt(20), false, 0xa5);
      List<Found> ahead = parse(input, random, 1 + random.nextInt(90), true, '\n');
      String shown = "-Dseed=" + (seed + round) + ": " + new String(input, ISO_8859_1);
      assertThat(cut).as(shown).isEqualTo(whole);
      assertThat(ahead).as(shown).isEqualTo(whole);
    }
  }

  private static byte[] input(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      StringBuilder line = new StringBuilder();
      for (int words = random.nextInt(7); words >= 0; words--) {
        line.append(WORDS[random.nextInt(WORDS.length)]).append(words > 0 ? " " : "");
      }
      line.append(random.nextInt(8) == 0 ? "\n" : "\r\n");
      if (random.nextBoolean()) {
        int bytes = random.nextInt(14);
        line.setLength(0);
        line.append(random.nextBoolean() ? "set k 0 0 " + bytes : "ms Zm9v " + bytes + " b k");
        line.append("\r\n").append("x".repeat(bytes)).append("\r\n");
      }
      out.writeBytes(line.toString().getBytes(ISO_8859_1));
    }
    byte[] bytes = out.toByteArray();
    for (int n = random.nextInt(3); n > 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) " \r\n0a\0".charAt(random.nextInt(6));
    }
    return bytes;
  }

  /// @param ahead parse as the second and later requests of a group are parsed, then again
  private static List<Found> parse(
      byte[] input, SplittableRandom random, int mostPiece, boolean ahead, int guard) {
    MemcacheParser parser = new MemcacheParser(ITEM_BYTES);
    Args args = new Args();
    List<Found> found = new ArrayList<>();
    byte[] pending = new byte[0];
    int fed = 0;
    while (fed < input.length) {
      int piece = Math.min(1 + random.nextInt(mostPiece), input.length - fed);
      byte[] bytes = Arrays.copyOf(pending, pending.length + piece);
      System.arraycopy(input, fed, bytes, pending.length, piece);
      fed += piece;
      try (Arena arena = Arena.ofConfined()) {
        long address = block(arena, bytes, guard);
        long at = 0;
        while (at < bytes.length) {
          if (ahead && parser.mayParseAhead()) {
            parser.parse(address + at, bytes.length - at, args);
            parser.forget();
          }
          long used = parser.parse(address + at, bytes.length - at, args);
          if (used < 0) {
            found.add(new Found(Verb.UNKNOWN, List.of("error " + used)));
            return found;
          }
          if (used == 0) {
            break;
          }
          at += used;
          add(parser, args, found);
        }
        pending = Mem.toArray(address + at, (int) (bytes.length - at));
      }
    }
    return found;
  }

  private static void add(MemcacheParser parser, Args args, List<Found> found) {
    if (args.count() > 0) {
      List<String> arguments = new ArrayList<>();
      for (int i = 0; i < args.count(); i++) {
        arguments.add(args.string(i));
      }
      found.add(new Found(parser.verb(), arguments));
    }
  }

  private static long block(Arena arena, byte[] content, int guard) {
    long start = arena.allocate(content.length + 2L * GUARD_BYTES).address();
    Mem.fill(start, content.length + 2L * GUARD_BYTES, guard);
    Mem.copyIn(content, 0, start + GUARD_BYTES, content.length);
    return start + GUARD_BYTES;
  }
}
