package io.pantala.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How many files and sockets the system lets this process open, against what it may need.
public final class FileDescriptors {
  /// What the process opens beside its clients: libraries, epoll, listeners, log.
  static final int RESERVED = 64;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String LINE = "Max open files";

  private FileDescriptors() {}

  /// Refuses a number of clients that could not all connect.
  ///
  /// @throws IOException with both numbers and what to do
  public static void check(int maxClients) throws IOException {
    if (Files.isReadable(LIMITS)) {
      check(maxClients, Files.readAllLines(LIMITS));
    }
  }

  static void check(int maxClients, List<String> limits) throws IOException {
    long allowed = allowed(limits);
    if (allowed < (long) maxClients + RESERVED) {
      throw new IOException(
          "too few file descriptors: "
              + maxClients
              + " clients need "
              + (maxClients + RESERVED)
              + ", the system allows "
              + allowed
              + "; raise it (ulimit -n) or lower --maxclients");
    }
  }

  /// The most clients that could all connect.
  static long mostClients() throws IOException {
    return Files.isReadable(LIMITS)
        ? allowed(Files.readAllLines(LIMITS)) - RESERVED
        : Long.MAX_VALUE;
  }

  private static long allowed(List<String> limits) {
    for (String line : limits) {
      if (line.startsWith(LINE)) {
        String soft = line.substring(LINE.length()).trim().split(" +", 2)[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return Long.MAX_VALUE;
  }
}
