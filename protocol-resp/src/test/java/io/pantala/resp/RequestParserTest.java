package io.pantala.resp;

import static io.pantala.resp.LiveRedis.latin1;
import static io.pantala.resp.LiveRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestParserTest {
  private static final String STREAM =
      String.join(
          "",
          "*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n",
          "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$12\r\nhello\r\nworld\r\n",
          "*0\r\n*-1\r\n\r\n\n   \r\n",
          "ping\r\nset  k \"a b\\x41\\n\\\"c\"\t'it\\'s \\n'\n",
          "a\"b c\" x'y z' \"\" ''\r\n",
          "*1\r\n$20\r\n12345678901234567890\r\n");

  @Test
  void findsRequests() {
    Parsed parsed = Parsed.whole(latin1(STREAM));
    assertThat(parsed.error()).isZero();
    assertThat(parsed.left()).isZero();
    assertThat(parsed.requests())
        .containsExactly(
            List.of("GET", "key"),
            List.of("SET", "", "hello\r\nworld"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("ping"),
            List.of("set", "k", "a bA\n\"c", "it's \\n"),
            List.of("ab c", "xy z", "", ""),
            List.of("12345678901234567890"));
  }

  @Test
  void everySplitIsTheSame() {
    byte[] input = latin1(STREAM);
    Parsed whole = Parsed.whole(input);
    for (int split = 1; split < input.length; split++) {
      int first = split;
      Parsed parsed =
          Parsed.of(input, new RequestParser(), fed -> fed == 0 ? first : input.length, 0);
      assertThat(parsed).as("split at %d", split).isEqualTo(whole);
    }
    assertThat(Parsed.of(input, new RequestParser(), fed -> 1, '1')).isEqualTo(whole);
  }

  @Test
  void tellsHowMuchIsMissing() {
    RequestParser parser = new RequestParser();
    Args args = new Args();
    try (Block block = new Block(latin1("*2\r\n$3\r\nSET\r\n$1000\r\nabc"))) {
      assertThat(parser.parse(block.address(), block.length(), args)).isZero();
      assertThat(parser.wanted()).isEqualTo(999);
    }
    byte[] more = latin1("*2\r\n$3\r\nSET\r\n$1000\r\nabc" + "d".repeat(900));
    try (Block block = new Block(more)) {
      assertThat(parser.parse(block.address(), block.length(), args)).isZero();
      assertThat(parser.wanted()).isEqualTo(99);
    }
  }

  @Test
  void millionArgumentsInPieces() {
    StringBuilder text = new StringBuilder("*1000000\r\n");
    for (int i = 0; i < 1_000_000; i++) {
      text.append("$1\r\n").append((char) ('a' + i % 26)).append("\r\n");
    }
    byte[] input = latin1(text.toString());
    RequestParser parser = new RequestParser();
    Args args = new Args();
    try (Block block = new Block(input)) {
      long used = 0;
      for (int there = 0; used == 0; there += 16384) {
        used = parser.parse(block.address(), Math.min(there, input.length), args);
      }
      assertThat(used).isEqualTo(input.length);
    }
    assertThat(args.count()).isEqualTo(1_000_000);
    assertThat(args.length(999_999)).isEqualTo(1);
    assertThat(args.address(999_999) - args.base()).isEqualTo(input.length - 3);
  }

  @Test
  void errors() {
    expect("*1\r\n\r\n", "expected '$', got ' '");
    expect("*1\r\nx\rz", "expected '$', got 'x'");
    expect("*1\r\n\u00ff\r\n", "expected '$', got '\u00ff'");
    expect("*\r\n", "invalid multibulk length");
    expect("*01\r\n", "invalid multibulk length");
    expect("*+1\r\n", "invalid multibulk length");
    expect("*2147483648\r\n", "invalid multibulk length");
    expect("*99999999999999999999\r\n", "invalid multibulk length");
    expect("*1\r\n$-1\r\n", "invalid bulk length");
    expect("*1\r\n$536870913\r\n", "invalid bulk length");
    expect("*1\r\n$x\r\n", "invalid bulk length");
    expect("\"a\n", "unbalanced quotes in request");
    expect("'a'b\n", "unbalanced quotes in request");
    expect("x".repeat(65537), "too big inline request");
    expect("*" + "1".repeat(65536), "too big mbulk count string");
    expect("*1\r\n$" + "1".repeat(65536), "too big bulk count string");
    expect("*1\r\n1" + "1".repeat(65536), "too big bulk count string");
    assertThat(Parsed.whole(latin1("x".repeat(65536))).error()).isZero();
  }

  @Test
  void limitsBeforeAuthentication() {
    RequestParser parser = new RequestParser();
    parser.authenticated(false);
    byte[] ten = request("a", "b", "c", "d", "e", "f", "g", "h", "i", "x".repeat(16384));
    assertThat(Parsed.of(ten, parser, fed -> 100_000, 0).requests()).hasSize(1);
    assertThat(text(Parsed.of(latin1("*11\r\n"), parser, fed -> 9, 0)))
        .isEqualTo("ERR Protocol error: unauthenticated multibulk length");
    assertThat(text(Parsed.of(latin1("*1\r\n$16385\r\n"), parser, fed -> 99, 0)))
        .isEqualTo("ERR Protocol error: unauthenticated bulk length");
  }

  @Test
  void bulkLimitIsConfigured() {
    RequestParser parser = new RequestParser();
    parser.maxBulkBytes(Long.MAX_VALUE);
    byte[] input = latin1("*1\r\n$4611686018427387903\r\n");
    assertThat(Parsed.of(input, parser, fed -> 99, 0).error()).isZero();
    assertThat(parser.wanted()).isEqualTo((1L << 62) + 1);
    parser = new RequestParser();
    parser.maxBulkBytes(3);
    assertThat(Parsed.of(request("abc"), parser, fed -> 99, 0).requests()).hasSize(1);
    assertThat(Parsed.of(request("abcd"), parser, fed -> 99, 0).error())
        .isEqualTo(ProtocolError.INVALID_BULK_LENGTH);
  }

  @Test
  void bigRequestsDoNotKeepTheirArrays() {
    String[] many = new String[5000];
    Arrays.fill(many, "x");
    byte[] input = request(many);
    RequestParser parser = new RequestParser();
    assertThat(Parsed.of(input, parser, fed -> 100, 0).requests()).hasSize(1);
    assertThat(Parsed.of(request("GET", "k"), parser, fed -> 1, 0).requests())
        .containsExactly(List.of("GET", "k"));
  }

  private static void expect(String input, String error) {
    Parsed parsed = Parsed.whole(latin1(input));
    assertThat(parsed.error()).as(input).isNegative();
    assertThat(text(parsed)).isEqualTo("ERR Protocol error: " + error);
  }

  private static String text(Parsed parsed) {
    return new String(ProtocolError.text(parsed.error()), StandardCharsets.ISO_8859_1);
  }
}
