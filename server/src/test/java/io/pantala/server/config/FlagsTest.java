package io.pantala.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlagsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port=7000",
        "--port 7000",
        "-port 7000",
        "-port=7000",
        "-p 7000",
        "--PORT 7000",
        "--port 1 --port 7000"
      })
  void takeEachForm(String line) {
    assertThat(started(line).port()).isEqualTo(7000);
  }

  @Test
  void takeALineOfDragonflysUsers() {
    Flags.Outcome outcome =
        parse(
            "--logtostderr --requirepass=x --cache_mode=true -dbnum 1 --bind localhost --port 6379"
                + " --maxmemory=12gb --keys_output_limit=12288 --dbfilename dump.rdb");
    ServerConfig config = Objects.requireNonNull(outcome.config());
    assertThat(config.databases()).isEqualTo(1);
    assertThat(config.bind()).containsExactly("localhost");
    assertThat(config.value(Settings.REQUIREPASS).text()).isEqualTo("x");
    assertThat(config.value(Settings.MAX_MEMORY).number()).isEqualTo(12L << 30);
    assertThat(config.value(Settings.KEYS_OUTPUT_LIMIT).number()).isEqualTo(12_288);
    assertThat(outcome.warnings())
        .containsExactly(
            "ignored, no meaning here: the log goes to the standard output (--logtostderr)",
            "ignored, not built yet: eviction (--cache_mode)",
            "ignored, not built yet: snapshots (--dbfilename)");
  }

  @ParameterizedTest
  @CsvSource({
    "--latency_tracking, yes",
    "--latency_tracking --port 1, yes",
    "--latency_tracking no, no",
    "--latency-tracking=false, no",
    "--nolatency_tracking, no",
    "-nolatency-tracking, no",
    "--latency_tracking off --latency_tracking, yes"
  })
  void takeYesAndNo(String line, String value) throws BadFlagException {
    FlagReader reader = new FlagReader();
    reader.read(line.split(" ", -1));
    List<Assignment> assigned =
        reader.assignments().stream().filter(a -> !a.name().equals("port")).toList();
    assertThat(Settings.LATENCY_TRACKING.type().placeholder()).isEqualTo("yes|no");
    assertThat(parsed(assigned.getLast().words().getFirst())).isEqualTo(value);
  }

  private static String parsed(String word) {
    return ServerConfig.defaults()
        .with(Settings.LATENCY_TRACKING, word)
        .value(Settings.LATENCY_TRACKING)
        .text();
  }

  @Test
  void takeSeveralAddresses() {
    List<String> addresses = List.of("127.0.0.1", "-::1", "*");
    assertThat(started("--bind 127.0.0.1 -::1 * --port 1").bind()).isEqualTo(addresses);
    assertThat(started("--bind=127.0.0.1,-::1,*").bind()).isEqualTo(addresses);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "--prot 1 > --prot: no such setting; did you mean --port?",
        "--max_memory 1 > --max_memory: no such setting; did you mean --maxmemory?",
        "--appendonyl=yes > --appendonyl: no such setting; did you mean --appendonly?",
        "--qqqqqqqqqq > --qqqqqqqqqq: no such setting; --help lists them",
        "--port abc > --port 'abc': argument couldn't be parsed into an integer",
        "--port=70000 > --port '70000': argument must be between 0 and 65535 inclusive",
        "--maxmemory 1gbx > --maxmemory '1gbx': argument must be a memory value",
        "--port > --port: needs a value",
        "--port --hz 3 > --port: needs a value",
        "--io foo > --io 'foo': argument(s) must be one of the following: auto, epoll, nio",
        "--port 1 stray > unexpected argument 'stray'",
        "--nolatency_tracking=1 > --nolatency_tracking: takes no value",
        "--help=foo > --help=foo: there are network, clients, memory, server, monitoring, all",
        "--flagfile /nosuch > --flagfile: /nosuch cannot be read: no such file",
        "/nosuch.conf > /nosuch.conf: cannot be read: no such file"
      })
  void nameWhatIsWrong(String line, String message) {
    Flags.Outcome outcome = parse(line);
    assertThat(outcome.message()).isEqualTo("pantala: " + message);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.config()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tls",
        "--tls_port=6380",
        "--aclfile x",
        "--replicaof host 1",
        "--rename-command A B"
      })
  void doNotStartWithoutWhatProtects(String line) {
    Flags.Outcome outcome = parse(line);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.message()).contains("not built yet", "does not start");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tls=false",
        "--save=",
        "--appendonly no",
        "--noappendonly",
        "--maxmemory-policy noeviction",
        "--cluster_mode=",
        "--proto-max-bulk-len 512mb",
        "--timeout 0"
      })
  void areSilentWhereNothingIsMissing(String line) {
    Flags.Outcome outcome = parse(line);
    assertThat(outcome.warnings()).isEmpty();
    assertThat(outcome.config()).isNotNull();
  }

  @Test
  void readAFlagFile() throws IOException {
    Path inner = write("inner.flags", "# a comment", "", "--hz=50", "-maxclients 7");
    Path outer = write("outer.flags", "--port=1", "--flagfile=" + inner, "--requirepass 'a b'");
    ServerConfig config = started("--flagfile=" + outer + " --port=2");
    assertThat(config.port()).isEqualTo(2);
    assertThat(config.value(Settings.HZ).number()).isEqualTo(50);
    assertThat(config.value(Settings.MAX_CLIENTS).number()).isEqualTo(7);
    assertThat(config.value(Settings.REQUIREPASS).text()).isEqualTo("a b");
  }

  @Test
  void nameTheLineOfAFlagFile() throws IOException {
    Path file = write("x.flags", "# a comment", "--hz=abc");
    assertThat(parse("--flagfile", file.toString()).message())
        .isEqualTo(
            "pantala: " + file + ":2: --hz 'abc': argument couldn't be parsed into an integer");
    Path circle = folder.resolve("circle.flags");
    Files.writeString(circle, "--flagfile=" + circle);
    assertThat(parse("--flagfile", circle.toString()).message()).contains("name another");
  }

  @Test
  void orderSources() throws IOException {
    Path file = write("redis.conf", "port 1", "hz 11", "databases 3", "maxclients 5");
    Map<String, String> environment =
        Map.of("PANTALA_port", "2", "DFLY_port", "3", "DFLY_hz", "22", "PANTALA_PASSWORD", "p");
    Flags.Outcome outcome =
        Flags.parse(environment, InputStream.nullInputStream(), file.toString(), "--hz", "33");
    ServerConfig config = Objects.requireNonNull(outcome.config());
    assertThat(config.port()).isEqualTo(2);
    assertThat(config.value(Settings.HZ).number()).isEqualTo(33);
    assertThat(config.databases()).isEqualTo(3);
    assertThat(config.value(Settings.REQUIREPASS).text()).isEqualTo("p");
    assertThat(config.file()).isEqualTo(file);
  }

  @Test
  void readTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "PANTALA_PORT",
            "tcp://10.0.0.1:6379",
            "PANTALA_SERVICE_HOST",
            "10.0.0.1",
            "PANTALA_PORT_6379_TCP",
            "x",
            "DFLY_maxmemroy",
            "1gb",
            "PANTALA_MAXMEMORY",
            "2gb",
            "HOME",
            "/");
    Flags.Outcome outcome = Flags.parse(environment, InputStream.nullInputStream());
    ServerConfig config = Objects.requireNonNull(outcome.config());
    assertThat(config.value(Settings.MAX_MEMORY).number()).isEqualTo(2L << 30);
    assertThat(config.port()).isEqualTo(6379);
    assertThat(outcome.warnings())
        .containsExactly("ignored: DFLY_maxmemroy: no such setting; did you mean DFLY_maxmemory?");
    assertThat(Flags.parse(Map.of("PANTALA_hz", "x"), InputStream.nullInputStream()).message())
        .isEqualTo("pantala: PANTALA_hz 'x': argument couldn't be parsed into an integer");
  }

  @Test
  void readTheStandardInput() {
    InputStream stdin = new ByteArrayInputStream("port 77\nhz 5".getBytes(UTF_8));
    ServerConfig config = Objects.requireNonNull(Flags.parse(Map.of(), stdin, "-").config());
    assertThat(config.port()).isEqualTo(77);
    assertThat(config.file()).isNull();
  }

  @Test
  void helpInAHundredColumns() {
    for (String line : List.of("--help", "-h", "--help=memory", "--helpfull")) {
      Flags.Outcome outcome = parse(line);
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.message().lines()).allMatch(l -> l.length() <= 100);
      assertThat(outcome.message()).contains("--maxmemory SIZE");
    }
    assertThat(parse("--help=memory").message()).doesNotContain("--port");
    assertThat(parse("--helpfull").message()).contains("cache_mode", "[256mb]");
    assertThat(parse("--version").message()).startsWith("pantala ");
  }

  @Test
  void neverShowAPassword() {
    assertThat(parse("--requirepass secret --hz x").message()).doesNotContain("secret");
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static ServerConfig started(String line) {
    Flags.Outcome outcome = parse(line);
    assertThat(outcome.message()).isEmpty();
    return Objects.requireNonNull(outcome.config());
  }

  private static Flags.Outcome parse(String line) {
    return parse(line.split(" ", -1));
  }

  private static Flags.Outcome parse(String... arguments) {
    return Flags.parse(Map.of(), InputStream.nullInputStream(), arguments);
  }
}
