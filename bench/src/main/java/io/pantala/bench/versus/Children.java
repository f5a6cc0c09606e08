package io.pantala.bench.versus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The processes this program has started: it ends these and no others, at the latest when it ends
/// itself.
final class Children {
  private static final long GRACE_SECONDS = 10;
  private static final int TAIL_CHARS = 600;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  /// What a finished child has used.
  ///
  /// @param seconds from its start to its end
  record Finished(double cpuSeconds, double seconds) {}

  Children() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "end-children"));
  }

  private void endAll() {
    for (Process process : running) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// Starts a program on one CPU (or any, when `cpu` is negative); what it prints goes to a file.
  Process start(List<String> command, int cpu, Path directory, Path output) throws IOException {
    List<String> pinned = new ArrayList<>();
    if (cpu >= 0) {
      pinned.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
    }
    pinned.addAll(command);
    Process process =
        new ProcessBuilder(pinned)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    running.add(process);
    process.getOutputStream().close();
    return process;
  }

  /// Waits for a child's end and returns what it used; ends it after `timeoutSeconds`.
  Finished finish(Process process, Path output, long timeoutSeconds)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    double before = Proc.endedChildrenSeconds();
    boolean ended = process.waitFor(timeoutSeconds, TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!ended) {
      end(process);
      throw new IOException("no end after " + timeoutSeconds + " s: " + tail(output));
    }
    running.remove(process);
    if (process.exitValue() != 0) {
      throw new IOException("exit status " + process.exitValue() + ": " + tail(output));
    }
    return new Finished(Proc.endedChildrenSeconds() - before, seconds);
  }

  /// Asks a child to end, and makes it end when it does not.
  void end(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    running.remove(process);
  }

  /// The end of what a child has printed.
  static String tail(Path output) throws IOException {
    String text = Files.readString(output).strip();
    return text.substring(Math.max(0, text.length() - TAIL_CHARS));
  }
}
