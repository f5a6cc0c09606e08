package io.pantala.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.server.config.Settings;
import io.pantala.server.http.RawHttp.Response;
import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP on the port of RESP: which connections it is spoken on, and what is answered there.
@Timeout(120)
@ExtendWith(NativeMemoryCheck.class)
final class HttpTest {
  private static final String OK = "HTTP/1.1 200 OK";

  @ParameterizedTest
  @CsvSource({"1,AUTO", "3,AUTO", "2,NIO"})
  void answersOnOneConnection(int shards, String io) throws IOException {
    try (TestServer server = TestServer.start(TestServer.config(shards).with(Settings.IO, io));
        RawHttp http = new RawHttp(server.server().port())) {
      for (int i = 0; i < 3; i++) {
        Response health = http.get("/health");
        assertThat(health.status()).isEqualTo(OK);
        assertThat(health.body()).isEqualTo("OK\n");
        assertThat(health.has("Connection: keep-alive")).isTrue();
        assertThat(http.get("/").body()).contains("<title>Pantala</title>").doesNotContain("{{");
        assertThat(http.get("/status.json?x=1").body()).startsWith("{\"version\":\"");
        assertThat(http.get("/metrics").body()).contains("\ndragonfly_connected_clients 1.0\n");
        assertThat(http.get("/metrics/").status()).isEqualTo("HTTP/1.1 404 Not Found");
        Response head = http.exchange("HEAD /health HTTP/1.1");
        assertThat(head.has("Content-Length: 3")).isTrue();
      }
    }
  }

  @Test
  void answersInTheOrderOfThePipeline() throws IOException {
    try (TestServer server = TestServer.start(2);
        RawHttp http = new RawHttp(server.server().port())) {
      String head = " HTTP/1.1\r\nHost: x\r\n\r\n";
      http.write("GET /metrics" + head + "\r\nGET /health" + head + "GET /nothing" + head);
      assertThat(http.read(true).body()).startsWith("# HELP");
      assertThat(http.read(true).body()).isEqualTo("OK\n");
      assertThat(http.read(true).status()).contains("404");
    }
  }

  @Test
  void takesARequestByteByByte() throws IOException {
    try (TestServer server = TestServer.start(1);
        RawHttp http = new RawHttp(server.server().port())) {
      for (char c : "GET /health HTTP/1.1\r\nHost: x\r\n\r\n".toCharArray()) {
        http.write(Character.toString(c));
      }
      assertThat(http.read(true).body()).isEqualTo("OK\n");
    }
  }

