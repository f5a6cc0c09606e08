package io.pantala.server.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Commands about the server whose replies follow from their arguments, against a live
/// redis-server.
@Tag("oracle")
@ExtendWith(NativeMemoryCheck.class)
final class ServerCommandsOracleTest {
  private static final String[] COMMANDS = {
    "SLOWLOG GET x",
    "SLOWLOG GET -2",
    "SLOWLOG GET 1 2",
    "SLOWLOG NOSUCH",
    "SLOWLOG RESET",
    "SLOWLOG LEN 1",
    "LATENCY HISTORY",
    "LATENCY HISTORY nothing",
    "LATENCY GRAPH nothing",
    "LATENCY RESET nothing",
    "LATENCY RESET",
    "LATENCY LATEST",
    "LATENCY DOCTOR x",
    "LATENCY HISTOGRAM nothing",
    "LATENCY NOSUCH",
    "ACL CAT nothing",
    "ACL CAT",
    "ACL WHOAMI",
    "ACL WHOAMI x",
    "ACL USERS",
    "ACL LIST",
    "ACL GETUSER default",
    "ACL GETUSER nobody",
    "ACL DRYRUN default GET a",
    "ACL DRYRUN nobody GET a",
    "ACL DRYRUN default NOSUCH",
    "ACL DRYRUN default GET",
    "ACL GENPASS 0",
    "ACL GENPASS x",
    "ACL GENPASS 4097",
    "ACL LOAD",
    "ACL SAVE",
    "ACL DELUSER default",
    "ACL DELUSER nobody",
    "MEMORY NOSUCH",
    "MEMORY PURGE",
    "MEMORY PURGE x",
    "LOLWUT VERSION x",
    "ROLE",
    "ROLE x",
    "LASTSAVE x",
    "COMMAND LIST FILTERBY ACLCAT nothing",
    "COMMAND LIST FILTERBY MODULE nothing",
    "COMMAND LIST FILTERBY PATTERN nothing*",
    "COMMAND LIST FILTERBY NOTHING x",
    "COMMAND LIST FILTERBY",
    "COMMAND LIST nothing",
    "COMMAND GETKEYSANDFLAGS SET a b",
    "COMMAND GETKEYSANDFLAGS MSET a b c d",
    "COMMAND GETKEYSANDFLAGS COPY a b",
    "COMMAND GETKEYSANDFLAGS PING",
    "COMMAND GETKEYS NOSUCH a",
    "COMMAND GETKEYS GET a b",
    "COMMAND GETKEYS PING x",
    "COMMAND DOCS nosuch",
    "COMMAND INFO nosuch",
    "COMMAND COUNT x",
    "DEBUG NOSUCH",
    "DEBUG",
    "DEBUG OBJECT nosuch",
    "DEBUG PROTOCOL string",
    "DEBUG PROTOCOL integer",
    "DEBUG PROTOCOL double",
    "DEBUG PROTOCOL bignum",
    "DEBUG PROTOCOL null",
    "DEBUG PROTOCOL array",
    "DEBUG PROTOCOL set",
    "DEBUG PROTOCOL map",
    "DEBUG PROTOCOL attrib",
    "DEBUG PROTOCOL push",
    "DEBUG PROTOCOL verbatim",
    "DEBUG PROTOCOL true",
    "DEBUG PROTOCOL false",
    "DEBUG PROTOCOL nosuch",
    "DEBUG ERROR OWN",
    "DEBUG LOG hello",
    "DEBUG SET-ACTIVE-EXPIRE 0",
    "DEBUG SET-ACTIVE-EXPIRE 1",
    "DEBUG HTSTATS x",
    "DEBUG HTSTATS 99",
    "INFO nothing",
    "PING"
  };

  @Test
  void answersAsRedis() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client oracle = redis.connect();
        TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      for (String protocol : new String[] {"2", "3"}) {
        oracle.callRaw("HELLO", protocol);
        client.runRaw("HELLO", protocol);
        for (String command : COMMANDS) {
          String[] words = command.split(" ");
          softly
              .assertThat(replies(client, words))
              .as("%s in RESP%s", command, protocol)
              .isEqualTo(replies(oracle, words));
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void describesValuesAsRedis() throws IOException {
    try (LiveRedis redis = LiveRedis.start();
        LiveRedis.Client oracle = redis.connect();
        TestServer server = TestServer.start(2)) {
      TestClient client = server.client();
      for (String value : new String[] {"b", "12", "300", "-70000", "9999999999", "0x12345678"}) {
        String[] set = {"SET", "key", value};
        oracle.callRaw(set);
        client.runRaw(set);
        assertThat(object(client.runRaw("DEBUG", "OBJECT", "key")))
            .as(value)
            .isEqualTo(object(new String(oracle.callRaw("DEBUG", "OBJECT", "key"), ISO_8859_1)));
      }
    }
  }

  /// Without what is an address, and without the clock.
  private static String object(String reply) {
    return reply.replaceAll("at:0x[0-9a-f]+", "at:").replaceAll("lru:\\d+", "lru:");
  }

  /// A push comes with the reply behind it.
  private static String replies(TestClient client, String[] words) throws IOException {
    String reply = client.runRaw(words);
    return reply.startsWith(">") ? reply + client.readRaw() : reply;
  }

  private static String replies(LiveRedis.Client client, String[] words) throws IOException {
    String reply = new String(client.callRaw(words), ISO_8859_1);
    return reply.startsWith(">") ? reply + new String(client.readRaw(), ISO_8859_1) : reply;
  }
}
