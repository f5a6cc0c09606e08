package io.pantala.server.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A client program that a test runs.
final class Program {
  private static final int TIMEOUT_S = 60;

  private Program() {}

  /// Skips the test when it is not on the PATH.
  static void assumeInstalled(String name) {
    boolean installed =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!installed) {
      System.out.println("skipped: no " + name + " on the PATH");
    }
    Assumptions.assumeTrue(installed, "no " + name + " on the PATH");
  }

  /// Runs it to its end and returns what it printed.
  static String run(byte[] input, String... command) throws IOException {
    Process process = start(command);
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    await(process, command);
    return output;
  }

  /// Runs it until it has printed so many lines.
  static List<String> firstLines(int count, String... command) throws IOException {
    Process process = start(command);
    List<String> lines = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      while (lines.size() < count) {
        String line = out.readLine();
        if (line == null) {
          throw new IOException(String.join(" ", command) + " ended after " + lines);
        }
        lines.add(line);
      }
    } finally {
      process.destroy();
    }
    return lines;
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void await(Process process, String... command) throws IOException {
    try {
      if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " does not end");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
