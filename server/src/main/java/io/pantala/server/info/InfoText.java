package io.pantala.server.info;

import java.util.Locale;

/// The text of INFO while it is written: sections of `name:value` lines.
final class InfoText {
  private static final long KB = 1L << 10;
  private static final long MB = 1L << 20;
  private static final long GB = 1L << 30;
  private static final long TB = 1L << 40;
  private static final long PB = 1L << 50;

  private final StringBuilder text = new StringBuilder();

  void section(String name) {
    if (!text.isEmpty()) {
      text.append("\r\n");
    }
    text.append("# ").append(name).append("\r\n");
  }

  void add(String name, String value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  void add(String name, long value) {
    add(name, Long.toString(value));
  }

  /// A number of bytes twice: as it is, and as `name_human` for people.
  void addBytes(String name, long bytes) {
    add(name, bytes);
    add(name + "_human", human(bytes));
  }

  void addDecimal(String name, double value, int digits) {
    add(name, String.format(Locale.ROOT, "%." + digits + "f", value));
  }

  void addPercent(String name, long part, long whole) {
    double percent = whole == 0 ? 0 : 100.0 * part / whole;
    add(name, String.format(Locale.ROOT, "%.2f%%", percent));
  }

  /// As redis-server writes sizes: `123B`, `1.50K`, `2.00G`.
  static String human(long bytes) {
    if (bytes < KB) {
      return bytes + "B";
    }
    if (bytes < MB) {
      return human(bytes, KB, "K");
    }
    if (bytes < GB) {
      return human(bytes, MB, "M");
    }
    if (bytes < TB) {
      return human(bytes, GB, "G");
    }
    return bytes < PB ? human(bytes, TB, "T") : human(bytes, PB, "P");
  }

  private static String human(long bytes, long unit, String name) {
    return String.format(Locale.ROOT, "%.2f%s", (double) bytes / unit, name);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
