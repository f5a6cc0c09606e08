package io.pantala.resp;

import static io.pantala.resp.LiveRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.text.DoubleText;
import io.pantala.core.text.LongDouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Numbers are read, added and printed as redis-server does.
@Tag("oracle")
final class NumberOracleTest {
  private static final int BATCHES = 40;
  private static final int BATCH = 200;

  private static final String[] TEXTS = {
    "",
    " 1",
    "1 ",
    "+1",
    "-1",
    "+",
    "-",
    ".",
    "1.",
    ".1",
    "1e",
    "1e+",
    "1e1",
    "1E-2",
    "0x10",
    "0X1.8P3",
    "0x",
    "0x.",
    "0x.8",
    "0x1p",
    "0x1.p1",
    "inf",
    "-inf",
    "+INF",
    "infinity",
    "Infinit",
    "nan",
    "-nan",
    "nan(a1)",
    "1e400",
    "-1e400",
    "1e308",
    "1.8e308",
    "1e-400",
    "1e-323",
    "1e-324",
    "2.5e-324",
    "2.4e-324",
    "0e999999999999",
    "1e5000",
    "1e4932",
    "1.2e4932",
    "-1e-4940",
    "1e-4951",
    "1e-4960",
    "3.0",
    "10.5e3",
    "1\0",
    "1d",
    "1f",
    "0b1",
    "1_0",
    "--1",
    "0.1",
    "0x1.fffffffffffffffp0",
    "0x1.fffffffffffffffep0",
    "0x1.ffffffffffffffffp0",
    "0x1p-1074",
    "0x1p-1075",
    "0x1.8p-1075",
    "0x1p16384",
    "0x1p-16445",
    "0x1p-16446",
    "0x1.8p-16446",
    "12345678901234567890123",
    "9007199254740993",
    "-0",
    "-0.0",
    "1".repeat(5119),
    "1".repeat(5120),
    "0." + "0".repeat(5000) + "1",
    "0".repeat(300) + "7",
    "1e+0005",
    "1e99999999999999999999"
  };

  @Test
  void incrByFloat() throws IOException {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 3));
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client client = redis.connect()) {
      List<String[]> pairs = new ArrayList<>();
      for (String text : TEXTS) {
        pairs.add(new String[] {"1", text});
        pairs.add(new String[] {text, "1e-19"});
        pairs.add(new String[] {text, text});
      }
      compareSums(client, pairs);
      for (int i = 0; i < BATCHES; i++) {
        pairs.clear();
        for (int j = 0; j < BATCH; j++) {
          pairs.add(new String[] {number(random), number(random)});
        }
        compareSums(client, pairs);
      }
    }
  }

  private static void compareSums(LiveRedis.Client client, List<String[]> pairs)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String[] pair : pairs) {
      out.writeBytes(request("SET", "k", pair[0]));
      out.writeBytes(request("INCRBYFLOAT", "k", pair[1]));
    }
    client.send(out.toByteArray());
    for (String[] pair : pairs) {
      client.read();
      Object theirs = client.read();
      String reply =
          theirs instanceof RespDecoder.Failure failure ? failure.text() : theirs.toString();
      assertThat(sum(pair[0], pair[1])).as("%s + %s", pair[0], pair[1]).isEqualTo(reply);
    }
  }

  private static String sum(String a, String b) {
    try (Block left = new Block(LiveRedis.latin1(a));
        Block right = new Block(LiveRedis.latin1(b))) {
      LongDouble x = LongDouble.parse(left.address(), left.length());
      LongDouble y = LongDouble.parse(right.address(), right.length());
      if (x == null || y == null) {
        return text(ErrorText.NOT_A_FLOAT);
      }
      LongDouble sum = x.plus(y);
      return sum == null || !sum.isFinite() ? text(ErrorText.NAN_OR_INFINITY) : sum.toString();
    }
  }

  @Test
  void scores() throws IOException {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 4));
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client client = redis.connect()) {
      compareScores(client, List.of(TEXTS));
      for (int i = 0; i < BATCHES; i++) {
        List<String> texts = new ArrayList<>();
        for (int j = 0; j < BATCH; j++) {
          texts.add(random.nextBoolean() ? anyDouble(random) : number(random));
        }
        compareScores(client, texts);
      }
    }
  }

  private static void compareScores(LiveRedis.Client client, List<String> texts)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String text : texts) {
      out.writeBytes(request("DEL", "z"));
      out.writeBytes(request("ZADD", "z", text, "m"));
      out.writeBytes(request("ZSCORE", "z", "m"));
    }
    client.send(out.toByteArray());
    for (String text : texts) {
      client.read();
      Object added = client.read();
      Object score = client.read();
      String expected = added instanceof RespDecoder.Failure f ? f.text() : score.toString();
      assertThat(reread(text)).as(text).isEqualTo(expected);
    }
  }

  /// The text read and printed; a zero without its sign, which a small sorted set does not keep.
  private static String reread(String text) {
    try (Block block = new Block(LiveRedis.latin1(text));
        Block out = new Block(new byte[DoubleText.MAX_BYTES])) {
      double value = DoubleText.parse(block.address(), block.length());
      if (Double.isNaN(value)) {
        return text(ErrorText.NOT_A_FLOAT);
      }
      int length = DoubleText.write(out.address(), value == 0 ? 0 : value);
      return text(Mem.toArray(out.address(), length));
    }
  }

  @Test
  void rangeBounds() throws IOException {
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client client = redis.connect()) {
      double[] probes = {-1e300, -1, 0, 0.1, 1, 16, 1e300, Double.POSITIVE_INFINITY};
      for (int i = 0; i < probes.length; i++) {
        client.call("ZADD", "z", i == probes.length - 1 ? "inf" : "" + probes[i], "m" + i);
      }
      for (String text : TEXTS) {
        Object reply = client.call("ZCOUNT", "z", text, "+inf");
        String expected = reply instanceof RespDecoder.Failure f ? f.text() : reply.toString();
        assertThat(atLeast(text, probes)).as(text).isEqualTo(expected);
      }
    }
  }

  private static String atLeast(String text, double[] probes) {
    try (Block block = new Block(LiveRedis.latin1(text))) {
      double bound = DoubleText.parseBound(block.address(), block.length());
      if (Double.isNaN(bound)) {
        return text(ErrorText.SCORE_RANGE);
      }
      long count = Arrays.stream(probes).filter(probe -> probe >= bound).count();
      return Long.toString(count);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String anyDouble(SplittableRandom random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? Double.toHexString(value) : "0x10";
  }

  /// Decimal numbers of many shapes.
  private static String number(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    digits(random, text, random.nextInt(1, random.nextBoolean() ? 6 : 25));
    if (random.nextInt(3) > 0) {
      digits(random, text.append('.'), random.nextInt(1, random.nextBoolean() ? 4 : 25));
    }
    switch (random.nextInt(8)) {
      case 0 -> text.append('e').append(random.nextInt(-30, 30));
      case 1 -> text.append('e').append(random.nextInt(-5000, 5000));
      default -> {}
    }
    return text.toString();
  }

  private static void digits(SplittableRandom random, StringBuilder text, int count) {
    boolean nines = random.nextInt(8) == 0;
    for (int i = 0; i < count; i++) {
      text.append(nines ? 9 : random.nextInt(10));
    }
  }
}
