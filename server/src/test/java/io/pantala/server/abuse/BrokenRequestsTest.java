package io.pantala.server.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.resp.LiveRedis;
import io.pantala.server.config.ServerConfig;
import io.pantala.server.config.Settings;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are no request: the client gets the error after the replies before it and loses its
/// connection; nobody else notices.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class BrokenRequestsTest {
  private static final int LINE_MAX = 64 * 1024;
  private static final int GARBAGE_CLIENTS = 200;
  private static final String GETS = "GET a\r\nGET b\r\nGET c\r\nPING\r\n";
  private static final String NILS = "$-1\r\n$-1\r\n$-1\r\n+PONG\r\n";

  private static Map<String, String> errors() {
    Map<String, String> errors = new LinkedHashMap<>();
    for (String count : List.of("2147483648", "x", "", "9223372036854775808", "1 ", "+1")) {
      errors.put("*" + count + "\r\n", "invalid multibulk length");
    }
    for (String length : List.of("-1", "536870913", "x", "", "9223372036854775807", "-2")) {
      errors.put("*2\r\n$3\r\nGET\r\n$" + length + "\r\n", "invalid bulk length");
    }
    errors.put("*1\r\n*1\r\n", "expected '$', got '*'");
    errors.put("*1\r\nPING\r\n", "expected '$', got 'P'");
    errors.put("*2\r\n$3\r\nGET\r\n:1\r\n", "expected '$', got ':'");
    errors.put("*2\r\n$3\r\nGETxx1\r\n", "expected '$', got '1'");
    errors.put("\"GET a\r\n", "unbalanced quotes in request");
    errors.put("x".repeat(LINE_MAX + 1), "too big inline request");
    errors.put("*" + "1".repeat(LINE_MAX), "too big mbulk count string");
    errors.put("*1\r\n$" + "1".repeat(LINE_MAX), "too big bulk count string");
    return errors;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void errorAfterTheRepliesAndTheEnd(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient bystander = server.client();
      for (Map.Entry<String, String> broken : errors().entrySet()) {
        try (RawClient client = new RawClient(server)) {
          client.write(GETS + broken.getKey());
          assertError(client, broken.getValue());
        }
        assertThat(bystander.runRaw("PING")).isEqualTo("+PONG\r\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theSameByteForByte(int shards) throws IOException {
    try (TestServer server = TestServer.start(shards)) {
      TestClient bystander = server.client();
      for (Map.Entry<String, String> broken : errors().entrySet()) {
        if (broken.getKey().length() < LINE_MAX) {
          try (RawClient client = new RawClient(server)) {
            client.writeEachByteAlone(GETS + broken.getKey());
            assertError(client, broken.getValue());
          }
        }
      }
      assertThat(bystander.runRaw("PING")).isEqualTo("+PONG\r\n");
    }
  }

  /// What a web page can make a browser send, and a server that takes it for commands must not run.
  /// redis-server drops the replies of the same read too.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PING\r\nPOST / HTTP/1.1\r\nHost: x\r\n\r\nSET a 1\r\n",
        "SET b 1\r\nGET b\r\nHost: x\r\nSET a 1\r\n",
        "post\r\nSET a 1\r\n",
        "*1\r\n$5\r\nHOST:\r\nSET a 1\r\n"
      })
  void anotherProtocolsRequestsEndTheConnection(String attack) throws IOException {
    for (int shards : new int[] {1, 3}) {
      try (TestServer server = TestServer.start(shards);
          RawClient client = new RawClient(server)) {
        client.write(attack);
        assertThat(client.readToEnd()).isEmpty();
        assertThat(server.client().runRaw("EXISTS", "a")).isEqualTo(":0\r\n");
      }
    }
  }

  @Test
  @Tag("oracle")
  void redisEndsTheConnectionToo() throws IOException {
    try (LiveRedis redis = LiveRedis.start()) {
      for (String attack : List.of("PING\r\nPOST /\r\nPING\r\n", "PING\r\nhost:\r\n")) {
        try (java.net.Socket socket =
            new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), redis.port())) {
          socket.getOutputStream().write(attack.getBytes(US_ASCII));
          assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
      }
    }
  }

  /// The error must end the input: bytes that nobody has read when a socket closes may cost the
  /// client the last reply.
  private static void assertError(RawClient client, String error) throws IOException {
    assertThat(client.readToEnd()).isEqualTo(NILS + "-ERR Protocol error: " + error + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void halfARequestWaitsForTheOtherHalf(int shards) throws IOException {
    String request = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n";
    try (TestServer server = TestServer.start(shards)) {
      TestClient bystander = server.client();
      for (int cut = 1; cut < request.length(); cut++) {
        try (RawClient client = new RawClient(server)) {
          client.write(GETS + request.substring(0, cut));
          assertThat(client.read(NILS.length())).isEqualTo(NILS);
          assertThat(bystander.runRaw("GET", "other")).isEqualTo("$-1\r\n");
          client.write(request.substring(cut) + "GET key\r\n");
          assertThat(client.read(16)).isEqualTo("+OK\r\n$5\r\nvalue\r\n");
        }
      }
    }
  }

  /// The end may come in one event with the last request.
  @ParameterizedTest
  @CsvSource({"1,AUTO", "3,AUTO", "1,NIO", "3,NIO"})
  void whoEndsItsSideGetsItsRepliesAndTheEnd(int shards, ServerConfig.Io io) throws IOException {
    ServerConfig base = TestServer.config(shards);
    ServerConfig config = base.with(Settings.IO, io.name());
    try (TestServer server = TestServer.start(config)) {
      for (int i = 0; i < GARBAGE_CLIENTS; i++) {
        try (RawClient client = new RawClient(server)) {
          client.write(GETS);
          client.endOutput();
          assertThat(client.readToEnd()).isEqualTo(NILS);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void garbageEndsOnlyItsOwnConnection(int shards) throws IOException {
    long seed = Long.getLong("seed", 7);
    SplittableRandom random = new SplittableRandom(seed);
    try (TestServer server = TestServer.start(shards)) {
      TestClient bystander = server.client();
      for (int i = 0; i < GARBAGE_CLIENTS; i++) {
        byte[] garbage = new byte[1 + random.nextInt(4000)];
        random.nextBytes(garbage);
        try (RawClient client = new RawClient(server)) {
          client.write(i % 2 == 0 ? "" : "*3\r\n$3\r\nSET\r\n");
          client.write(garbage);
          client.endOutput();
          client.readToEnd();
        } catch (java.net.SocketException e) {
          // The server was faster to close than this client to send.
        }
        assertThat(bystander.run("GET", "nothing")).as("-Dseed=%d, %d", seed, i).isNotNull();
      }
    }
  }
}
