package io.pantala.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every name that users of Dragonfly or Redis write is known, and told about once.
final class KnownSettingsTest {
  @Test
  void holdEveryFlagOfDragonfly() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String flag : lines("/reference/dragonfly-flags.tsv")) {
      if (SettingNames.type(flag) == null) {
        missing.add(flag);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void holdEveryParameterOfRedis() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String name : lines("/reference/redis-parameters.txt")) {
      if (SettingNames.type(name) == null) {
        missing.add(name);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void holdNoNameThatHasAnEffect() {
    assertThat(KnownSettings.all().stream().flatMap(known -> known.names().stream()))
        .noneMatch(name -> Settings.find(name) != null);
  }

  @Test
  void haveAQuietValueWhereOneIsShown() throws BadValueException {
    for (KnownSetting known : KnownSettings.all()) {
      assertThat(known.about()).as(known.name()).isNotBlank();
      if (known.quiet() != null) {
        assertThat(known.isQuiet(known.quiet())).as(known.name()).isTrue();
      } else {
        assertThat(known.state()).as(known.name()).isNotEqualTo(KnownSetting.State.SHOWN);
      }
    }
  }

  /// The first column without the head line.
  private static List<String> lines(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(KnownSettingsTest.class.getResourceAsStream(resource))) {
      Stream<String> lines = new String(in.readAllBytes(), UTF_8).lines();
      return lines.skip(1).map(line -> line.split("\t", 2)[0]).toList();
    }
  }
}
