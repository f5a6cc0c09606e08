package io.pantala.server.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// One line of the log: `2026-11-26 17:17:57.225 INFO Pantala: ready`, in local time, with the
/// class's short name; behind it the stack of what was thrown, if anything. Any thread.
///
/// The fields are written digit by digit: a date format and a pattern with its converters would be
/// the greater part of the log's share of the start.
final class LogLine extends EncoderBase<ILoggingEvent> {
  private static final int LEVEL_WIDTH = 5;
  private static final byte[] NOTHING = {};

  private final ZoneId zone = ZoneId.systemDefault();

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(128);
    time(line, LocalDateTime.ofInstant(Instant.ofEpochMilli(event.getTimeStamp()), zone));
    String level = event.getLevel().levelStr;
    line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length());
    String logger = event.getLoggerName();
    line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
    line.append(": ").append(event.getFormattedMessage()).append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString().getBytes(UTF_8);
  }

  private static void time(StringBuilder line, LocalDateTime at) {
    digits(line, at.getYear(), 1000);
    digits(line.append('-'), at.getMonthValue(), 10);
    digits(line.append('-'), at.getDayOfMonth(), 10);
    digits(line.append(' '), at.getHour(), 10);
    digits(line.append(':'), at.getMinute(), 10);
    digits(line.append(':'), at.getSecond(), 10);
    digits(line.append('.'), at.getNano() / 1_000_000, 100);
  }

  /// Appends a number with leading zeros; `unit` is the worth of its first digit.
  private static void digits(StringBuilder line, int number, int unit) {
    for (int u = unit; u > 0; u /= 10) {
      line.append((char) ('0' + number / u % 10));
    }
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
