package io.pantala.resp;

import static io.pantala.resp.LiveRedis.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RespReplyTest {
  private final NativeBuffer out = new NativeBuffer();
  private final RespReply reply = new RespReply(out);

  @AfterEach
  void close() {
    out.close();
    assertThat(NativeBuffer.allBytes()).isZero();
  }

  @Test
  void theSameInBothVersions() {
    expect("+OK\r\n", Reply::ok);
    expect("+QUEUED\r\n", r -> r.simple(latin1("QUEUED")));
    expect("-ERR no such key\r\n", r -> r.error(ErrorText.NO_SUCH_KEY));
    expect(":0\r\n", r -> r.integer(0));
    expect(":9\r\n", r -> r.integer(9));
    expect(":10\r\n", r -> r.integer(10));
    expect(":-1\r\n", r -> r.integer(-1));
    expect(":-9223372036854775808\r\n", r -> r.integer(Long.MIN_VALUE));
    expect("$0\r\n\r\n", r -> r.bulk(new byte[0]));
    expect("$3\r\na\r\n\r\n", r -> r.bulk(latin1("a\r\n")));
    expect("$1\r\n7\r\n", r -> r.bulkInteger(7));
    expect("$20\r\n-9223372036854775808\r\n", r -> r.bulkInteger(Long.MIN_VALUE));
    expect("*0\r\n", Reply::emptyArray);
    expect("*12\r\n", r -> r.array(12));
  }

  @Test
  void differentInEachVersion() {
    expect("$-1\r\n", "_\r\n", Reply::nil);
    expect("*-1\r\n", "_\r\n", Reply::nilArray);
    expect("*4\r\n", "%2\r\n", r -> r.map(2));
    expect("*2\r\n", "~2\r\n", r -> r.set(2));
    expect("*3\r\n", ">3\r\n", r -> r.push(3));
    expect(":1\r\n", "#t\r\n", r -> r.bool(true));
    expect(":0\r\n", "#f\r\n", r -> r.bool(false));
    expect("$1\r\n3\r\n", ",3\r\n", r -> r.doubleValue(3));
    expect("$19\r\n0.10000000000000001\r\n", ",0.10000000000000001\r\n", r -> r.doubleValue(0.1));
    expect("$4\r\n-inf\r\n", ",-inf\r\n", r -> r.doubleValue(Double.NEGATIVE_INFINITY));
    expect("$2\r\n12\r\n", "(12\r\n", r -> r.bigNumber(latin1("12")));
    expect("$2\r\nab\r\n", "=6\r\ntxt:ab\r\n", r -> r.verbatim(latin1("txt"), latin1("ab")));
  }

  @Test
  void lengthsThatAreKnownLater() {
    for (int count : new int[] {0, 1, 9, 10, 12345}) {
      Consumer<Reply> nested =
          r -> {
            long outer = r.lengthLater();
            r.integer(7);
            long inner = r.lengthLater();
            for (int i = 0; i < count; i++) {
              r.integer(i % 10);
            }
            r.arrayEnd(inner, count);
            r.arrayEnd(outer, 2);
          };
      StringBuilder expected = new StringBuilder("*2\r\n:7\r\n*" + count + "\r\n");
      for (int i = 0; i < count; i++) {
        expected.append(":" + i % 10 + "\r\n");
      }
      expect(expected.toString(), nested);
    }
    expect("*4\r\n", "%2\r\n", r -> r.mapEnd(r.lengthLater(), 2));
    expect("*20\r\n", "~20\r\n", r -> r.setEnd(r.lengthLater(), 20));
    expect("*10\r\n", "%5\r\n", r -> r.mapEnd(r.lengthLater(), 5));
  }

  @Test
  void everyLengthRoundTrips() throws IOException {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 5));
    List<Object> expected = new ArrayList<>();
    reply.resp3(true);
    for (int length = 0; length < 1100; length += 1 + length / 20) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      try (Block block = new Block(text)) {
        reply.bulk(block.address(), length);
        reply.bulk(text);
        reply.raw(out.address() + out.position() - length - 2, 0);
      }
      long value = random.nextLong() >> random.nextInt(64);
      double number = Double.longBitsToDouble(random.nextLong() | 1);
      reply.integer(value);
      reply.bulkInteger(value);
      reply.doubleValue(number);
      String string = new String(text, StandardCharsets.ISO_8859_1);
      expected.addAll(List.of(string, string, value, Long.toString(value), number));
    }
    RespDecoder decoder = decoder();
    for (Object object : expected) {
      assertThat(decoder.read()).isEqualTo(object);
    }
  }

  @Test
  void decoderReadsEveryKind() throws IOException {
    reply.resp3(true);
    reply.push(2);
    reply.simple(latin1("a"));
    reply.error(latin1("ERR b"));
    reply.map(1);
    reply.bigNumber(latin1("123456789012345678901"));
    reply.verbatim(latin1("txt"), latin1("c"));
    reply.set(1);
    reply.bool(true);
    reply.nil();
    RespDecoder decoder = decoder();
    Object status = new RespDecoder.Status("a");
    Object failure = new RespDecoder.Failure("ERR b");
    assertThat(decoder.read()).isEqualTo(new RespDecoder.Elements('>', List.of(status, failure)));
    Object number = new BigInteger("123456789012345678901");
    assertThat(decoder.read()).isEqualTo(Map.of(number, new RespDecoder.Verbatim("txt", "c")));
    assertThat(decoder.readRaw()).isEqualTo(latin1("~1\r\n#t\r\n"));
    assertThat(decoder.read()).isSameAs(RespDecoder.NIL);
  }

  /// `DEBUG PROTOCOL` makes redis-server send one reply of each kind.
  @Test
  @Tag("oracle")
  void asRedisServerWritesThem() throws IOException {
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client client = redis.connect()) {
      for (boolean resp3 : new boolean[] {false, true}) {
        client.call("HELLO", resp3 ? "3" : "2");
        reply.resp3(resp3);
        compare(client, "double", r -> r.doubleValue(3.141));
        compare(client, "null", Reply::nil);
        compare(client, "true", r -> r.bool(true));
        compare(client, "false", r -> r.bool(false));
        byte[] big = latin1("1234567999999999999999999999999999999");
        compare(client, "bignum", r -> r.bigNumber(big));
        byte[] text = latin1("This is a verbatim\nstring");
        compare(client, "verbatim", r -> r.verbatim(latin1("txt"), text));
        compare(client, "array", r -> elements(r, () -> r.array(3)));
        compare(client, "set", r -> elements(r, () -> r.set(3)));
        compare(client, "map", RespReplyTest::map);
      }
    }
  }

  private static void elements(Reply r, Runnable header) {
    header.run();
    for (int i = 0; i < 3; i++) {
      r.integer(i);
    }
  }

  private static void map(Reply r) {
    r.map(3);
    for (int i = 0; i < 3; i++) {
      r.integer(i);
      r.bool(i == 1);
    }
  }

  private void compare(LiveRedis.Client client, String kind, Consumer<Reply> write)
      throws IOException {
    out.clear();
    write.accept(reply);
    byte[] theirs = client.callRaw("DEBUG", "PROTOCOL", kind);
    assertThat(text()).as(kind).isEqualTo(new String(theirs, StandardCharsets.ISO_8859_1));
  }

  private void expect(String expected, Consumer<Reply> write) {
    expect(expected, expected, write);
  }

  private void expect(String resp2, String resp3, Consumer<Reply> write) {
    out.clear();
    reply.to(out, false);
    write.accept(reply);
    assertThat(text()).isEqualTo(resp2);
    out.clear();
    reply.to(out, true);
    write.accept(reply);
    assertThat(text()).isEqualTo(resp3);
  }

  private RespDecoder decoder() {
    byte[] bytes = Mem.toArray(out.address(), (int) out.position());
    return new RespDecoder(new ByteArrayInputStream(bytes));
  }

  private String text() {
    byte[] bytes = Mem.toArray(out.address(), (int) out.position());
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
