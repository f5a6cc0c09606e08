package io.pantala.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  @ParameterizedTest
  @CsvSource({
    "databases, dbnum",
    "DBNUM, dbnum",
    "tcp-keepalive, tcp_keepalive",
    "tcp_keepalive, tcp_keepalive",
    "threads, proactor_threads",
    "slowlog-log-slower-than, slowlog_log_slower_than",
    "unixsocketperm, unixsocketperm"
  })
  void areFoundByEachName(String name, String canonical) {
    assertThat(Objects.requireNonNull(Settings.find(name)).name()).isEqualTo(canonical);
  }

  @Test
  void sayInOneSentenceWhatTheyMean() {
    assertThat(Settings.all()).allMatch(setting -> setting.meaning().endsWith("."));
    assertThat(Settings.find("nosuch")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "'', 0",
    "1024, 1024",
    "12b, 12",
    "1k, 1000",
    "1KB, 1024",
    "4gb, 4294967296",
    "1.5g, 1500000000",
    "1.5gb, 1610612736",
    "512mb, 536870912",
    "0.5kb, 512",
    "2tb, 2199023255552"
  })
  void takeSizes(String text, long bytes) throws BadValueException {
    SettingValue value = Settings.MAX_MEMORY.type().parse(text);
    assertThat(value).isEqualTo(new SettingValue(Long.toString(bytes), bytes));
  }

  @ParameterizedTest
  @CsvSource({"x", "-1", "1gbx", "50%", "gb", "1.2.3mb", "9999999tb", ".", "1 gb"})
  void refuseWhatIsNoSize(String text) {
    assertThatThrownBy(() -> Settings.MAX_MEMORY.type().parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessage("argument must be a memory value");
  }

  @ParameterizedTest
  @CsvSource({"700, 700, 448", "0770, 770, 504", "0, 0, 0", "'', 0, 0"})
  void takeFileModes(String text, String canonical, long mode) throws BadValueException {
    SettingValue value = Settings.UNIX_SOCKET_PERM.type().parse(text);
    assertThat(value).isEqualTo(new SettingValue(canonical, mode));
  }

  @Test
  void changeTogether() {
    ServerConfig config = ServerConfig.defaults().with(Settings.THREADS, 3);
    LiveSettings live = new LiveSettings(config);
    live.set(
        Map.of(
            Settings.MAX_MEMORY, new SettingValue("7", 7),
            Settings.REQUIREPASS, new SettingValue("secret", 0)));
    assertThat(live.maxMemory()).isEqualTo(7);
    assertThat(live.password()).isEqualTo("secret");
    assertThat(live.maxClients()).isEqualTo(10_000);
    assertThat(config.value(Settings.MAX_MEMORY).number()).isZero();
    assertThat(config.threads()).isEqualTo(3);
  }
}
