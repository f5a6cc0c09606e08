package io.pantala.server.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pantala.server.testing.TestClient;
import io.pantala.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The modes of redis-cli.
@Tag("clients")
@Timeout(120)
final class RedisCliTest {
  private static final byte[] NOTHING = {};

  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    Program.assumeInstalled("redis-cli");
    server = TestServer.start(2);
    client = server.client();
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private String cli(String... arguments) throws IOException {
    return Program.run(NOTHING, command(arguments));
  }

  private String[] command(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "redis-cli";
    all[1] = "-p";
    all[2] = Integer.toString(server.server().port());
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return all;
  }

  @Test
  void showsStatistics() throws IOException {
    client.run("DEBUG", "POPULATE", "321");
    List<String> lines = Program.firstLines(4, command("--stat", "-i", "0.01"));
    assertThat(lines.get(1)).contains("keys", "mem", "clients", "requests");
    assertThat(lines.get(2).trim().split(" +")).startsWith("321").contains("2");
  }

  @Test
  void measuresLatency() throws IOException {
    assertThat(cli("--latency", "--raw", "-i", "0.1").trim()).matches("\\d+ \\d+ [0-9.]+ \\d+");
  }

  @Test
  void findsLargeKeys() throws IOException {
    client.run("DEBUG", "POPULATE", "200");
    client.run("SET", "large", "x".repeat(5_000));
    assertThat(cli("--bigkeys"))
        .contains("Biggest string found '\"large\"' has 5000 bytes")
        .contains("201 strings with");
    assertThat(cli("--memkeys")).contains("Biggest string found '\"large\"' has 5").contains("201");
  }

  @Test
  void scans() throws IOException {
    client.run("DEBUG", "POPULATE", "150", "one");
    client.run("DEBUG", "POPULATE", "100", "two");
    assertThat(cli("--scan", "--pattern", "one:*").lines()).hasSize(150);
  }

  @Test
  void sendsAPipe() throws IOException {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    int count = Integer.getInteger("pipe", 20_000);
    for (int i = 0; i < count; i++) {
      input.writeBytes(TestClient.encode("SET", "key" + i, "value" + i));
    }
    assertThat(Program.run(input.toByteArray(), command("--pipe")))
        .contains("errors: 0, replies: " + count);
    assertThat(client.run("DBSIZE")).isEqualTo((long) count);
  }

  @Test
  void repeats() throws IOException {
    assertThat(cli("-r", "3", "-i", "0.01", "INCR", "n")).isEqualTo("1\n2\n3\n");
  }

  /// redis-cli knows a command of another server from COMMAND DOCS only.
  @Test
  void helpsFromTheServersTable() throws IOException {
    byte[] question = "help prepend\n".getBytes(US_ASCII);
    assertThat(Program.run(question, command())).contains("PREPEND", "Adds to the start");
  }

  @Test
  void printsReportsAsText() throws IOException {
    assertThat(cli("LOLWUT")).contains("Pantala ver.");
    assertThat(cli("LATENCY", "DOCTOR")).contains("latency-monitor-threshold");
    assertThat(cli("MEMORY", "DOCTOR")).contains("memory");
    assertThat(cli("INFO", "server")).contains("redis_version:7.0.15");
  }
}
