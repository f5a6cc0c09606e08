package io.pantala.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class RequestTemplateTest {
  /// The bytes of the first requests of one connection.
  private static String requests(int count, String... args) {
    LoadOptions options = new LoadOptions();
    new CommandLine(new Holder(options)).parseArgs(args);
    try (LoadPlan plan = Planner.plan(options);
        NativeBuffer buffer = new NativeBuffer()) {
      RequestMix.Cursor cursor = plan.mix().cursor();
      Draws draws = plan.draws(0);
      for (int i = 0; i < count; i++) {
        long from = buffer.reserve(plan.maxBatchBytes());
        buffer.advance(cursor.next().write(from, draws) - from);
      }
      byte[] bytes = Mem.toArray(buffer.address(), (int) buffer.position());
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin LoadOptions options) {}

  private static String resp(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  @Test
  void setsOfKeysWithMoreAndMoreDigits() {
    String bytes =
        requests(
            3, "--ratio=1:0", "--key-pattern=S:S", "--key-minimum=9", "--key-prefix=k:", "-d", "3");
    assertThat(bytes)
        .isEqualTo(
            resp("SET", "k:9", "xxx") + resp("SET", "k:10", "xxx") + resp("SET", "k:11", "xxx"));
  }

  @Test
  void ratioTakesTurns() {
    String bytes = requests(6, "--ratio=2:1", "--key-pattern=S:S", "--key-prefix=", "-d", "1");
    String[] expected = {
      resp("SET", "0", "x"), resp("SET", "1", "x"), resp("GET", "0"),
      resp("SET", "2", "x"), resp("SET", "3", "x"), resp("GET", "1"),
    };
    assertThat(bytes).isEqualTo(String.join("", expected));
  }

  @Test
  void manyKeysInOneRequest() {
    assertThat(
            requests(
                2,
                "--ratio=1:1",
                "--mset=2",
                "--multi-key-get=3",
                "--key-pattern=S:S",
                "--key-prefix=k",
                "-d",
                "1"))
        .isEqualTo(resp("MSET", "k0", "x", "k1", "x") + resp("MGET", "k0", "k1", "k2"));
  }

  @Test
  void keysOfFixedWidth() {
    assertThat(requests(1, "--ratio=0:1", "--key-pattern=S:S", "--key-prefix=", "--key-width=5"))
        .isEqualTo(resp("GET", "00000"));
  }

  @Test
  void expiry() {
    assertThat(
            requests(
                1, "--ratio=1:0", "--expiry-range=60-60", "--key-pattern=S:S", "--key-prefix=k"))
        .isEqualTo(resp("SETEX", "k0", "60", "x".repeat(32)));
  }

  @Test
  void randomDataHasTheSizeAndDiffers() {
    String one = "\\*3\r\n\\$3\r\nSET\r\n\\$2\r\nk0\r\n\\$100\r\n(?s:.{100})\r\n";
    String bytes =
        requests(20, "--ratio=1:0", "-R", "-d", "100", "--key-maximum=0", "--key-prefix=k");
    assertThat(bytes).matches("(" + one + "){20}");
    Set<String> values = new HashSet<>();
    int length = bytes.length() / 20;
    for (int i = 0; i < 20; i++) {
      values.add(bytes.substring(i * length, (i + 1) * length));
    }
    assertThat(values).hasSizeGreaterThan(15);
  }

  @Test
  void commandsWithPlaceholdersAndRatio() {
    assertThat(
            requests(
                4,
                "--key-prefix=",
                "--key-pattern=S:S",
                "-d",
                "2",
                "--command",
                "HSET h:__key__:x 'f __key__' __data__!",
                "--command-ratio",
                "2",
                "--command",
                "PING \"\""))
        .isEqualTo(
            resp("HSET", "h:0:x", "f 1", "xx!")
                + resp("HSET", "h:2:x", "f 3", "xx!")
                + resp("PING", "")
                + resp("HSET", "h:4:x", "f 5", "xx!"));
  }

  @Test
  void memcacheText() {
    assertThat(
            requests(
                3,
                "--protocol=memcache_text",
                "--ratio=2:1",
                "--multi-key-get=2",
                "--expiry-range=7-7",
                "--key-pattern=S:S",
                "--key-prefix=k",
                "-d",
                "2"))
        .isEqualTo("set k0 0 7 2\r\nxx\r\nset k1 0 7 2\r\nxx\r\nget k0 k1\r\n");
  }

  @Test
  void digits() {
    try (NativeBuffer buffer = new NativeBuffer()) {
      long at = buffer.reserve(32);
      for (long value : new long[] {0, 9, 10, 99, 100, 12345, 1_000_000, Long.MAX_VALUE}) {
        int digits = Decimal.digits(value);
        assertThat(Decimal.write(value, digits, at)).isEqualTo(at + digits);
        assertThat(new String(Mem.toArray(at, digits), StandardCharsets.US_ASCII))
            .isEqualTo(Long.toString(value));
      }
    }
  }
}
