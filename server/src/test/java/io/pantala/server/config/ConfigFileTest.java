package io.pantala.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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

final class ConfigFileTest {
  private static final Path REDIS_CONF = Path.of("/etc/redis/redis.conf");

  @TempDir private Path folder;

  @Test
  void readsARedisConf() throws IOException {
    Path file =
        write(
            "redis.conf",
            "# a comment",
            "",
            "  port   7000  ",
            "BIND 127.0.0.1 -::1",
            "requirepass \"a\\x20b\\n\"",
            "save 60 1",
            "save \"\"",
            "unixsocketperm 700");
    Flags.Outcome outcome = start(file);
    ServerConfig config = Objects.requireNonNull(outcome.config());
    assertThat(config.port()).isEqualTo(7000);
    assertThat(config.bind()).hasSize(2);
    assertThat(config.value(Settings.REQUIREPASS).text()).isEqualTo("a b\n");
    assertThat(outcome.warnings())
        .contains("ignored, not built yet: snapshots (" + file + ":6: save)");
  }

  @Test
  void includesFiles() throws IOException {
    write("a.conf", "port 1");
    write("b.conf", "port 2", "hz 7");
    Path all = write("redis.conf", "include " + folder + "/[ab].conf", "maxclients 3");
    ServerConfig config = Objects.requireNonNull(start(all).config());
    assertThat(config.port()).isEqualTo(2);
    assertThat(config.value(Settings.HZ).number()).isEqualTo(7);
    assertThat(config.file()).isEqualTo(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "port abc > :3: port 'abc': argument couldn't be parsed into an integer",
        "port > :3: port '': wrong number of arguments",
        "port 1 2 > :3: port '1 2': wrong number of arguments",
        "prot 1 > :3: prot: no such setting; did you mean port?",
        "requirepass \"abc > :3: unbalanced quotes: requirepass \"abc",
        "requirepass \"abc\"x > :3: unbalanced quotes: requirepass \"abc\"x",
        "include > :3: include takes one file",
        "tls-port 1 > :3: tls-port: not built yet: TLS. The server does not start without what you"
            + " rely on."
      })
  void namesTheLine(String line, String message) throws IOException {
    Path file = write("redis.conf", "# first", "hz 10", line);
    Flags.Outcome outcome = start(file);
    assertThat(outcome.message()).isEqualTo("pantala: " + file + message);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void endsWhenFilesIncludeOneAnother() throws IOException {
    Path file = folder.resolve("circle.conf");
    Files.writeString(file, "include " + file);
    assertThat(start(file).message()).contains(":1: more than 16 files include another");
  }

  @Test
  void takesDebiansOwn() {
    assumeThat(Files.isReadable(REDIS_CONF)).as("redis.conf is installed").isTrue();
    Flags.Outcome outcome = start(REDIS_CONF);
    assertThat(outcome.message()).isEmpty();
    ServerConfig config = Objects.requireNonNull(outcome.config());
    assertThat(config.port()).isEqualTo(6379);
    assertThat(outcome.warnings()).allMatch(line -> line.startsWith("ignored, "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "a b > a|b",
        "\"a b\" c > a b|c",
        "'a \"b' > a \"b",
        "'it\\'s' > it's",
        "\"\\x41\\t\\\"\\q\" > A\t\"q",
        "\"\\xzz\" > xzz",
        "x\"y\" > xy",
        "\"\" > ``"
      })
  void splitsAsRedisDoes(String line, String words) {
    assertThat(QuotedWords.split(line)).isEqualTo(List.of(words.split("\\|", -1)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"plain", "``", "a b", "\"", "a\\b", "\u00e4'#"})
  void quotesSoThatItReadsTheSame(String word) {
    assertThat(QuotedWords.split(QuotedWords.quote(word))).containsExactly(word);
    assertThat(QuotedWords.quote("plain")).isEqualTo("plain");
  }

  private Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static Flags.Outcome start(Path file) {
    return Flags.parse(Map.of(), InputStream.nullInputStream(), "--config", file.toString());
  }
}
