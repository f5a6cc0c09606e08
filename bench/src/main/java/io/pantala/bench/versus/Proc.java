package io.pantala.bench.versus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What Linux says about processes and the machine in `/proc`.
final class Proc {
  /// `USER_HZ`: the unit of times in `/proc`, 100 on every Linux that runs Java.
  private static final double TICKS_PER_SECOND = 100;

  private static final int STAT_UTIME = 11;
  private static final int STAT_STIME = 12;
  private static final int STAT_CHILDREN_STIME = 14;
  private static final long KB = 1024;

  /// Seconds of CPU that the whole machine has used, and that the hypervisor gave to others.
  record Machine(double busySeconds, double stolenSeconds) {
    double usedSince(Machine earlier) {
      return busySeconds - earlier.busySeconds + stolenSeconds - earlier.stolenSeconds;
    }
  }

  private Proc() {}

  /// User and system time of all threads of a process, its living descendants, and its children
  /// that have ended.
  static double cpuSeconds(ProcessHandle process) throws IOException {
    double ticks = ticks(process, STAT_UTIME, STAT_CHILDREN_STIME);
    for (ProcessHandle child : process.descendants().toList()) {
      ticks += child.isAlive() ? ticks(child, STAT_UTIME, STAT_STIME) : 0;
    }
    return ticks / TICKS_PER_SECOND;
  }

  /// CPU time of the children of this process that have ended.
  static double endedChildrenSeconds() throws IOException {
    int first = STAT_STIME + 1;
    return ticks(ProcessHandle.current(), first, STAT_CHILDREN_STIME) / TICKS_PER_SECOND;
  }

  private static double ticks(ProcessHandle process, int firstField, int lastField)
      throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = 0;
    for (int i = firstField; i <= lastField; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }

  /// Resident memory of a process and its descendants.
  static long residentBytes(ProcessHandle process) throws IOException {
    long bytes = 0;
    for (ProcessHandle p : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      bytes += residentOf(p);
    }
    return bytes;
  }

  private static long residentOf(ProcessHandle process) throws IOException {
    for (String line : lines("/proc/" + process.pid() + "/status")) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KB;
      }
    }
    return 0;
  }

  static Machine machine() throws IOException {
    String[] v = lines("/proc/stat").getFirst().trim().split(" +", -1);
    double busy = Long.parseLong(v[1]) + Long.parseLong(v[2]) + Long.parseLong(v[3]);
    return new Machine(busy / TICKS_PER_SECOND, Long.parseLong(v[8]) / TICKS_PER_SECOND);
  }

  static String cpuModel() throws IOException {
    return lines("/proc/cpuinfo").stream()
        .filter(l -> l.startsWith("model name") || l.startsWith("CPU implementer"))
        .findFirst()
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .orElse("unknown CPU");
  }

  /// Bytes of memory that the machine has.
  static long memoryBytes() throws IOException {
    return Long.parseLong(lines("/proc/meminfo").getFirst().replaceAll("\\D", "")) * KB;
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(Path.of(file));
  }
}
