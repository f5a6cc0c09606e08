package io.pantala.resp;

import static io.pantala.resp.LiveRedis.latin1;
import static io.pantala.resp.LiveRedis.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What redis-server answers to requests of unknown commands shows how it parsed them: the same as
/// here.
@Tag("oracle")
@SuppressWarnings("NullAway.Init") // set before the first test
final class ProtocolOracleTest {
  private static final int ROUNDS = 1500;
  private static final int TIMEOUT_MS = 10_000;

  private static LiveRedis redis;

  @BeforeAll
  static void start() throws IOException {
    redis = LiveRedis.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (redis != null) {
      redis.close();
    }
  }

  @Test
  void fixedRequests() throws IOException {
    String[] inputs = {
      "*1\r\n\r\n",
      "*1\r\n\0\r\n",
      "*\r\n",
      "*2147483648\r\n",
      "*2147483647\r\nx\r\n",
      "*-9223372036854775808\r\nabG\r\n",
      "*-9223372036854775809\r\n",
      "*0\r\n*-1\r\n\r\nabG\r\n",
      "*1\r\n$-1\r\n",
      "*1\r\n$536870913\r\n",
      "*1\r\n$536870912\r\n",
      "*1\r\nx",
      "*1\r\nx\r",
      "*1\r\nx\rz",
      "*1\r\n\u00ff\r\n",
      "\"a\n",
      "foo 'a'b\n",
      "foo \"a\u000bb\" c\u000bd\n",
      "PI\0NG\r\nPING\r\n",
      "*1\r\n$6\r\nfoo\r\nx\r\n",
      "*1\r\n$5\r\nfoo\r\n\r\n",
      "*x\r\n",
      "*3\r\n$3\r\nfoo\r\n$3\r\na\nb\r\n$2\r\nc\0\r\n",
      "foo " + "x".repeat(200) + "\r\n",
      "foo " + "x".repeat(100) + " " + "y".repeat(100) + " z\r\n",
      "x".repeat(200) + " a\r\n",
      "\"fo o\\r\\n\" \"\\r\\nx\\r\\n\"\r\n",
      "foo \\x41 \"\\x4\" \"\\xg1\" \"\\\\\" '\\n\\''\r\n",
      "foo \f\u000b a\r\n",
      "foo\r\r\n",
      "foo \"a\" \"\r\n",
      "x".repeat(65536),
      "x".repeat(65537),
      "*" + "1".repeat(65535),
      "*" + "1".repeat(65536),
      "*1\r\n$" + "1".repeat(65536),
      "*1\r\n$" + "1".repeat(65535),
      "*1\r\n1" + "1".repeat(1000) + "\r\n",
      "*1\r\n$01\r\n",
      "foo \u00e9\r\n",
      "*1\r\r\n$3\r\nfoo\r\n",
      "*1\r\n$3\rxfooyz",
      "*2\r\n$3\r\nfoo\r\n$0\r\n\r\n"
    };
    for (String input : inputs) {
      compare(latin1(input), input.length() > 300 ? input.substring(0, 300) : input);
    }
  }

  @Test
  void randomRequests() throws IOException {
    long seed = Long.getLong("seed", 20261121);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = RandomRequests.next(new SplittableRandom(seed + round));
      compare(input, "-Dseed=" + (seed + round) + ": " + text(input));
    }
  }

  @Test
  void limitsBeforeAuthentication() throws IOException {
    try (LiveRedis locked = LiveRedis.start("--requirepass", "secret");
        LiveRedis.Client client = locked.connect();
        LiveRedis.Client other = locked.connect()) {
      client.send(latin1("*11\r\n"));
      expect(client.readRaw(), ProtocolError.text(ProtocolError.UNAUTHENTICATED_COUNT));
      assertThat(client.isClosed()).isTrue();
      expect(other.callRaw("GET", "a"), ErrorText.NO_AUTH);
      expect(other.callRaw("HELLO", "3"), ErrorText.NO_AUTH_HELLO);
      expect(other.callRaw("AUTH", "wrong"), ErrorText.WRONG_PASS);
      other.send(latin1("*1\r\n$16385\r\n"));
      expect(other.readRaw(), ProtocolError.text(ProtocolError.UNAUTHENTICATED_BULK_LENGTH));
      assertThat(other.isClosed()).isTrue();
    }
  }

  private static void expect(byte[] reply, byte[] error) {
    assertThat(text(reply)).isEqualTo("-" + text(error) + "\r\n");
  }

  private static void compare(byte[] input, String what) throws IOException {
    assertThat(ours(input)).as(what).isEqualTo(theirs(input));
  }

  /// All answers to the input, up to the end of the connection.
  private static String theirs(byte[] input) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(input);
      socket.shutdownOutput();
      return text(socket.getInputStream().readAllBytes());
    }
  }

  private static String ours(byte[] input) {
    Parsed parsed = Parsed.whole(input);
    StringBuilder replies = new StringBuilder();
    for (List<String> request : parsed.requests()) {
      if (!request.isEmpty()) {
        replies.append('-').append(unknownCommand(request)).append("\r\n");
      }
    }
    if (parsed.error() < 0) {
      replies.append('-').append(text(ProtocolError.text(parsed.error()))).append("\r\n");
    }
    return replies.toString();
  }

  private static String unknownCommand(List<String> request) {
    Args args = new Args();
    try (Block block = new Block(request(request.toArray(String[]::new)))) {
      new RequestParser().parse(block.address(), block.length(), args);
      return text(ErrorText.unknownCommand(args));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
