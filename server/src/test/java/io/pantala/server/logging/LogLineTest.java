package io.pantala.server.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LogLineTest {
  private final LoggerContext context = new LoggerContext();

  private String line(
      String logger, Level level, String at, String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), level, message, thrown, new Object[] {7});
    event.setInstant(LocalDateTime.parse(at).atZone(ZoneId.systemDefault()).toInstant());
    return new String(new LogLine().encode(event), UTF_8);
  }

  @Test
  void hasTimeLevelShortNameAndMessage() {
    assertThat(
            line("io.pantala.server.Pantala", Level.INFO, "2026-01-02T03:04:05.006", "é {}", null))
        .isEqualTo("2026-01-02 03:04:05.006 INFO  Pantala: é 7\n");
    assertThat(line("Short", Level.ERROR, "2026-11-26T23:59:59.999", "x", null))
        .isEqualTo("2026-11-26 23:59:59.999 ERROR Short: x\n");
  }

  @Test
  void hasTheStackOfWhatWasThrown() {
    assertThat(
            line("a.B", Level.WARN, "2026-01-01T00:00:00", "x", new IllegalStateException("why")))
        .startsWith("2026-01-01 00:00:00.000 WARN  B: x\njava.lang.IllegalStateException: why\n")
        .contains("\tat io.pantala.server.logging.LogLineTest.")
        .endsWith("\n");
  }

  @Test
  void theProviderLogsFromInfoOnByThisLine() {
    LogProvider provider = new LogProvider();
    provider.initialize();
    Logger root = ((LoggerContext) provider.getLoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.INFO);
    assertThat(root.iteratorForAppenders()).toIterable().hasSize(1);
  }
}
