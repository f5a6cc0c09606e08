package io.pantala.server.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What values a setting takes, and how they are written. Immutable.
public sealed interface SettingType {
  /// Reads a value.
  ///
  /// @throws BadValueException with the text that CONFIG SET answers
  SettingValue parse(String text) throws BadValueException;

  /// What stands for the value in `--help`.
  String placeholder();

  /// A whole number from `least` to `most`.
  record Integral(long least, long most) implements SettingType {
    @Override
    public SettingValue parse(String text) throws BadValueException {
      long number;
      try {
        number = Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new BadValueException("argument couldn't be parsed into an integer");
      }
      checkRange(number, least, most);
      return new SettingValue(Long.toString(number), number);
    }

    @Override
    public String placeholder() {
      return "N";
    }
  }

  /// A number of bytes, such as `4gb`, `1.5gb` or `1024`; nothing is 0, as for redis-server. Units
  /// are those of redis.conf: `k` is 1,000 and `kb` 1,024, and so on.
  record Size(long least, long most) implements SettingType {
    private static final Map<String, Long> UNITS =
        Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1_000L),
            Map.entry("kb", 1L << 10),
            Map.entry("m", 1_000_000L),
            Map.entry("mb", 1L << 20),
            Map.entry("g", 1_000_000_000L),
            Map.entry("gb", 1L << 30),
            Map.entry("t", 1_000_000_000_000L),
            Map.entry("tb", 1L << 40));

    @Override
    public SettingValue parse(String text) throws BadValueException {
      String lower = text.toLowerCase(Locale.ROOT);
      int end = 0;
      while (end < lower.length() && isDigitOrPoint(lower.charAt(end))) {
        end++;
      }
      Long unit = UNITS.get(lower.substring(end));
      if (unit == null || (end == 0 && !lower.isEmpty())) {
        throw notAMemoryValue();
      }
      long bytes = lower.isEmpty() ? 0 : bytes(lower.substring(0, end), unit);
      checkRange(bytes, least, most);
      return new SettingValue(Long.toString(bytes), bytes);
    }

    /// With the largest unit of powers of 1,024 that divides it.
    static String text(long bytes) {
      for (String unit : List.of("tb", "gb", "mb", "kb")) {
        long size = UNITS.getOrDefault(unit, 1L);
        if (bytes != 0 && bytes % size == 0) {
          return bytes / size + unit;
        }
      }
      return Long.toString(bytes);
    }

    private static boolean isDigitOrPoint(char c) {
      return (c >= '0' && c <= '9') || c == '.';
    }

    private static long bytes(String number, long unit) throws BadValueException {
      try {
        BigDecimal bytes = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
        return bytes.toBigInteger().longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw notAMemoryValue();
      }
    }

    private static BadValueException notAMemoryValue() {
      return new BadValueException("argument must be a memory value");
    }

    @Override
    public String placeholder() {
      return "SIZE";
    }
  }

  /// `yes` or `no`, also written as true, false, on, off, 1 and 0.
  record YesNo() implements SettingType {
    public static final SettingValue YES = new SettingValue("yes", 1);
    public static final SettingValue NO = new SettingValue("no", 0);

    @Override
    public SettingValue parse(String text) throws BadValueException {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "yes", "true", "on", "1", "y", "t" -> YES;
        case "no", "false", "off", "0", "n", "f" -> NO;
        default -> throw new BadValueException("argument must be 'yes' or 'no'");
      };
    }

    @Override
    public String placeholder() {
      return "yes|no";
    }
  }

  /// One of some words, their case aside; the number is the word's place.
  record Choice(List<String> words) implements SettingType {
    @Override
    public SettingValue parse(String text) throws BadValueException {
      int place = words.indexOf(text.toLowerCase(Locale.ROOT));
      if (place < 0) {
        throw new BadValueException(
            "argument(s) must be one of the following: " + String.join(", ", words));
      }
      return new SettingValue(words.get(place), place);
    }

    @Override
    public String placeholder() {
      return String.join("|", words);
    }
  }

  /// Any text.
  record Text(String placeholder) implements SettingType {
    @Override
    public SettingValue parse(String text) {
      return new SettingValue(text, 0);
    }
  }

  /// Words parted by spaces or commas; the text has a space between two.
  record Words(String placeholder) implements SettingType {
    @Override
    public SettingValue parse(String text) {
      return new SettingValue(String.join(" ", split(text)), 0);
    }

    static List<String> split(String text) {
      String trimmed = text.replace(',', ' ').strip();
      return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+"));
    }
  }

  /// Numbers from 0 to 100 parted by spaces; none is fine.
  record Percentiles() implements SettingType {
    private static final double MOST = 100;

    @Override
    public SettingValue parse(String text) throws BadValueException {
      List<String> shortest = new ArrayList<>();
      for (String word : Words.split(text)) {
        double percent = number(word);
        if (!(percent >= 0 && percent <= MOST)) {
          throw new BadValueException(
              "latency-tracking-info-percentiles should contain percentiles between 0 and 100");
        }
        shortest.add(
            percent == Math.rint(percent)
                ? Long.toString((long) percent)
                : Double.toString(percent));
      }
      return new SettingValue(String.join(" ", shortest), 0);
    }

    private static double number(String word) throws BadValueException {
      try {
        return Double.parseDouble(word);
      } catch (NumberFormatException e) {
        throw new BadValueException("Invalid latency-tracking-info-percentiles parameters");
      }
    }

    @Override
    public String placeholder() {
      return "PERCENTS";
    }
  }

  /// The permission bits of a file in octal digits; 0 for those that the system gives.
  record FileMode() implements SettingType {
    private static final int MOST = 0_777;

    @Override
    public SettingValue parse(String text) throws BadValueException {
      try {
        int mode = text.isEmpty() ? 0 : Integer.parseInt(text, 8);
        if (mode >= 0 && mode <= MOST) {
          return new SettingValue(Integer.toOctalString(mode), mode);
        }
      } catch (NumberFormatException e) {
        throw new BadValueException("argument couldn't be parsed into an integer");
      }
      throw new BadValueException("argument must be between 0 and 777 inclusive");
    }

    @Override
    public String placeholder() {
      return "OCTAL";
    }
  }

  private static void checkRange(long number, long least, long most) throws BadValueException {
    if (number < least || number > most) {
      throw new BadValueException(
          "argument must be between " + least + " and " + most + " inclusive");
    }
  }
}