  @Test
  void closesWhenTheClientWantsIt() throws IOException {
    try (TestServer server = TestServer.start(1)) {
      for (String head : new String[] {"1.1\r\nHost: x\r\nConnection: close", "1.0"}) {
        for (String path : new String[] {"/health", "/metrics"}) {
          try (RawHttp http = new RawHttp(server.server().port())) {
            http.write("GET " + path + " HTTP/" + head + "\r\n\r\n");
            assertThat(http.readToEnd()).startsWith(OK).contains("\r\nConnection: close\r\n");
          }
        }
      }
      try (RawHttp http = new RawHttp(server.server().port())) {
        http.write("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(http.read(true).has("Connection: keep-alive")).isTrue();
      }
    }
  }

  /// Each is answered and ends its connection: where the next request would begin is not known.
  @ParameterizedTest
  @CsvSource({
    "400,'GET /health HTTP/1.1\r\n\r\n'",
    "400,'GET /health HTTP/1.1\nHost: x\n\n'",
    "400,'GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n'",
    "400,'GET /health HTTP/1.1\r\nHost: x\r\nb\u0001d: y\r\n\r\n'",
    "405,'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nPING\r\n'",
    "405,'DELETE / HTTP/1.1\r\nHost: x\r\n\r\n'",
    "413,'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nPING'",
    "413,'GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'",
  })
  void refusesWhatItDoesNotSpeak(int status, String request) throws IOException {
    try (TestServer server = TestServer.start(1);
        RawHttp http = new RawHttp(server.server().port())) {
      http.write(request);
      assertThat(http.readToEnd())
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\r\nConnection: close\r\n")
          .doesNotContain("PONG");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesWhatIsTooLong(boolean isWhole) throws IOException {
    String end = isWhole ? " HTTP/1.1\r\nHost: x\r\n\r\n" : "";
    try (TestServer server = TestServer.start(1)) {
      try (RawHttp http = new RawHttp(server.server().port())) {
        assertThat(http.get("/health").status()).isEqualTo(OK);
        http.write("GET /" + "a".repeat(4_096) + end);
        assertThat(http.readToEnd()).startsWith("HTTP/1.1 414 URI Too Long\r\n");
      }
      try (RawHttp http = new RawHttp(server.server().port())) {
        http.write(
            "GET / HTTP/1.1\r\nHost: x\r\n"
                + ("X-long: " + "a".repeat(100) + "\r\n").repeat(130)
                + (isWhole ? "\r\n" : "X-last: no end"));
        assertThat(http.readToEnd()).startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n");
      }
    }
  }

  @Test
  void asksForThePassword() throws IOException {
    try (TestServer server =
            TestServer.start(TestServer.config(1).with(Settings.REQUIREPASS, "se:cret"));
        RawHttp http = new RawHttp(server.server().port())) {
      Response response = http.get("/metrics");
      assertThat(response.status()).isEqualTo("HTTP/1.1 401 Unauthorized");
      assertThat(response.has("WWW-Authenticate: Basic realm=\"pantala\", charset=\"UTF-8\""))
          .isTrue();
      assertThat(http.get("/health", basic("default:se:cret")).status()).isEqualTo(OK);
      assertThat(http.get("/health", basic(":se:cret")).status()).isEqualTo(OK);
      assertThat(http.get("/health").status()).contains("401");
      for (String wrong :
          new String[] {
            basic("default:secret"),
            basic("other:se:cret"),
            basic("se:cret"),
            basic(""),
            "Authorization: Basic ***\r\n",
            "Authorization: Bearer se:cret\r\n"
          }) {
        assertThat(http.get("/health", wrong).status()).as(wrong).contains("401");
      }
    }
  }

  private static String basic(String user) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(user.getBytes(UTF_8))
        + "\r\n";
  }

  /// A first line that is no request line of HTTP is RESP, whatever it begins like.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET a\r\n",
        "GET HTTP/1.1\r\n",
        "get\ta\r\n",
        "GET a-HTTP/1.1\r\n",
        "*2\r\n$3\r\nGET\r\n$13\r\n/x HTTP/1.1\r\n\r\n",
        "GET ' HTTP/1.1'\r\n"
      })
  void respIsRespThough(String request) throws IOException {
    try (TestServer server = TestServer.start(2);
        RawHttp client = new RawHttp(server.server().port())) {
      for (char c : (request + "PING\r\nQUIT\r\n").toCharArray()) {
        client.write(Character.toString(c));
      }
      assertThat(client.readToEnd()).isEqualTo("$-1\r\n+PONG\r\n+OK\r\n");
    }
  }

  @Test
  void aLongFirstLineIsResp() throws IOException {
    String key = "k".repeat(2_000);
    try (TestServer server = TestServer.start(1);
        RawHttp client = new RawHttp(server.server().port())) {
      client.write("GET " + key + " HTTP/1.1\r\nPING\r\nQUIT\r\n");
      assertThat(client.readToEnd()).contains("wrong number of arguments").endsWith("+OK\r\n");
    }
  }

  @Test
  void offMeansResp() throws IOException {
    try (TestServer server =
            TestServer.start(TestServer.config(1).with(Settings.PRIMARY_PORT_HTTP_ENABLED, "no"));
        RawHttp client = new RawHttp(server.server().port())) {
      client.write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.readToEnd()).doesNotContain("HTTP");
    }
  }

  /// Requests of HTTP are no commands, and what they ask disturbs no other client.
  @Test
  void countsNoCommands() throws IOException {
    try (TestServer server = TestServer.start(2);
        RawHttp http = new RawHttp(server.server().port())) {
      TestClient client = server.client();
      client.run("SET", "a", "1");
      long commands =
          server.server().threads().threads().stream()
              .mapToLong(thread -> thread.stats().commands())
              .sum();
      assertThat(http.get("/status.json").body()).contains("\"commands\":" + commands + ",");
      assertThat(http.get("/status.json").body()).contains("\"commands\":" + commands + ",");
    }
  }
}
