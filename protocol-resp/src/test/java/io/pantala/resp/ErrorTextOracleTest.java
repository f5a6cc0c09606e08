package io.pantala.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Every error text here is what redis-server says.
@Tag("oracle")
final class ErrorTextOracleTest {
  @Test
  void textsOfRedis() throws IOException {
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client client = redis.connect()) {
      run(client, "SET s x", "RPUSH l a", "HSET h f x", "ZADD z 1 a");
      strings(client);
      collections(client);
      transactions(client);
      connections(client);
    }
  }

  private static void strings(LiveRedis.Client client) throws IOException {
    expect(client, "LPUSH s a", ErrorText.WRONG_TYPE);
    expect(client, "SET s 1 EX", ErrorText.SYNTAX);
    expect(client, "SET s 1 EX 0", ErrorText.invalidExpire("set"));
    expect(client, "SETEX s 0 a", ErrorText.invalidExpire("setex"));
    expect(client, "EXPIRE s 9223372036854775807", ErrorText.invalidExpire("expire"));
    expect(client, "SET s 1 EX a", ErrorText.NOT_AN_INTEGER);
    expect(client, "INCR s", ErrorText.NOT_AN_INTEGER);
    expect(client, "INCRBYFLOAT s 1", ErrorText.NOT_A_FLOAT);
    expect(client, "RENAME missing x", ErrorText.NO_SUCH_KEY);
    expect(client, "SETRANGE s -1 a", ErrorText.OFFSET_OUT_OF_RANGE);
    expect(client, "SETRANGE s 536870912 a", ErrorText.STRING_TOO_LONG);
    expect(client, "SETBIT s a 1", ErrorText.BIT_OFFSET);
    expect(client, "SETBIT s 1 2", ErrorText.BIT_VALUE);
    run(client, "SET i 9223372036854775807");
    expect(client, "INCR i", ErrorText.OVERFLOW);
    expect(client, "DECRBY i -9223372036854775808", ErrorText.DECREMENT_OVERFLOW);
    expect(client, "INCRBYFLOAT i inf", ErrorText.NAN_OR_INFINITY);
  }

  private static void collections(LiveRedis.Client client) throws IOException {
    expect(client, "LSET l 5 a", ErrorText.INDEX_OUT_OF_RANGE);
    expect(client, "LPOP l -1", ErrorText.NOT_POSITIVE);
    expect(client, "HINCRBY h f 1", ErrorText.HASH_VALUE_NOT_AN_INTEGER);
    expect(client, "HINCRBYFLOAT h f 1", ErrorText.HASH_VALUE_NOT_A_FLOAT);
    expect(client, "ZRANGEBYSCORE z a b", ErrorText.SCORE_RANGE);
    expect(client, "ZRANGEBYLEX z a b", ErrorText.STRING_RANGE);
    expect(client, "LMPOP 0 a LEFT", ErrorText.NUMBER_OF_KEYS);
    expect(client, "SCAN a", ErrorText.INVALID_CURSOR);
    expect(client, "BLPOP none a", ErrorText.TIMEOUT_NOT_A_FLOAT);
    expect(client, "BLPOP none -1", ErrorText.TIMEOUT_NEGATIVE);
    expect(client, "EVALSHA " + "a".repeat(40) + " 0", ErrorText.NO_SCRIPT);
  }

  private static void transactions(LiveRedis.Client client) throws IOException {
    expect(client, "EXEC", ErrorText.EXEC_WITHOUT_MULTI);
    expect(client, "DISCARD", ErrorText.DISCARD_WITHOUT_MULTI);
    run(client, "MULTI");
    expect(client, "MULTI", ErrorText.NESTED_MULTI);
    expect(client, "WATCH a", ErrorText.WATCH_IN_MULTI);
    expect(client, "GET", ErrorText.wrongArity("get"));
    expect(client, "EXEC", ErrorText.EXEC_ABORT);
  }

  private static void connections(LiveRedis.Client client) throws IOException {
    expect(client, "CONFIG GET", ErrorText.wrongArity("config|get"));
    expect(client, "config foo\r bar", unknownSubcommand("config", "foo\r", "bar"));
    expect(client, "SELECT 99", ErrorText.DATABASE_INDEX);
    expect(client, "AUTH a", ErrorText.NO_PASSWORD_SET);
    expect(client, "AUTH a b", ErrorText.WRONG_PASS);
    expect(client, "HELLO 4", ErrorText.NO_PROTO);
    expect(client, "HELLO a", ErrorText.PROTOCOL_VERSION);
    run(client, "CONFIG SET maxmemory 1");
    expect(client, "SET a b", ErrorText.OUT_OF_MEMORY);
    run(client, "CONFIG SET maxmemory 0", "ACL SETUSER x on >p +get +subscribe +config|get");
    run(client, "AUTH x p");
    expect(client, "GET a", ErrorText.NO_PERMISSION_KEY);
    expect(client, "SET a b", ErrorText.noPermission("set"));
    expect(client, "CONFIG SET a b", ErrorText.noPermission("config|set"));
    run(client, "RESET", "SUBSCRIBE c");
    expect(client, "GET a", ErrorText.notWhileSubscribed("get"));
  }

  private static byte[] unknownSubcommand(String... request) {
    Args args = new Args();
    try (Block block = new Block(LiveRedis.request(request))) {
      new RequestParser().parse(block.address(), block.length(), args);
      return ErrorText.unknownSubcommand(args);
    }
  }

  private static void run(LiveRedis.Client client, String... commands) throws IOException {
    for (String command : commands) {
      Object reply = client.call(command.split(" ", -1));
      assertThat(reply).as(command).isNotInstanceOf(RespDecoder.Failure.class);
    }
  }

  private static void expect(LiveRedis.Client client, String command, byte[] error)
      throws IOException {
    byte[] reply = client.callRaw(command.split(" ", -1));
    assertThat(new String(reply, StandardCharsets.ISO_8859_1))
        .as(command)
        .isEqualTo("-" + new String(error, StandardCharsets.ISO_8859_1) + "\r\n");
  }
}
