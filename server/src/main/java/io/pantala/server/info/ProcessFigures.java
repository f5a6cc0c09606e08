package io.pantala.server.info;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What Linux says of this process and machine in `/proc`; empty where there is no such thing. Any
/// thread.
public final class ProcessFigures {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final Path MEMINFO = Path.of("/proc/meminfo");

  private static final long PAGE_BYTES = 4096;

  /// USER_HZ, the unit of CPU times in `/proc`: 100 on every architecture that runs a JVM.
  private static final double TICKS_PER_SECOND = 100;

  /// Fields of `/proc/self/stat` that follow the process name in parentheses.
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  private ProcessFigures() {}

  /// Path of the program that runs, the JVM; empty where the system does not tell.
  static String executable() {
    return ProcessHandle.current().info().command().orElse("");
  }

  /// Bytes of memory that are resident.
  static OptionalLong residentBytes() {
    String[] pages = words(STATM);
    return pages.length < 2
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(pages[1]) * PAGE_BYTES);
  }

  /// Seconds of CPU time spent in the program.
  public static OptionalDouble userSeconds() {
    return cpuSeconds(STAT, USER_TICKS);
  }

  /// Seconds of CPU time spent in the kernel.
  public static OptionalDouble systemSeconds() {
    return cpuSeconds(STAT, SYSTEM_TICKS);
  }

  /// Bytes of memory of the machine.
  static OptionalLong machineBytes() {
    String[] words = words(MEMINFO);
    return words.length < 2 || !words[0].equals("MemTotal:")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(words[1]) << 10);
  }

  /// Seconds of CPU time that a `stat` file tells, of a process or a thread; 0 without one.
  static double cpuSeconds(Path stat) {
    return cpuSeconds(stat, USER_TICKS).orElse(0) + cpuSeconds(stat, SYSTEM_TICKS).orElse(0);
  }

  private static OptionalDouble cpuSeconds(Path stat, int field) {
    String text = read(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 1).trim().split(" ", -1);
    return fields.length <= field
        ? OptionalDouble.empty()
        : OptionalDouble.of(Long.parseLong(fields[field]) / TICKS_PER_SECOND);
  }

  private static String[] words(Path file) {
    return read(file).trim().split("\\s+", -1);
  }

  static String read(Path file) {
    try {
      return Files.readString(file, US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}
