package io.pantala.server.info;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How much CPU time each shard's thread has used, as Linux counts it; 0 elsewhere. Any thread.
final class ShardCpu {
  private static final Path TASKS = Path.of("/proc/self/task");

  private final int shards;

  /// The `stat` file of each shard's thread, found at the first use: an empty path for none. Two
  /// threads that look at the same time find the same.
  private volatile Path[] files = new Path[0];

  ShardCpu(int shards) {
    this.shards = shards;
  }

  /// Seconds, in steps of 10 ms.
  double seconds(int shard) {
    Path[] found = files;
    if (found.length == 0) {
      found = find();
      files = found;
    }
    return ProcessFigures.cpuSeconds(found[shard]);
  }

  /// A thread's native name is its Java name.
  private Path[] find() {
    Path[] found = new Path[shards];
    Arrays.fill(found, Path.of(""));
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        String name = ProcessFigures.read(task.resolve("comm")).trim();
        for (int i = 0; i < shards; i++) {
          if (name.equals("shard-" + i)) {
            found[i] = task.resolve("stat");
          }
        }
      }
    } catch (IOException e) {
      // No such thing here: the figures stay 0.
    }
    return found;
  }
}
