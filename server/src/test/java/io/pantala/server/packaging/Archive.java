package io.pantala.server.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The unpacked `pantala-VERSION.tar.gz` of this build. Owner: a test.
record Archive(Path home) {
  private static final int TIMEOUT_SECONDS = 120;

  static Archive unpack(Path directory) throws IOException, InterruptedException {
    Path archive = only(Path.of("target"), "pantala-", ".tar.gz");
    run(List.of("tar", "-xzf", archive.toAbsolutePath().toString(), "-C", directory.toString()));
    return new Archive(only(directory, "pantala-", ""));
  }

  Path script(String name) {
    return home.resolve("bin").resolve(name);
  }

  /// Runs a script of the archive.
  ///
  /// @return its exit code
  int run(String script, String... arguments) throws IOException, InterruptedException {
    return exitCode(
        Stream.concat(Stream.of(script(script).toString()), Stream.of(arguments)).toList());
  }

  /// The AOT caches that there are.
  List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files.filter(f -> f.getFileName().toString().endsWith(".aot")).toList();
    }
  }

  /// Runs a program that must succeed.
  static void run(List<String> command) throws IOException, InterruptedException {
    assertThat(exitCode(command)).as(String.join(" ", command)).isZero();
  }

  private static int exitCode(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path only(Path directory, String prefix, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found =
          files
              .filter(f -> f.getFileName().toString().startsWith(prefix))
              .filter(f -> f.getFileName().toString().endsWith(suffix))
              .toList();
      assertThat(found).as("%s*%s in %s", prefix, suffix, directory).hasSize(1);
      return found.getFirst();
    }
  }
}
